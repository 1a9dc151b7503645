import { cameraShowing } from "#e2e/fixtures/browser.ts";
import { facePicture, writeFilm } from "#e2e/fixtures/faces.ts";
import { enrol, logIn } from "#e2e/fixtures/gateway.ts";
import { expect, expectAccessible, keepPicture, test } from "#e2e/fixtures/test.ts";
import { readJourneySettings } from "#lib/settings/journeys.ts";

const film = await writeFilm("bia", "test-results/films");
const { chromePath } = readJourneySettings();
test.use({ launchOptions: { executablePath: chromePath, args: cameraShowing(film) } });
test.describe.configure({ timeout: 120_000 });
const LOOK = { timeout: 60_000 };

test("the camera takes the new face by itself, and the old face lets nobody in any more", async ({
  console: page,
}) => {
  const customId = "recapture-camera-1";
  await enrol(customId, await facePicture("ana"));
  await page.goto("/people");
  await page.getByRole("textbox", { name: "CustomID" }).fill(customId);
  await page.getByRole("link", { name: customId }).click();
  await page.getByRole("button", { name: /^Recapture/ }).click();
  const dialog = page.getByRole("dialog", { name: "Replace what is enrolled of this person?" });
  await expect(dialog.getByText("This picture looks good")).toBeVisible(LOOK);
  await expectAccessible(page);
  await keepPicture(page, "recapture-camera");
  await dialog.getByLabel("Reason").selectOption("changed");
  await dialog.getByRole("button", { name: "Replace now" }).click();
  await expect(dialog.getByText("The new face is in use.")).toBeVisible();
  expect((await logIn(customId, await facePicture("bia"))).decision).toBe("approved");
  expect((await logIn(customId, await facePicture("ana"))).decision).toBe("retry_capture");
});
