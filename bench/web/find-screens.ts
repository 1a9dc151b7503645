import type { Page } from "@playwright/test";
import { addressOf, consoleDoors } from "#e2e/fixtures/console-doors.ts";
import { grantOf } from "#lib/auth/policy.ts";

export type Screen = { name: string; path: string };

/** Every page of the console that an administrator may open, by its address; one of a list is the first of it. */
export async function findScreens(page: Page): Promise<Screen[]> {
  const own = consoleDoors()
    .filter(({ kind, path }) => kind === "page" && !path.includes("["))
    .filter(({ permissions }) => permissions.every((one) => grantOf("administrator", one) !== null))
    .map(({ path }) => addressOf(path));
  const person = await firstLink(page, "/people");
  const verification = await firstLink(page, "/verifications");
  return [
    ...[...new Set([...own, "/campaign", "/sample"])].sort().map((path) => ({ name: path, path })),
    { name: "/people/{id}", path: person },
    { name: "/verifications/{id}", path: verification },
  ];
}

async function firstLink(page: Page, path: string): Promise<string> {
  await page.goto(path);
  const link = await page.locator("a.row-link").first().getAttribute("href");
  if (link === null) throw new Error(`The list at ${path} has no row to open; were sample data made?`);
  return link;
}
