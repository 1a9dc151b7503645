import { expect, expectAccessible, keepPicture, signIn, test } from "#e2e/fixtures/test.ts";
import { readJourneySettings } from "#lib/settings/journeys.ts";

const { adminEmail, adminPassword } = readJourneySettings();

test("the first administrator signs in, after a mistake, and signs out again", async ({ page, watch }) => {
  watch.expect(/status of 401/);
  await page.goto("/people");
  await expect(page).toHaveURL(/\/sign-in/);
  await expectAccessible(page);
  await keepPicture(page, "sign-in");
  await signIn(page, adminEmail, "not the password");
  await expect(page.getByText("E-mail and password do not match.")).toBeVisible();
  await signIn(page, adminEmail, adminPassword);
  await expect(page).toHaveURL("/");
  await page.getByRole("navigation", { name: "Main" }).getByTitle("Account and appearance").click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByText("You are signed out.")).toBeVisible();
  await page.goto("/");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("an empty Gatehouse says what to do first", async ({ console: page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "Nobody has logged in yet. Start with your own face",
  );
  await expect(page.getByRole("link", { name: "Open the sample login" })).toHaveAttribute("href", "/sample");
  await expectAccessible(page);
  await keepPicture(page, "overview-first-start");
  await page.goto("/people");
  await expect(page.getByText("Nobody is enrolled yet")).toBeVisible();
  await expectAccessible(page);
  await page.goto("/verifications");
  await expect(page.getByText("No verifications yet")).toBeVisible();
  await expectAccessible(page);
});
