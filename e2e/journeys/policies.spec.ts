import type { Locator, Page } from "@playwright/test";
import postgres from "postgres";
import { facePicture } from "#e2e/fixtures/faces.ts";
import { enrol, logIn, tryAgain } from "#e2e/fixtures/gateway.ts";
import { expect, expectAccessible, keepPicture, test } from "#e2e/fixtures/test.ts";
import { readJourneySettings } from "#lib/settings/journeys.ts";

const { databaseUrls } = readJourneySettings();
const LONGEST_WAY = 60;

/** Goes on by Tab until this has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  for (let step = 0; step < LONGEST_WAY; step++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  await expect(target).toBeFocused();
}

/** The audit entry of a policy version, as the database keeps it. */
async function auditOf(version: number) {
  const sql = postgres(databaseUrls[0] ?? "", { max: 1, onnotice: () => {} });
  try {
    const [entry] = await sql<{ actor_role: string; details: Record<string, Record<string, unknown>> }[]>`
      select actor_role, details from audit_entries
      where action = 'policy.change' and entity_id = ${String(version)}
      order by at desc limit 1`;
    return entry;
  } finally {
    await sql.end();
  }
}

const versionInForce = async (page: Page): Promise<number> => {
  const lead = await page.getByText(/^Policy \d+, in force since/).textContent();
  return Number(/\d+/.exec(lead ?? "")?.[0]);
};

test("an administrator takes a try away by keyboard alone, every gateway obeys, and it is put back", async ({
  console: page,
}) => {
  const customId = `policies-journey-${Date.now()}`;
  await enrol(customId, await facePicture("ana"));
  await page.goto("/settings/policies");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "Three tries, 3 seconds, then the password",
  );
  await expectAccessible(page);
  await keepPicture(page, "policies");
  const version = await versionInForce(page);

  const tries = page.getByRole("textbox", { name: "Tries before the password" });
  await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Policies" }).focus();
  await tabTo(page, tries);
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("12");
  await expect(page.getByText("Write a number from 1 to 10.")).toBeVisible();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("2");
  const rail = page.getByRole("complementary", { name: "What changes" });
  await expect(rail.getByText("Tries before the password 3 → 2", { exact: true })).toBeVisible();
  await expect(rail.getByText("Matched on a later try")).toBeVisible();
  await expectAccessible(page);
  await keepPicture(page, "policies-changed");

  await tabTo(page, rail.getByRole("button", { name: /^Save as policy/ }));
  await page.keyboard.press("Enter");
  await expect(rail.getByText("Say why, in a few words.")).toBeVisible();
  await expect(rail.getByLabel("Why")).toBeFocused();
  await page.keyboard.type("Too many guesses at the counter");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: `Save as policy ${version + 1}?` });
  await expect(dialog.getByText("Tries before the password 3 → 2", { exact: true })).toBeVisible();
  await expectAccessible(page);
  await tabTo(page, dialog.getByRole("button", { name: `Save as policy ${version + 1}` }));
  await page.keyboard.press("Enter");
  await expect(rail.getByText(`Policy ${version + 1} is in force`)).toBeVisible();
  await expect(rail.getByText(/1 of 1 gateway runs policy \d+, after [\d.]+.m?s/)).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Two tries, 3 seconds, then the password");
  await expectAccessible(page);
  await keepPicture(page, "policies-saved");

  const stranger = await facePicture("bia");
  const first = await logIn(customId, stranger);
  expect(first).toMatchObject({ path: "biometric", decision: "retry_capture" });
  expect(await tryAgain(first.loginId, stranger)).toMatchObject({ decision: "use_legacy" });
  const entry = await auditOf(version + 1);
  expect(entry).toMatchObject({
    actor_role: "administrator",
    details: {
      before: { attemptsBeforeFallback: 3 },
      after: { attemptsBeforeFallback: 2 },
      reason: "Too many guesses at the counter",
    },
  });

  await page.goto("/");
  await expect(page.getByText(`rules v${version + 1}`).first()).toBeAttached();
  await keepPicture(page, "policies-overview");

  await page.goto("/settings/policies");
  await rail.getByRole("button", { name: `Put policy ${version} back…` }).click();
  await expect(rail.getByText("Tries before the password 2 → 3", { exact: true })).toBeVisible();
  await rail.getByLabel("Why").fill("The counter is attended again");
  await rail.getByRole("button", { name: `Save as policy ${version + 2}…` }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: `Save as policy ${version + 2}` })
    .click();
  await expect(rail.getByText(`Policy ${version + 2} is in force`)).toBeVisible();
  await expect(tries).toHaveValue("3");
});

test("somebody else's change comes first: what was typed is kept and both are shown", async ({
  console: page,
  context,
}) => {
  await page.goto("/settings/policies");
  const version = await versionInForce(page);
  const minutes = (of: Page) => of.getByRole("textbox", { name: "Length of the pause" });
  const save = async (of: Page, reason: string) => {
    await of.getByLabel("Why").fill(reason);
    await of.getByRole("button", { name: /^Save as policy \d+…/ }).click();
    await of
      .getByRole("dialog")
      .getByRole("button", { name: /^Save as policy/ })
      .click();
  };
  await minutes(page).fill("30");

  const other = await context.newPage();
  await other.goto("/settings/policies");
  await other.getByRole("textbox", { name: "Time to finish a login" }).fill("12");
  await save(other, "Longer forms");
  await expect(other.getByText(`Policy ${version + 1} is in force`)).toBeVisible();

  await save(page, "Fewer calls to the help desk");
  const note = page.getByRole("alert").filter({ hasText: `Policy ${version + 1} was saved` });
  await expect(note).toContainText("Time to finish a login 10 → 12");
  await expect(note).toContainText("Length of the pause 15 → 30");
  await expect(minutes(page)).toHaveValue("30");
  await expectAccessible(page);
  await note.getByRole("button", { name: "Go on with mine" }).click();
  await page.getByRole("button", { name: /^Save as policy \d+…/ }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Save as policy/ })
    .click();
  await expect(page.getByText(`Policy ${version + 2} is in force`)).toBeVisible();

  await page.getByRole("button", { name: `Put policy ${version} back…` }).click();
  await save(page, "As it was");
  await expect(page.getByText(`Policy ${version + 3} is in force`)).toBeVisible();
  await other.close();
});
