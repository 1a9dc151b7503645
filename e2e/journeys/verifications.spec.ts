import type { Locator, Page } from "@playwright/test";
import { facePicture } from "#e2e/fixtures/faces.ts";
import { enrol, logIn } from "#e2e/fixtures/gateway.ts";
import { pageOf } from "#e2e/fixtures/members.ts";
import { expect, expectAccessible, keepPicture, test } from "#e2e/fixtures/test.ts";
import { readJourneySettings } from "#lib/settings/journeys.ts";

const { consoleUrl } = readJourneySettings();
const MORE_THAN_A_PAGE = 52;

test("verifications are paged, filtered by outcome, and opened one by one", async ({ console: page }) => {
  const customId = "verifications-journey-1";
  const face = await facePicture("ana", { width: 240 });
  await enrol(customId, await facePicture("ana"));
  for (let made = 0; made < MORE_THAN_A_PAGE; made += 4) {
    await Promise.all([1, 2, 3, 4].map(() => logIn(customId, face)));
  }
  await logIn(customId, await facePicture("bia"));

  await page.goto("/verifications");
  const rows = page.getByRole("table", { name: "Verifications" }).getByRole("row");
  await expect(rows).toHaveCount(51);
  await expectAccessible(page);
  await keepPicture(page, "verifications");
  await page.getByRole("link", { name: "Older" }).click();
  await expect(page.getByRole("link", { name: "Newer" })).toBeVisible();
  await page.getByRole("link", { name: "Newer" }).click();
  await expect(rows).toHaveCount(51);

  const filters = page.getByRole("complementary", { name: "Filters" });
  await filters.getByRole("link", { name: /^Not matched/ }).click();
  await expect(page).toHaveURL(/outcome=not_matched/);
  await expect(rows.nth(1)).toContainText("Not matched");
  await expect(
    page.getByRole("table", { name: "Verifications" }).getByText("Matched", { exact: true }),
  ).toHaveCount(0);
  expect(page.url()).not.toContain(customId);
  await rows.nth(1).getByRole("link").first().click();
  await expect(page).toHaveURL(/\/verifications\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The face did not match the enrolled one");
  await expectAccessible(page);
  await keepPicture(page, "verification");
});

/** Walks by Tab alone until it stands there. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let pressed = 0; pressed < 80; pressed += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("Tab never came there");
}

test("by keyboard alone: a filter by its name, the time by its handles, a row, and everything cleared by one key", async ({
  console: page,
}) => {
  const customId = "verifications-journey-2";
  await enrol(customId, await facePicture("ana"));
  await logIn(customId, await facePicture("ana", { width: 240 }));
  await logIn(customId, await facePicture("bia"));
  await page.goto("/verifications");
  const rows = page.getByRole("table", { name: "Verifications" }).getByRole("row");
  await expect(rows.nth(1)).toBeVisible();

  const finder = page.getByRole("dialog", { name: "Find a filter" });
  // The page is read before it lives: the key may have to be pressed again.
  await expect(async () => {
    if (!(await finder.isVisible())) await page.keyboard.press("f");
    await expect(finder.getByRole("textbox")).toBeFocused({ timeout: 1000 });
  }).toPass();
  await page.keyboard.type("not matched");
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/outcome=not_matched/);
  await expect(finder).toBeHidden();
  await expect(rows.nth(1)).toContainText("Not matched");

  const start = page.getByRole("slider", { name: "Start of the list's time" });
  await tabTo(page, start);
  await page.keyboard.press("End");
  await page.keyboard.press("PageDown");
  await expect(page).toHaveURL(/outcome=not_matched&from=/);
  await expect(start).toBeFocused();
  await expect(page.getByRole("status").filter({ hasText: "newest first" })).toBeVisible();
  await expect(rows.nth(1)).toContainText("Not matched");
  await expectAccessible(page);
  await keepPicture(page, "verifications-narrowed");

  await page.keyboard.press("x");
  await expect(page).not.toHaveURL(/outcome|from/);
  await page.keyboard.press("j");
  await expect(rows.nth(1).getByRole("link")).toBeFocused();
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/verifications\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { name: "Step by step" })).toBeVisible();
});

test("nothing passes the filters: why, and one act that helps; the time line reads as a table too", async ({
  console: page,
}) => {
  await enrol("verifications-journey-3", await facePicture("clara"));
  await logIn("verifications-journey-3", await facePicture("clara", { width: 240 }));
  await page.goto("/verifications?outcome=spoof_suspected&modality=fingers");
  await expect(page.getByRole("heading", { name: "Nothing passes these filters" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Table" }).click();
  await expect(page.getByRole("columnheader", { name: "left out by the filter" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Clear the filters" }).click();
  await expect(page.getByRole("table", { name: "Verifications" }).getByRole("row").nth(1)).toBeVisible();
});

test("a verification in Portuguese on a phone marks the words the person was given", async ({
  console: page,
  context,
}) => {
  const customId = "verifications-journey-4";
  await enrol(customId, await facePicture("ana"));
  await logIn(customId, await facePicture("bia"));
  await context.addCookies([{ name: "gatehouse.locale", value: "pt-BR", url: consoleUrl }]);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/verifications?outcome=not_matched");
  await page.getByRole("table", { name: "Verificações" }).getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("O rosto não conferiu com o cadastrado");
  await expect(page.getByText("English, mostrado")).toBeVisible();
  await expect(page.getByRole("rowheader", { name: "Regra aplicada" })).toBeVisible();
  const overflows = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  expect(overflows).toBe(false);
  await expectAccessible(page);
  await keepPicture(page, "verification-phone-pt-BR");
});

test("a view is saved, opened by another member through its link, renamed, and gone once it is removed", async ({
  console: page,
  browser,
}) => {
  const name = `Refused lately ${Date.now()}`;
  await page.goto("/verifications?outcome=not_matched&window=7d");
  const button = (text: string | RegExp) => page.getByRole("button", { name: text });
  const save = page.getByRole("dialog", { name: "Save this view" });
  await button("Saved views").click();
  // The menu opens by itself, what stands in it once the page lives.
  await expect(async () => {
    await button("Save this view…").click({ timeout: 1000 });
    await expect(save).toBeVisible({ timeout: 1000 });
  }).toPass();
  await save.getByRole("button", { name: "Save", exact: true }).click();
  await expect(save.getByText("Give it a name.")).toBeVisible();
  await save.getByLabel("Name").fill(name);
  await save.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page).toHaveURL(/\/verifications\?view=[0-9a-f-]{36}$/);
  const link = page.url();

  const other = await pageOf(browser, "viewer");
  await other.goto(link);
  await expect(other.getByRole("link", { name: /^Remove the filter Outcome: Not matched/ })).toBeVisible();
  await other.getByRole("button", { name }).click();
  const theirs = other.getByRole("dialog", { name: "Saved views" });
  await expect(theirs.getByText(`“${name}” is open, saved by`)).toBeVisible();
  await expect(theirs.getByRole("button", { name: /Rename|Remove/ })).toHaveCount(0);

  await button(name).click();
  await expectAccessible(page);
  await keepPicture(page, "verifications-view");
  await button("Rename…").click();
  const rename = page.getByRole("dialog", { name: "Rename this view" });
  await rename.getByLabel("Name").fill(`${name}, renamed`);
  await rename.getByRole("button", { name: "Rename", exact: true }).click();
  await button(`${name}, renamed`).click();
  await button("Remove…").click();
  await page
    .getByRole("dialog", { name: /^Remove “/ })
    .getByRole("button", { name: "Remove" })
    .click();
  await expect(page).toHaveURL(/\/verifications$/);
  await other.goto(link);
  await expect(other.getByText("This saved view is no longer there.")).toBeVisible();
  await other.context().close();
});
