import { devices, type Page } from "@playwright/test";
import { openTestCampaign } from "#e2e/fixtures/campaign.ts";
import { asFile, facePicture } from "#e2e/fixtures/faces.ts";
import { expectWhole } from "#e2e/fixtures/fits.ts";
import { openInstallation } from "#e2e/fixtures/installation.ts";
import { expect, keepPicture, test } from "#e2e/fixtures/test.ts";

const { userAgent, hasTouch, isMobile } = devices["Pixel 7"];
test.use({ userAgent, hasTouch, isMobile, viewport: { width: 360, height: 800 } });

const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });

test("somebody who holds a tester's link agrees, is recognised once, leaves, and the API holds nothing of them", async ({
  page,
}) => {
  const installation = openInstallation();
  const { addresses } = await openTestCampaign(installation.db, {}, 1).finally(() => installation.close());
  const [address = ""] = addresses;
  await page.goto(`/campaign#${"x".repeat(43)}`);
  await expect(heading(page, "This link opens nothing")).toBeVisible();
  await page.goto("about:blank");
  await page.goto(address);
  await expect(heading(page, "Help to test a biometric login")).toBeFocused();
  expect(page.url()).not.toContain(address.slice(-43));
  await page.getByRole("button", { name: "Agree and begin" }).click();
  await expect(page.getByText("Tick the box to agree")).toBeVisible();
  await expectWhole(page);
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Agree and begin" }).click();

  await expect(page.getByRole("radio", { name: "Phone" })).toBeChecked();
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(heading(page, "First a picture to compare with")).toBeFocused();
  await page.getByLabel("Upload a picture").setInputFiles(asFile(await facePicture("ana")));
  await expect(heading(page, "Look straight into the camera")).toBeFocused();
  // Where they are comes from the server: nothing of it is lost with the page.
  await page.reload();
  await expect(page.getByText("Try 1 of 1 like this.")).toBeVisible();
  await expectWhole(page);
  await page.getByLabel("Upload a picture").setInputFiles(asFile(await facePicture("ana", { width: 420 })));
  await expect(heading(page, "Recognised")).toBeFocused();
  await page.getByRole("button", { name: "Next" }).click();
  await expect(page.getByRole("row", { name: "Under a lamp, straight" })).toContainText("1 of 1 recognised");
  await expectWhole(page);
  await keepPicture(page, "campaign-end");

  await page.getByRole("button", { name: "Leave and delete my biometrics…" }).click();
  await page.getByRole("button", { name: "Leave and delete", exact: true }).click();
  await expect(heading(page, "You have left")).toBeFocused();
  await expect(page.getByText("The biometric API holds nothing of you")).toBeVisible();
  await page.reload();
  await expect(heading(page, "You have left")).toBeVisible();
});
