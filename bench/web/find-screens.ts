import type { Page } from "@playwright/test";

export type Screen = { name: string; path: string };

const ROOMS = [
  "/",
  "/people",
  "/verifications",
  "/settings/applications",
  "/settings/policies",
  "/settings/retention",
  "/settings/notifications",
];

/** Every screen of the console by its address; a person and a verification are the first of their lists. */
export async function findScreens(page: Page): Promise<Screen[]> {
  const rooms = ROOMS.map((path) => ({ name: path, path }));
  const person = await firstLink(page, "/people");
  const verification = await firstLink(page, "/verifications");
  return [
    ...rooms,
    { name: "/people/{id}", path: person },
    { name: "/verifications/{id}", path: verification },
    { name: "/sample", path: "/sample" },
  ];
}

async function firstLink(page: Page, path: string): Promise<string> {
  await page.goto(path);
  const link = await page.locator("a.row-link").first().getAttribute("href");
  if (link === null) throw new Error(`The list at ${path} has no row to open; were sample data made?`);
  return link;
}
