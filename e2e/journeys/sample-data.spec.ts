import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { openDatabase } from "#db/client.ts";
import { expect, expectAccessible, keepPicture, signIn, test } from "#e2e/fixtures/test.ts";
import { systemEnvironment } from "#lib/env.ts";
import { MEMBER_PASSWORD, makeMember } from "#lib/members/testing/make-member.ts";
import { readJourneySettings } from "#lib/settings/journeys.ts";

const { databaseUrls, stateDir } = readJourneySettings();
const [databaseUrl = ""] = databaseUrls;

/** The command itself, as it is written in the README, on the Gatehouse of the journeys. */
async function seed(...args: string[]): Promise<string> {
  const env = { ...systemEnvironment(), GATEHOUSE_DATA_DIR: stateDir, DATABASE_URL: databaseUrl };
  const command = ["--import", "tsx", "scripts/seed.ts", ...args];
  const done = await promisify(execFile)(process.execPath, command, { env: { ...env, NODE_ENV: "test" } });
  return done.stdout;
}

test.describe.configure({ mode: "serial" });

test.beforeAll(() => seed("--people", "40", "--days", "3", "--beside-real-data"));
// Whatever failed: the other journeys count without it. Without any left the command refuses.
test.afterAll(() => seed("--remove").catch(() => undefined));

test("a viewer sees on every page that it holds sample data, and no way to remove it", async ({ page }) => {
  const database = openDatabase(databaseUrl, { connections: 1, applicationName: "gatehouse-test" });
  const viewer = await makeMember(database.db, "viewer").finally(() => database.close());
  await signIn(page, viewer.email, MEMBER_PASSWORD);
  const mark = page.getByRole("complementary", { name: "Holds sample data" });
  await expect(mark).toContainText("An administrator can remove it");
  await page.goto("/people");
  await expect(mark).toBeVisible();
  await expect(mark.getByRole("button")).toHaveCount(0);
});

test("an administrator is told what goes, removes the sample data, and the mark is gone", async ({
  console: page,
}) => {
  await page.goto("/");
  const mark = page.getByRole("complementary", { name: "Holds sample data" });
  await expect(mark).toContainText("40 made-up people");
  await mark.getByRole("button", { name: "Remove…" }).click();
  const dialog = page.getByRole("dialog", { name: "Remove the sample data?" });
  await expect(dialog.getByRole("definition").first()).toHaveText("40");
  await expectAccessible(page);
  await keepPicture(page, "sample-data-remove");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(mark).toBeVisible();

  await mark.getByRole("button", { name: "Remove…" }).press("Enter");
  await dialog.getByRole("button", { name: "Remove sample data" }).click();
  await expect(page.getByText("The sample data is gone")).toBeVisible();
  await expect(mark).toBeHidden();
  await page.goto("/people");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(mark).toBeHidden();
});
