import { asFile, facePicture } from "#e2e/fixtures/faces.ts";
import { enrol, logIn } from "#e2e/fixtures/gateway.ts";
import { expect, expectAccessible, keepPicture, test } from "#e2e/fixtures/test.ts";

test("an administrator finds a person by a part of the CustomID, reads why, and verifies them now", async ({
  console: page,
}) => {
  const customId = "people-journey-7310";
  await enrol(customId, await facePicture("ana"));
  await logIn(customId, await facePicture("bia"));
  await page.goto("/people");
  await page.getByRole("textbox", { name: "CustomID" }).fill("journey-731");
  await expect(page.getByText("1 found, best match first")).toBeVisible();
  await expectAccessible(page);
  await keepPicture(page, "people-search");
  await page.getByRole("link", { name: customId }).click();
  await expect(page).toHaveURL(/\/people\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByText("Usable picture, but not the enrolled face").first()).toBeVisible();
  await expectAccessible(page);
  await keepPicture(page, "person");

  await page.getByRole("button", { name: /^Verify now/ }).click();
  const dialog = page.getByRole("dialog", { name: "Verify this person now?" });
  const another = await facePicture("ana", { width: 400, brightness: 1.1, quality: 80 });
  await dialog.getByLabel("Picture").setInputFiles(asFile(another));
  await dialog.getByRole("button", { name: "Verify now" }).click();
  await expect(dialog.getByText("It is them.")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Close" }).first().click();
  await expect(dialog).toBeHidden();
});
