import { cameraShowing } from "#e2e/fixtures/browser.ts";
import { asFile, facePicture, writeFilm } from "#e2e/fixtures/faces.ts";
import { expect, expectAccessible, keepPicture, test } from "#e2e/fixtures/test.ts";
import { readJourneySettings } from "#lib/settings/journeys.ts";

const film = await writeFilm("ana", "test-results/films");
const { chromePath } = readJourneySettings();
test.use({ launchOptions: { executablePath: chromePath, args: cameraShowing(film) } });
// The detector computes on the processor here, a second or two for each look.
test.describe.configure({ timeout: 120_000 });
const LOOK = { timeout: 60_000 };

test("a member sets up a face with the camera, logs in with it, and nobody else does", async ({ page }) => {
  await page.goto("/sample");
  await expectAccessible(page);
  await page.getByLabel("Member number").fill("camera-journey-1");
  await page.getByRole("button", { name: "Set up your face" }).click();
  await page.getByRole("button", { name: "Agree and open the camera" }).click();
  await expect(page.getByText("Tick the box to agree")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Agree and open the camera" }).click();
  await expect(page.getByRole("heading", { name: "You are set up" })).toBeVisible(LOOK);
  await expect(
    page.getByRole("region", { name: "Log in" }).getByText("All set. You can log in this way from now on."),
  ).toBeVisible();

  await page.getByRole("button", { name: "Log in with your face now" }).click();
  await expect(page.getByRole("heading", { name: "Look at the camera" })).toBeFocused();
  await keepPicture(page, "sample-camera");
  await expect(page.getByRole("heading", { name: "Welcome back" })).toBeVisible(LOOK);
  const gateway = page.getByRole("complementary", { name: "For developers, not shown to members" });
  await expect(gateway.getByRole("cell", { name: "approved" })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("button", { name: "Log out" }).click();
  await page.getByRole("button", { name: "Log in with your face" }).click();
  await page.getByLabel("Upload a picture").setInputFiles(asFile(await facePicture("bia")));
  await expect(page.locator("main").getByRole("alert")).toHaveText(
    "That did not match. Try once more or use your password.",
  );
  await expect(page.getByText("Try 2 of 3.")).toBeVisible();
  await page.getByRole("button", { name: "Use my password instead" }).click();
  await page.getByLabel("Password").fill("a wrong one");
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.getByText("That is not the password.")).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Password").fill("bruma-sample");
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.getByText("You logged in with your password.")).toBeVisible();
  await expect(gateway.getByText("chose_password")).toBeVisible();
});

test("the picture is taken at once on request, without waiting for the guidance", async ({ page }) => {
  await page.goto("/sample");
  await page.getByLabel("Member number").fill("camera-journey-2");
  await page.getByRole("button", { name: "Set up your face" }).click();
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Agree and open the camera" }).click();
  await page.getByRole("button", { name: "Take the picture now" }).click(LOOK);
  await expect(page.getByRole("heading", { name: "You are set up" })).toBeVisible(LOOK);
});
