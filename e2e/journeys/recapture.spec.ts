import type { Page } from "@playwright/test";
import { cameraRefused } from "#e2e/fixtures/browser.ts";
import { asFile, facePicture, pictureWithoutFace } from "#e2e/fixtures/faces.ts";
import { enrol, enrolFinger, logIn, logInByFinger } from "#e2e/fixtures/gateway.ts";
import { expect, expectAccessible, keepPicture, test } from "#e2e/fixtures/test.ts";
import { readJourneySettings } from "#lib/settings/journeys.ts";
import { generatePrint } from "#sandbox/fingers/generate-print.ts";

const { chromePath } = readJourneySettings();
test.use({ launchOptions: { executablePath: chromePath, args: cameraRefused() } });

async function openPerson(page: Page, customId: string): Promise<void> {
  await page.goto("/people");
  await page.getByRole("textbox", { name: "CustomID" }).fill(customId);
  await page.getByRole("link", { name: customId }).click();
  await expect(page).toHaveURL(/\/people\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("button", { name: /^Recapture/ })).toBeVisible();
}

test("by keyboard alone a new face takes the place of the old one, and is verified at once", async ({
  console: page,
}) => {
  const customId = "recapture-journey-1";
  await enrol(customId, await facePicture("ana"));
  await openPerson(page, customId);
  await page.getByRole("button", { name: /^Recapture/ }).focus();
  await page.keyboard.press("r");
  const dialog = page.getByRole("dialog", { name: "Replace what is enrolled of this person?" });
  await expect(dialog.getByRole("heading", { name: "The camera was not allowed" })).toBeVisible();
  await expectAccessible(page);

  await dialog.getByLabel("Upload a picture").focus();
  const bia = asFile(await facePicture("bia"));
  // The browser is told to hand the choice over only when it is waited for, which may come after the key.
  await expect(async () => {
    const choosing = page.waitForEvent("filechooser", { timeout: 2_000 });
    await page.keyboard.press("Enter");
    await (await choosing).setFiles(bia);
  }).toPass();
  await expect(dialog.getByText("This picture looks good")).toBeVisible();
  await expect(dialog.getByText(/^replaced, enrolled/)).toBeVisible();
  await expectAccessible(page);
  await keepPicture(page, "recapture");
  await dialog.getByRole("button", { name: "Replace now" }).focus();
  await page.keyboard.press("Enter");
  await expect(dialog.getByText("Choose why it is replaced.")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel("Reason").focus();
  await page.keyboard.type("The enrolled");
  await expect(dialog.getByLabel("Reason")).toHaveValue("poor_picture");
  await dialog.getByRole("button", { name: "Replace now" }).focus();
  await page.keyboard.press("Enter");
  await expect(dialog.getByText("The new face is in use.")).toBeVisible();
  await dialog.getByRole("button", { name: "Verify now with this picture" }).focus();
  await page.keyboard.press("Enter");
  await expect(dialog.getByText("It is them.")).toBeVisible();
  await expectAccessible(page);
  await keepPicture(page, "recapture-done");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: /^Recapture/ })).toBeFocused();
  // The closed dialog still holds what it said; the page says it too.
  await expect(page.getByText("The new face is in use.").filter({ visible: true })).toHaveCount(1);
  await expect(page.getByText("Face captured again")).toBeVisible();
  await expectAccessible(page);

  expect((await logIn(customId, await facePicture("bia", { width: 400 }))).decision).toBe("approved");
  expect((await logIn(customId, await facePicture("ana"))).decision).toBe("retry_capture");
});

test("a hint says what could be better and keeps nobody from sending", async ({ console: page }) => {
  const customId = "recapture-journey-2";
  await enrol(customId, await facePicture("ana"));
  await openPerson(page, customId);
  await page.keyboard.press("v");
  const dialog = page.getByRole("dialog", { name: "Verify this person now?" });
  await dialog.getByLabel("Upload a picture").setInputFiles(asFile(await pictureWithoutFace()));
  await expect(dialog.getByText("No face was found. Look straight at the camera")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Verify now" }).click();
  await expect(dialog.getByText("The picture could not be compared.")).toBeVisible();
  await dialog.getByRole("button", { name: "Take another picture" }).click();
  await dialog.getByLabel("Upload a picture").setInputFiles(asFile(Buffer.from("No picture."), "a.jpg"));
  await expect(dialog.getByText("That file could not be opened as a picture.")).toBeVisible();
});

test("a finger chosen on the drawing with the arrow keys is added, and lets its owner in", async ({
  console: page,
}) => {
  const customId = "recapture-journey-3";
  await enrolFinger(customId, await generatePrint(51));
  await openPerson(page, customId);
  await page.keyboard.press("r");
  const dialog = page.getByRole("dialog", { name: "Replace what is enrolled of this person?" });
  await dialog.getByRole("button", { name: "Use fingers" }).click();
  await dialog.getByRole("radio", { name: "2 · right index finger" }).focus();
  for (let moved = 0; moved < 3; moved += 1) await page.keyboard.press("ArrowLeft");
  await expect(dialog.getByRole("radio", { name: "7 · left index finger" })).toBeChecked();
  const added = await generatePrint(52);
  await dialog
    .getByLabel("Choose a picture: 7 · left index finger")
    .setInputFiles(asFile(added, "finger.png", "image/png"));
  await expect(dialog.getByText("added", { exact: true })).toBeVisible();
  await expectAccessible(page);
  await keepPicture(page, "recapture-fingers");
  await dialog.getByLabel("Reason").selectOption("added");
  await dialog.getByRole("button", { name: "Replace now" }).click();
  await expect(dialog.getByText("The new finger is in use.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText("2 of 10 fingers").first()).toBeVisible();
  expect((await logInByFinger(customId, "7", added)).decision).toBe("approved");
});

test.describe("on a phone, in Portuguese", () => {
  test.use({ viewport: { width: 390, height: 844 }, locale: "pt-BR" });

  test("the dialogs fit, and are accessible", async ({ console: page }) => {
    const customId = "recapture-journey-4";
    await enrol(customId, await facePicture("ana"));
    await page.goto("/people");
    await page.getByRole("textbox", { name: "CustomID" }).fill(customId);
    await page.getByRole("link", { name: customId }).click();
    await page.getByRole("button", { name: /^Recapturar/ }).click();
    const dialog = page.getByRole("dialog", { name: "Substituir o que está cadastrado desta pessoa?" });
    await expect(dialog.getByText("A câmera não foi permitida")).toBeVisible();
    await expectAccessible(page);
    await keepPicture(page, "recapture-phone.pt-BR");
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
});
