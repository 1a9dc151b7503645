import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "@playwright/test";
import { cameraRefused } from "#e2e/fixtures/browser.ts";
import { asFile, facePicture } from "#e2e/fixtures/faces.ts";
import { enrol, logIn } from "#e2e/fixtures/gateway.ts";
import { openInstallation } from "#e2e/fixtures/installation.ts";
import { pageOf } from "#e2e/fixtures/members.ts";
import { expect, expectAccessible, keepPicture, test } from "#e2e/fixtures/test.ts";
import { LOCALE_COOKIE } from "#lib/i18n/locales.ts";
import { readJourneySettings } from "#lib/settings/journeys.ts";

const { chromePath, stateDir } = readJourneySettings();
test.use({ launchOptions: { executablePath: chromePath, args: cameraRefused() } });

async function officerInPortuguese(browser: Browser): Promise<Page> {
  const page = await pageOf(browser, "compliance_officer");
  await page.context().addCookies([{ name: LOCALE_COOKIE, value: "pt-BR", url: new URL(page.url()).origin }]);
  return page;
}

/** From the form to the decision in review: opened, the identity made sure of. */
async function takeIn(page: Page, customId: string, right: string): Promise<void> {
  await page.goto("/requests/new");
  await page.getByLabel("CustomID").fill(customId);
  await page.getByRole("checkbox", { name: /^Eliminação/ }).uncheck();
  await page.getByRole("checkbox", { name: new RegExp(`^${right}`) }).check();
  await page.getByRole("button", { name: /^Abrir/ }).click();
  await page.getByRole("link", { name: /^REQ-/ }).click();
  await page.getByRole("button", { name: "Confirmar a identidade…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: "Documento conferido" }).check();
  await dialog.getByRole("button", { name: "Confirmar", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/espera a análise$/);
}

async function propose(page: Page, proposal: "Conceder" | "Negar", ground?: string): Promise<void> {
  await page.getByRole("button", { name: "Analisar…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: new RegExp(`^${proposal}`) }).check();
  if (ground !== undefined) await dialog.getByLabel("Fundamento da negativa").selectOption({ label: ground });
  await dialog
    .getByLabel("O que você constatou")
    .fill("Registro baseado em consentimento; nenhuma exceção se aplica.");
  await dialog.getByRole("button", { name: "Propor" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/segunda pessoa$/);
}

async function decide(browser: Browser, url: string, act: "Aprovar" | "Negar"): Promise<Page> {
  const second = await officerInPortuguese(browser);
  await second.goto(url);
  await keepPicture(second, `walk-${act === "Aprovar" ? "approval" : "denial"}`);
  await second.getByRole("button", { name: `${act}…` }).click();
  await second.getByRole("dialog").getByRole("button", { name: act, exact: true }).click();
  return second;
}

/** The delay in which an erasure can still be cancelled passes at once; nothing else is moved by hand. */
async function letDelayPass(page: Page): Promise<void> {
  const requestId = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  const client = openInstallation();
  await client.sql`update data_requests set execute_at = now() where id = ${requestId} and state = 'scheduled'`;
  await client.close();
}

/** What a link of the page's documents gives, as the browser would save it. */
async function download(page: Page, document: string): Promise<Buffer> {
  const answer = await page.request.get(
    `/api${new URL(page.url()).pathname}/documents/${document}?locale=pt-BR`,
  );
  expect(answer.status(), document).toBe(200);
  return answer.body();
}

test("an erasure, in Portuguese: taken in, identified, reviewed, approved by a second officer, waited for, erased and proven by its receipt", async ({
  browser,
}) => {
  const customId = `walk-erasure-${Date.now()}`;
  const face = await facePicture("ana");
  await enrol(customId, face);
  await logIn(customId, face);
  const officer = await officerInPortuguese(browser);
  await takeIn(officer, customId, "Eliminação");
  await expectAccessible(officer);
  await keepPicture(officer, "walk-review");
  await propose(officer, "Conceder");
  await expect(officer.getByRole("button", { name: "Aprovar…" })).toHaveCount(0);

  const second = await decide(browser, officer.url(), "Aprovar");
  await expect(second.getByRole("heading", { level: 1 })).toHaveText(/tem aprovação e acontece em/);
  await expectAccessible(second);
  await keepPicture(second, "walk-waiting");
  await letDelayPass(second);
  await expect(async () => {
    await second.reload();
    await expect(second.getByRole("heading", { level: 1 })).toHaveText(/tudo feito e provado$/, {
      timeout: 1_000,
    });
  }).toPass({ timeout: 30_000 });
  await expect(async () => {
    await second.reload();
    await expect(second.getByRole("link", { name: /Comprovante em JSON/ })).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  await expectAccessible(second);
  await keepPicture(second, "walk-completed");
  await expect(second.getByText(customId)).toHaveCount(0);

  expect((await download(second, "receipt.pdf")).subarray(0, 5).toString()).toBe("%PDF-");
  const file = join("test-results", "walk-receipt.json");
  writeFileSync(file, await download(second, "receipt.json"));
  const key = join(stateDir, "audit-public-key.txt");
  const said = execFileSync(process.execPath, ["scripts/verify-receipt.mjs", file, "--public-key", key], {
    encoding: "utf8",
  });
  expect(said).toContain("VERIFIED");
  // The same CustomID may enrol again, and the old face is known to nobody.
  await enrol(customId, await facePicture("bia"));
  await Promise.all([officer.context().close(), second.context().close()]);
});

test("a rectification with a new face is proven by recognising it", async ({ browser }) => {
  const customId = `walk-rectification-${Date.now()}`;
  await enrol(customId, await facePicture("ana"));
  const officer = await officerInPortuguese(browser);
  await takeIn(officer, customId, "Correção");
  await propose(officer, "Conceder");
  const second = await decide(browser, officer.url(), "Aprovar");
  await expect(second.getByRole("heading", { level: 1 })).toHaveText(/espera uma nova captura$/);
  await officer.reload();
  await officer.getByRole("button", { name: "Fazer a nova captura…" }).click();
  const dialog = officer.getByRole("dialog");
  await dialog
    .locator("input[type=file]")
    .first()
    .setInputFiles(asFile(await facePicture("bia")));
  await dialog.getByRole("button", { name: "Trocar e provar" }).click();
  await expect(dialog.getByText("Corrigido e provado.")).toBeVisible({ timeout: 20_000 });
  await expectAccessible(officer);
  await keepPicture(officer, "walk-rectified");
  await officer.reload();
  await expect(officer.getByRole("heading", { level: 1 })).toHaveText(/tudo feito e provado$/);
  await Promise.all([officer.context().close(), second.context().close()]);
});

test("a denial says its ground and comes with its letter, and nothing is changed", async ({ browser }) => {
  const customId = `walk-denial-${Date.now()}`;
  await enrol(customId, await facePicture("ana"));
  const officer = await officerInPortuguese(browser);
  await takeIn(officer, customId, "Eliminação");
  await propose(officer, "Negar", "Prevenção à fraude");
  const second = await decide(browser, officer.url(), "Negar");
  await expect(second.getByRole("heading", { level: 1 })).toHaveText("Negado, com motivos");
  await keepPicture(second, "walk-denied");
  expect((await download(second, "refusal.pdf")).subarray(0, 5).toString()).toBe("%PDF-");
  await logIn(customId, await facePicture("ana"));
  await Promise.all([officer.context().close(), second.context().close()]);
});
