import { facePicture } from "#e2e/fixtures/faces.ts";
import { enrol } from "#e2e/fixtures/gateway.ts";
import { expect, expectAccessible, keepPicture, test } from "#e2e/fixtures/test.ts";

test("from any page the keyboard finds a person or a page, and no address names anybody", async ({
  console: page,
}) => {
  await enrol("palette-journey-51", await facePicture("bia"));
  await page.goto("/verifications");
  const box = page.getByRole("combobox", { name: "Find a person, a request or a page" });
  // A page that has only just come does not hear keys yet.
  await expect(async () => {
    await page.keyboard.press("ControlOrMeta+k");
    await expect(box).toBeFocused({ timeout: 1_000 });
  }).toPass();
  await box.fill("palette-journey");
  await expect(page.getByRole("option", { name: /palette-journey-51/ })).toHaveAttribute(
    "aria-selected",
    "true",
  );
  await expectAccessible(page);
  await keepPicture(page, "palette");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/people\/[0-9a-f-]{36}$/);

  await page.keyboard.press("ControlOrMeta+k");
  await box.fill("settings");
  const policies = page.getByRole("option", { name: /Policies/ });
  await expect(async () => {
    await page.keyboard.press("ArrowDown");
    await expect(policies).toHaveAttribute("aria-selected", "true", { timeout: 500 });
  }).toPass();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/settings\/policies$/);

  await page.keyboard.press("ControlOrMeta+k");
  await box.fill("palette-nobody");
  await expect(page.getByRole("status").filter({ hasText: "Nobody enrolled here" })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/people$/);
  await expect(page.getByRole("textbox", { name: "CustomID" })).toHaveValue("palette-nobody");

  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.press("Escape");
  await expect(box).toBeHidden();
});
