import type { Page } from "@playwright/test";
import { facePicture } from "#e2e/fixtures/faces.ts";
import { enrol } from "#e2e/fixtures/gateway.ts";
import { pageOf } from "#e2e/fixtures/members.ts";
import { rollBackBuild } from "#e2e/fixtures/roll-back.ts";
import { expect, expectAccessible, keepPicture, test } from "#e2e/fixtures/test.ts";
import { startReceiver } from "#lib/notifications/testing/start-receiver.ts";

const heading = (page: Page) => page.getByRole("heading", { level: 1 });
const dialog = (page: Page) => page.getByRole("dialog");

test("a product manager has the legacy login tried, sees that it fails, and switches the trials off", async ({
  browser,
}) => {
  const endpoint = await startReceiver();
  const page = await pageOf(browser, "product_manager");
  await page.goto("/rollout/legacy-login");
  await expect(heading(page)).toHaveText("Nobody tries the legacy login yet");
  await page.getByLabel("Address").fill(endpoint.url.replace("//", "//me:word@"));
  await page.getByLabel("Every how many minutes").fill("1440");
  await page.getByRole("button", { name: "Start the trials" }).click();
  await expect(page.getByText("Enter a whole web address")).toBeVisible();
  await page.getByLabel("Address").fill(endpoint.url);
  await page.getByLabel("Secret").fill("a-secret-of-the-journey");
  await page.getByRole("button", { name: "Start the trials" }).click();
  await page.getByRole("button", { name: "Try now" }).click();
  await expect(heading(page)).toHaveText(/^The legacy login worked \d of \d times? in two days$/);
  expect(endpoint.received.at(-1)?.headers.authorization).toBe("Bearer a-secret-of-the-journey");
  expect(await page.content()).not.toContain("a-secret-of-the-journey");
  endpoint.answer = (response) => response.writeHead(500).end();
  await page.getByRole("button", { name: "Try now" }).click();
  await expect(heading(page)).toHaveText("The legacy login failed when it was last tried");
  await expectAccessible(page);
  await keepPicture(page, "legacy-login");
  await page.getByRole("button", { name: "Switch off…" }).click();
  await dialog(page).getByRole("button", { name: "Switch off" }).click();
  await expect(heading(page)).toHaveText("Nobody tries the legacy login yet");
  await page.context().close();
  await endpoint.close();
});

test("after a roll back those who enrolled meanwhile are suspended together, and let in again together", async ({
  browser,
}) => {
  const customId = `way-back-${Date.now()}`;
  const page = await pageOf(browser, "product_manager");
  await enrol(customId, await facePicture("ana"));
  await rollBackBuild("2026.3.1", customId);
  await page.goto("/rollout/templates");
  await expect(heading(page)).toHaveText(/^1 person enrolled during rollout 2026\.3\.1/);
  await page.getByRole("button", { name: "Suspend them…" }).click();
  await dialog(page).getByRole("button", { name: "Suspend them" }).click();
  await expect(dialog(page)).toContainText("Say why: it stands in the audit log.");
  await dialog(page).getByLabel("Why").fill("Their consent was for the trial");
  await dialog(page).getByRole("button", { name: "Suspend them" }).click();
  await expect(heading(page)).toHaveText("1 person is suspended", { timeout: 15_000 });
  await expectAccessible(page);
  await keepPicture(page, "templates-suspended");
  await page.getByRole("button", { name: "Keep them…" }).click();
  await dialog(page).getByLabel("Why").fill("They consented again");
  await dialog(page).getByRole("button", { name: "Keep them" }).click();
  await expect(heading(page)).toHaveText("1 suspended person was let in again", { timeout: 15_000 });
  await page.context().close();
});
