import { expect, expectAccessible, keepPicture, test } from "#e2e/fixtures/test.ts";

test("an administrator shortens the retention by keyboard, sees when it starts, and takes it back in time", async ({
  console: page,
}) => {
  await page.goto("/settings/retention");
  const days = page.getByRole("textbox", { name: "Logins and verifications" });
  const before = Number(await days.inputValue());
  const idle = page.getByRole("textbox", { name: "People who no longer come" });
  await expect(idle).toHaveValue("");
  await idle.fill("30");
  await expect(page.getByText("Inactive people never → 30 days", { exact: true })).toBeVisible();
  await idle.fill("");
  await days.fill("7");
  await expect(page.getByText("Write 30 to 3,650 days")).toBeVisible();
  await days.fill(String(before - 1));
  await days.press("Tab");
  await expect(page.getByText(`Logins ${before} → ${before - 1} days`, { exact: true })).toBeVisible();
  await page.getByLabel("Why").press("Enter");
  await expect(page.getByLabel("Why")).toBeFocused();
  await page.getByLabel("Why").fill("Nobody looks further back");
  await expectAccessible(page);
  await page.getByLabel("Why").press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("cannot be brought back");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Shorten in 24 h" }).press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(`${before - 1} days`);
  await expect(page.getByText("Until then nothing is deleted.", { exact: false })).toBeVisible();
  await keepPicture(page, "settings-retention");

  await page.getByRole("button", { name: "Fill in the longer time" }).press("Enter");
  await expect(days).toHaveValue(String(before));
  await page.getByLabel("Why").fill("Auditors do");
  await page.getByLabel("Why").press("Enter");
  await dialog.getByRole("button", { name: /^Save as version/ }).press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(`${before} days`);
  await expect(page.getByText("Not in force yet")).toHaveCount(0);
});
