import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { facePicture } from "#e2e/fixtures/faces.ts";
import { enrol, logIn } from "#e2e/fixtures/gateway.ts";
import { expect, expectAccessible, keepPicture, test } from "#e2e/fixtures/test.ts";

test("a login comes in at the top of the live list, waits while it is paused, and all of it is taken out as a file", async ({
  console: page,
}) => {
  const customId = `live-${Date.now()}`;
  const face = await facePicture("ana");
  await enrol(customId, face);
  await logIn(customId, face);
  await page.goto("/verifications");
  const rows = page.getByRole("table", { name: "Verifications" }).getByRole("row");
  const named = rows.filter({ hasText: customId });
  await expect(named).toHaveCount(1);
  const live = page.getByRole("button", { name: /^Live/ });
  // The page is read before it lives: the button may have to be pressed again.
  await expect(async () => {
    if ((await live.getAttribute("aria-pressed")) !== "true") await live.click();
    await expect(page.getByText("Live. Nothing new yet").first()).toBeVisible({ timeout: 2000 });
  }).toPass();
  await logIn(customId, face);
  await expect(named).toHaveCount(2);
  await expect(page.getByText("Live. 1 new").first()).toBeVisible();
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await logIn(customId, face);
  await expect(page.getByText("Paused, 1 new").first()).toBeVisible();
  await expect(named).toHaveCount(2);
  await expectAccessible(page);
  await keepPicture(page, "verifications-live");
  await page.getByRole("button", { name: "Go on", exact: true }).click();
  await expect(named).toHaveCount(3);
  // What came in live has no place in the list of the oldest.
  await page.getByRole("link", { name: /oldest first/ }).click();
  await expect(page.getByRole("columnheader", { name: /time/ })).toHaveAttribute("aria-sort", "ascending");
  const ids = await rows
    .locator("a.row-link")
    .evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  expect(ids).toEqual(ids.toSorted());
  await page.getByRole("link", { name: /newest first/ }).click();
  await expect(named).toHaveCount(3);
  await expect(live).toHaveAttribute("aria-pressed", "false");

  await page.getByRole("button", { name: "CSV…" }).click();
  await page.getByRole("radio", { name: /with CustomIDs/ }).check();
  await page.getByRole("button", { name: "Export", exact: true }).click();
  await expect(page.getByText("Say why you need the file.")).toBeVisible();
  await page.getByLabel("Why you need it").fill("Asked for by the auditors");
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toMatch(/^gatehouse-verifications-rows-.*\.csv$/);
  const file = readFileSync(await download.path());
  const lines = file.toString().trimEnd().split("\r\n");
  expect(lines[0]).toMatch(/^\uFEFFid,at,login_id,.*,custom_id$/);
  expect(lines.filter((line) => line.endsWith(`,${customId}`))).toHaveLength(3);
  const dialog = page.getByRole("dialog", { name: "Export verifications" });
  await expect(dialog.getByText(createHash("sha256").update(file).digest("hex"))).toBeVisible();
  await expectAccessible(page);
  await keepPicture(page, "verifications-exported");
});
