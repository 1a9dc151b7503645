import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Download, Page } from "@playwright/test";
import { facePicture } from "#e2e/fixtures/faces.ts";
import { enrol } from "#e2e/fixtures/gateway.ts";
import { pageOf } from "#e2e/fixtures/members.ts";
import { expect, expectAccessible, keepPicture, test } from "#e2e/fixtures/test.ts";
import { Watch } from "#e2e/fixtures/watch.ts";
import { readJourneySettings } from "#lib/settings/journeys.ts";

const { stateDir, consoleUrl } = readJourneySettings();

/** Entries get their place within a second, and the list is asked for anew until the first one has it. */
async function openSealed(page: Page): Promise<void> {
  await expect(async () => {
    await page.goto("/audit");
    await expect(page.getByText("waits", { exact: true })).toHaveCount(0, { timeout: 500 });
  }).toPass();
}

async function exportAs(page: Page, kind: RegExp): Promise<{ path: string; download: Download }> {
  await page.getByRole("radio", { name: kind }).check();
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const download = await coming;
  await expect(page.getByText(/lines exported\./)).toBeVisible();
  return { path: await download.path(), download };
}

test("an officer has the log verified, reads an entry and its proof, by keyboard alone", async ({
  browser,
}) => {
  const page = await pageOf(browser, "compliance_officer");
  await openSealed(page);
  await page.keyboard.press("v");
  await expect(page.getByRole("heading", { level: 1, name: /^(\S+) of \1 entries verified$/ })).toBeVisible();
  await page.getByRole("button", { name: "Sign one now" }).press("Enter");
  await expect(page.getByText("Asked. It is signed")).toBeVisible();

  await openSealed(page);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/entry=/);
  const rail = page.getByRole("complementary", { name: "Entry" });
  await expect(rail.getByRole("heading", { name: /^Entry \d+$/ })).toBeVisible();
  await expect(async () => {
    await page.reload();
    await expect(rail.getByText(/^Proven, /)).toBeVisible({ timeout: 1000 });
  }).toPass();
  await expectAccessible(page);
  await keepPicture(page, "audit-entry");
  await page.keyboard.press("Escape");
  await expect(page).not.toHaveURL(/entry=/);
  await page.context().close();
});

test("the exported log verifies without Gatehouse, and its digest stands in the log", async ({ browser }) => {
  const page = await pageOf(browser, "compliance_officer");
  await openSealed(page);
  await page.getByRole("button", { name: "Export…" }).click();
  const log = await exportAs(page, /whole log/);
  expect(log.download.suggestedFilename()).toMatch(/^gatehouse-audit-.*\.jsonl$/);
  const key = join(stateDir, "audit-public-key.txt");
  const said = execFileSync(process.execPath, ["scripts/verify-audit.mjs", log.path, "--public-key", key], {
    encoding: "utf8",
  });
  expect(said).toMatch(/^(\S+) of \1 entries verified/);
  const table = await exportAs(page, /list, as a table/);
  const text = readFileSync(table.path, "utf8");
  expect(text.split("\r\n")[0]).toMatch(/^entry,time,act,/);
  await page.getByRole("button", { name: "Close", exact: true }).click();
  const sha256 = createHash("sha256").update(text).digest("hex");
  await expect(page.getByTitle(sha256)).toBeVisible();
  await keepPicture(page, "audit-export");
  await page.context().close();
});

test("a CustomID finds who looked at the person, and stands in no address", async ({ browser }) => {
  const customId = `audited-${Date.now()}`;
  await enrol(customId, await facePicture("ana"));
  const page = await pageOf(browser, "compliance_officer");
  const watch = new Watch(page);
  await page.goto("/people");
  await page
    .getByRole("searchbox")
    .or(page.getByRole("combobox"))
    .or(page.getByRole("textbox"))
    .first()
    .fill(customId);
  await page.getByRole("link", { name: customId }).first().click();
  await expect(page.getByRole("heading", { name: "Who looked at this person" })).toBeVisible();
  await page.goto("/audit");
  await page.getByRole("button", { name: "Choose: Whom" }).press("Enter");
  await page.getByLabel("CustomID").fill(`${customId}-nobody`);
  await page.keyboard.press("Enter");
  await expect(page.getByText("The log holds nothing about this CustomID.")).toBeVisible();
  await expect(page.getByLabel("CustomID")).toHaveValue(`${customId}-nobody`);
  await expectAccessible(page);
  await page.getByLabel("CustomID").fill(customId);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/whom=1-[0-9a-f]{64}/);
  await expect(page.getByLabel("CustomID")).toBeHidden();
  const table = page.getByRole("table", { name: "Audit" });
  await expect(table.getByRole("link", { name: "Opened a person" })).toBeVisible();
  await expect(table.getByRole("link", { name: "Searched the log for a person" })).toBeVisible();
  await keepPicture(page, "audit-whom");
  expect(watch.addresses.filter((address) => address.includes(customId))).toEqual([]);
  await page.context().close();
});

test("filters, folds and pages of the log can be used in Portuguese", async ({ browser }) => {
  const page = await pageOf(browser, "compliance_officer");
  const cookie = { name: "gatehouse.locale", value: "pt-BR", url: consoleUrl };
  await page.context().addCookies([cookie]);
  await page.goto("/audit");
  await page.getByRole("button", { name: "Escolher: Quando" }).press("Enter");
  await page.getByRole("link", { name: "hoje" }).press("Enter");
  await expect(page).toHaveURL(/time=today/);
  await page.getByRole("button", { name: "Escolher: Ato" }).press("Enter");
  const acts = page.getByRole("dialog", { name: "Ato" });
  await acts.getByRole("link", { name: "Abriu o registro de auditoria" }).press("Enter");
  await expect(page).toHaveURL(/act=audit\.view/);
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Tirar o filtro Ato" }).press("Enter");
  await expect(page).not.toHaveURL(/act=/);
  await keepPicture(page, "audit-pt-BR");
  await page.context().close();
});

test("a product manager reads their own part of the log, and nothing about people", async ({ browser }) => {
  const page = await pageOf(browser, "product_manager");
  await page.goto("/audit?unfold=all");
  const table = page.getByRole("table", { name: "Audit" });
  await expect(table.getByRole("link", { name: "Opened the audit log" })).toBeVisible();
  await expect(table.getByRole("link", { name: /a person|people/ })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Choose: Whom" })).toHaveCount(0);
  await page.getByRole("button", { name: "Verify now" }).press("Enter");
  await expect(page.getByText("An administrator or a compliance officer can do this.")).toBeVisible();
  await page.context().close();
});
