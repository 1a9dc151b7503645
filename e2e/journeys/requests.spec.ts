import type { Locator, Page } from "@playwright/test";
import { facePicture } from "#e2e/fixtures/faces.ts";
import { enrol } from "#e2e/fixtures/gateway.ts";
import { pageOf } from "#e2e/fixtures/members.ts";
import { expect, expectAccessible, test } from "#e2e/fixtures/test.ts";

const CUSTOM_ID = "requests-journey-77";

/** Moves on by Tab alone until what is wanted has the focus. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await expect(async () => {
    await page.keyboard.press("Tab");
    await expect(wanted).toBeFocused({ timeout: 100 });
  }).toPass({ intervals: [0] });
}

test("a request is taken in by keyboard alone, and found by protocol, by CustomID and from any page", async ({
  browser,
}) => {
  const page = await pageOf(browser, "compliance_officer");
  await enrol(CUSTOM_ID, await facePicture("bia"));
  await page.goto("/requests");
  await expect(async () => {
    await page.keyboard.press("n");
    await expect(page).toHaveURL(/\/requests\/new$/, { timeout: 1_000 });
  }).toPass();
  await expect(page.getByLabel("CustomID")).toBeFocused();
  await page.keyboard.type(CUSTOM_ID);
  const erasure = page.getByRole("checkbox", { name: /^Erasure/ });
  await tabTo(page, erasure);
  await expect(page.getByText("Enrolled here.")).toBeVisible();
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  // Nothing is asked for: said where it is mended, and what was typed stays.
  await expect(page.getByRole("group", { name: "What the person asks for" })).toHaveClass(/err/);
  await expect(page.getByLabel("CustomID")).toHaveValue(CUSTOM_ID);
  await expectAccessible(page);
  await expect(erasure).toBeFocused();
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  const opened = page.getByRole("link", { name: /^REQ-/ });
  await expect(opened).toBeFocused();
  const protocol = (await opened.textContent()) ?? "";

  await page.goto("/verifications");
  const palette = page.getByRole("combobox", { name: "Find a person, a request or a page" });
  await expect(async () => {
    await page.keyboard.press("ControlOrMeta+k");
    await expect(palette).toBeFocused({ timeout: 1_000 });
  }).toPass();
  await page.keyboard.type(protocol);
  await expect(page.getByRole("option", { selected: true })).toContainText(protocol);
  await page.keyboard.press("Enter");
  const found = page.getByRole("table", { name: "Requests found" });
  await expect(found.getByRole("link", { name: protocol })).toBeVisible();

  await page.getByRole("textbox", { name: "Find a request" }).fill(CUSTOM_ID);
  await page.keyboard.press("Enter");
  await expect(page.getByText("1 request of this person")).toBeVisible();
  await expect(found.getByRole("link", { name: protocol })).toBeVisible();
  expect(page.url()).not.toContain(CUSTOM_ID);

  await page.goto("/");
  const due = page.locator("section").filter({ has: page.getByRole("heading", { name: "Requests due" }) });
  await expect(due.getByRole("link", { name: /needs? you$/ })).toBeVisible();
  await page.context().close();
});

test("the overview and the palette tell a viewer and a product manager nothing of requests", async ({
  browser,
}) => {
  for (const role of ["viewer", "product_manager"] as const) {
    const page = await pageOf(browser, role);
    await page.goto("/");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByText("Requests due")).toHaveCount(0);
    await expect(page.getByRole("link", { name: /requests/i })).toHaveCount(0);
    await expect(page.getByRole("button", { name: /^Find/ })).not.toHaveAccessibleName(/request/);
    await page.context().close();
  }
});
