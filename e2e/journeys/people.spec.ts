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
  await expect(page.getByText("Nobody asked for anything about this person.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Open a request" })).toHaveAttribute(
    "href",
    /^\/requests\/new\?person=[0-9a-f-]{36}$/,
  );
  await expectAccessible(page);
  await keepPicture(page, "person");

  await page.getByRole("button", { name: /^Verify now/ }).click();
  const dialog = page.getByRole("dialog", { name: "Verify this person now?" });
  const another = await facePicture("ana", { width: 400, brightness: 1.1, quality: 80 });
  await dialog.getByLabel("Upload a picture").setInputFiles(asFile(another));
  await expect(dialog.getByText("This picture looks good")).toBeVisible();
  await dialog.getByRole("button", { name: "Verify now" }).click();
  await expect(dialog.getByText("It is them.")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Close" }).first().click();
  await expect(dialog).toBeHidden();
});

test("a pasted list is answered in its order, and says what it means that somebody is not found", async ({
  console: page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const face = await facePicture("clara");
  for (const customId of ["pasted-1", "pasted-2"]) await enrol(customId, face);
  await page.goto("/people");
  await page.evaluate(() => navigator.clipboard.writeText("PASTED-2\nnobody-7;pasted-1,nobody-8"));
  await page.getByRole("combobox", { name: "Why you look" }).selectOption("Incident");
  await page.getByRole("textbox", { name: "CustomID" }).focus();
  await page.keyboard.press("ControlOrMeta+v");
  await expect(page.getByText("2 of 4 found, in your order")).toBeVisible();
  await expect(page.locator("a.row-link")).toHaveText(["pasted-2", "pasted-1"]);
  await expect(page.getByRole("heading", { name: "2 are not enrolled here" })).toBeVisible();
  await expectAccessible(page);
  await keepPicture(page, "people-pasted");
  await page.getByRole("button", { name: "Copy these" }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("nobody-7\nnobody-8");
  expect(page.url()).toMatch(/\/people$/);

  await page.getByRole("textbox", { name: "CustomID" }).fill("never-enrolled-77");
  await expect(page.getByText("Nobody enrolled here has “never-enrolled-77”")).toBeVisible();
  await expect(page.getByText("they log in the old way, with the password")).toBeVisible();
});
