import { facePicture } from "#e2e/fixtures/faces.ts";
import { enrol, logIn } from "#e2e/fixtures/gateway.ts";
import { pageOf } from "#e2e/fixtures/members.ts";
import { intend, intendEveryone } from "#e2e/fixtures/rollout.ts";
import { expect, expectAccessible, keepPicture, test } from "#e2e/fixtures/test.ts";

test.afterAll(() => intendEveryone());

test("a product manager imports early adopters, asks for one and takes one out, and their next login obeys", async ({
  browser,
}) => {
  const stamp = Date.now();
  const [customId, other] = [`early-${stamp}`, `early-other-${stamp}`];
  const face = await facePicture("clara");
  await enrol(customId, face);
  await intend({ exposurePercent: 0, offersEarlyAdopters: true });
  const pathOf = async () => (await logIn(customId, face)).path;
  await expect.poll(pathOf).toBe("legacy");

  const page = await pageOf(browser, "product_manager");
  await page.goto("/rollout/early-adopters");
  const rail = page.getByRole("complementary", { name: "Add people" });
  await expect(async () => {
    await rail.locator("input[type=file]").setInputFiles({
      name: "cohort.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(`nome;CustomID\r\nAna;${customId}\r\nBia;${other}\r\nBia;${other}\r\nCaio;\r\n`),
    });
    await expect(rail).toContainText("2 people of 4 rows would be added. 1 of them is enrolled.", {
      timeout: 3_000,
    });
  }).toPass();
  await expect(rail).toContainText("1 row repeats another. 1 row is left out.");
  await expect(rail.getByRole("row", { name: "There is no CustomID. 1 5" })).toBeVisible();
  await rail.getByRole("button", { name: "Add 2 people" }).press("Enter");
  await expect(rail).toContainText("2 people of 4 rows were added.");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    /^\d+ of \d+ early adopters? (is|are) offered/,
  );
  expect(await pathOf()).toBe("biometric");
  await expectAccessible(page);
  await keepPicture(page, "early-adopters");

  await page.getByLabel("CustomID", { exact: true }).fill(customId);
  await page.getByLabel("CustomID", { exact: true }).press("Enter");
  const main = page.getByRole("main");
  await expect(main).toContainText(/is in, since .* added by product_manager-01\./);
  await expect(main).toContainText("At this stage: yes, because they are an early adopter.");
  await main.locator(".ask-adopter").getByRole("button", { name: "Remove…" }).press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("They lose it now.");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Remove", exact: true }).press("Enter");
  await expect(main).toContainText("no, because only early adopters are offered biometric login.");
  expect(await pathOf()).toBe("legacy");

  const row = page.getByRole("row", { name: other.slice(-4) });
  await row.getByRole("checkbox").check();
  await main.getByRole("button", { name: "Remove…" }).press("Enter");
  await expect(dialog).toContainText("Nothing changes for them now.");
  await dialog.getByRole("button", { name: "Remove", exact: true }).press("Enter");
  await expect(row).toHaveCount(0);

  await rail.getByLabel("CustomIDs").fill(`${customId}\n${other}`);
  await rail.getByRole("button", { name: "Add", exact: true }).press("Enter");
  await expect(rail).toContainText("2 people were added. 1 of them is enrolled.");
  await page.request.post("/api/preferences", { form: { locale: "pt-BR" }, maxRedirects: 0 });
  await page.reload();
  await expect(page.getByRole("heading", { name: "Este CustomID está no grupo?" })).toBeVisible();
  await expectAccessible(page);
  await page.context().close();
});
