import { devices, type Page } from "@playwright/test";
import sharp from "sharp";
import { openTestCampaign } from "#e2e/fixtures/campaign.ts";
import { asFile, type FileToUpload } from "#e2e/fixtures/faces.ts";
import { expectWhole } from "#e2e/fixtures/fits.ts";
import { openInstallation } from "#e2e/fixtures/installation.ts";
import { expect, keepPicture, test } from "#e2e/fixtures/test.ts";
import { createMultibiometrics } from "#lib/multibiometrics/client.ts";
import { readJourneySettings } from "#lib/settings/journeys.ts";
import { generatePrint } from "#sandbox/fingers/generate-print.ts";

const { apiKey, sandboxUrl } = readJourneySettings();
const { userAgent, hasTouch, isMobile } = devices["Pixel 7"];
// In the language of the longer words.
test.use({ userAgent, hasTouch, isMobile, viewport: { width: 390, height: 844 }, locale: "pt-BR" });
test.describe.configure({ timeout: 240_000 });

const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });
const choose = (page: Page, file: FileToUpload) =>
  page.getByLabel("Escolher a imagem: 2 · indicador direito").setInputFiles(file);
const send = (page: Page) => page.getByRole("button", { name: "Enviar esta digital" });
/** A chosen picture is made ready first: until then there is nothing to send. */
async function sendIt(page: Page): Promise<void> {
  await expect(send(page)).toHaveAttribute("aria-disabled", "false");
  await send(page).press("Enter");
}
const next = (page: Page) => page.getByRole("button", { name: "Próxima" }).press("Enter");

/** The same finger, laid down once more: a little turned, and not as dark. */
const laidAgain = async (print: Buffer): Promise<Buffer> =>
  sharp(print).rotate(4, { background: "#f4f4f4" }).modulate({ brightness: 1.04 }).png().toBuffer();

/** Nothing was laid on the reader. */
const blackPicture = async (): Promise<Buffer> =>
  sharp({ create: { width: 300, height: 400, channels: 3, background: "#000000" } })
    .png()
    .toBuffer();

test("a tester without a camera is recognised by a finger, another finger is not, and the API holds nothing afterwards", async ({
  page,
}) => {
  const print = await generatePrint(71);
  const { db, sql, close } = openInstallation();
  const { campaignId, addresses } = await openTestCampaign(
    db,
    { positions: ["front", "flat", "tilted"], triesEach: 2 },
    1,
  );
  await page.goto(addresses[0] ?? "");
  await expect(heading(page, "Ajude a testar um login biométrico")).toBeFocused();
  await expectWhole(page);
  await page.getByRole("button", { name: "Não, obrigado" }).press("Enter");
  await expect(heading(page, "Nada foi enviado")).toBeFocused();
  await expectWhole(page);
  await page.getByRole("button", { name: "Ler de novo" }).press("Enter");
  await page.getByRole("checkbox").press("Space");
  await page.getByRole("button", { name: "Concordar e começar" }).press("Enter");
  await expectWhole(page);
  await page.getByRole("button", { name: "Continuar" }).press("Enter");

  await expect(heading(page, "Primeiro, uma imagem para comparar")).toBeFocused();
  await expectWhole(page);
  await page.getByRole("button", { name: "Não consigo fazer isto aqui" }).press("Enter");
  await expect(heading(page, "Primeiro, uma digital para comparar")).toBeFocused();
  await expect(send(page)).toHaveAttribute("aria-disabled", "true");
  await choose(page, asFile(Buffer.from("not a picture"), "print.png", "image/png"));
  await expect(page.getByRole("alert").filter({ hasText: "não pôde ser aberto como imagem" })).toBeVisible();
  await expectWhole(page);
  await choose(page, asFile(await blackPicture(), "black.png", "image/png"));
  await sendIt(page);
  await expect(page.getByRole("alert").filter({ hasText: "Não foi possível fazer um modelo" })).toBeVisible();
  await expect(heading(page, "Primeiro, uma digital para comparar")).toBeFocused();
  await expectWhole(page);
  await choose(page, asFile(print, "print.png", "image/png"));
  await expectWhole(page);
  await keepPicture(page, "campaign-finger");
  await sendIt(page);

  await expect(heading(page, "Apoie o dedo inteiro no leitor")).toBeFocused();
  await expect(page.getByText("Tentativa 1 de 2 assim.")).toBeVisible();
  await expectWhole(page);
  await choose(page, asFile(await laidAgain(print), "again.png", "image/png"));
  await sendIt(page);
  await expect(heading(page, "Reconhecido")).toBeFocused();
  await expectWhole(page);
  await next(page);
  await expect(page.getByText("Tentativa 2 de 2 assim.")).toBeVisible();
  await choose(page, asFile(await generatePrint(72), "other.png", "image/png"));
  await sendIt(page);
  await expect(heading(page, "Não reconhecido")).toBeFocused();
  await next(page);
  await page.getByRole("button", { name: "Não consigo fazer isto aqui" }).press("Enter");

  await expect(heading(page, "Obrigado até aqui")).toBeFocused();
  await expect(page.getByRole("row", { name: "dedo apoiado" })).toContainText("1 de 2");
  await expectWhole(page);
  await page.getByRole("button", { name: "Sair e excluir a minha biometria…" }).press("Enter");
  await expectWhole(page);
  await page.getByRole("button", { name: "Sair e excluir", exact: true }).press("Enter");
  await expect(heading(page, "Você saiu")).toBeFocused();
  await expect(page.getByText("A API biométrica não guarda nada de você")).toBeVisible({ timeout: 60_000 });
  await expectWhole(page);

  const tries = await sql`
    select position, outcome from campaign_tries r join campaign_testers t on t.id = r.tester_id
    where t.campaign_id = ${campaignId} order by r.id`;
  const enrolled = await sql<{ customId: string }[]>`
    select custom_id as "customId" from campaign_enrolments e join campaign_testers t on t.id = e.tester_id
    where t.campaign_id = ${campaignId}`;
  await close();
  expect(tries).toMatchObject([
    { position: "flat", outcome: "recognised" },
    { position: "flat", outcome: "not_recognised" },
  ]);
  const api = createMultibiometrics({ url: sandboxUrl, apiKey, qualityApiKey: apiKey });
  expect(enrolled).toHaveLength(1);
  expect(await api.delete(enrolled[0]?.customId ?? "")).toMatchObject({ code: "person_not_found" });
  await api.close();
});
