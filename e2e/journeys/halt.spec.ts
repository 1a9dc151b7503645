import { facePicture } from "#e2e/fixtures/faces.ts";
import { enrol, logIn } from "#e2e/fixtures/gateway.ts";
import { expect, expectAccessible, keepPicture, test } from "#e2e/fixtures/test.ts";

test("from any page everybody is put on the legacy login, and back, and each gateway says that it obeys", async ({
  console: page,
}) => {
  const face = await facePicture("clara");
  await enrol("halt-journey-1", face);
  expect(await logIn("halt-journey-1", face)).toMatchObject({ decision: "approved" });
  await page.goto("/verifications");
  const dialog = page.getByRole("dialog");
  await page.getByRole("button", { name: "Halt…" }).click();
  await expectAccessible(page);
  await keepPicture(page, "halt");
  await dialog.getByLabel("Why").fill("Trying the halt");
  await dialog.getByRole("button", { name: "Halt now" }).click();
  const strip = page.locator(".strip");
  await expect(strip).toContainText("Halted");
  await expect(page.getByRole("status").filter({ hasText: "Biometric login is halted" })).toBeVisible();
  expect(await logIn("halt-journey-1", face)).toMatchObject({ path: "legacy", reason: "halted" });
  await expect(strip).toContainText("1 of 1 gateway", { timeout: 30_000 });
  await expectAccessible(page);
  await keepPicture(page, "halted");

  await page.getByRole("button", { name: "End the halt…" }).click();
  await dialog.getByRole("button", { name: "End the halt" }).click();
  await expect(dialog).toContainText("Say why");
  await dialog.getByLabel("Why").fill("It was tried");
  await dialog.getByRole("button", { name: "End the halt" }).click();
  await expect(page.getByRole("button", { name: "Halt…" })).toBeVisible();
  await expect
    .poll(async () => (await logIn("halt-journey-1", face)).path, { timeout: 15_000 })
    .toBe("biometric");
});
