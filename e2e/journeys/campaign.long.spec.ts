import { chromium, devices, type Page } from "@playwright/test";
import { cameraShowing } from "#e2e/fixtures/browser.ts";
import { asFile, type FilmLook, facePicture, type SamplePerson, writeFilm } from "#e2e/fixtures/faces.ts";
import { openInstallation } from "#e2e/fixtures/installation.ts";
import { expect, expectAccessible, keepPicture, test } from "#e2e/fixtures/test.ts";
import { Watch } from "#e2e/fixtures/watch.ts";
import { TESTER_ID_PREFIX } from "#lib/campaigns/rules.ts";
import { createMultibiometrics } from "#lib/multibiometrics/client.ts";
import { readJourneySettings } from "#lib/settings/journeys.ts";

const { apiKey, chromePath, sandboxUrl } = readJourneySettings();
/** The detector computes on the processor here, some seconds for each look. */
const LOOK = { timeout: 60_000 };
const TRIES = 5;
test.describe.configure({ timeout: 600_000 });

type Film = FilmLook & { person: SamplePerson };
type Device = Partial<(typeof devices)[string]>;

/** A browser of its own whose camera shows the film, held as the device says. */
async function testerOn(device: Device, { person, ...look }: Film) {
  const film = await writeFilm(person, "test-results/films", look);
  const browser = await chromium.launch({ executablePath: chromePath, args: cameraShowing(film) });
  const context = await browser.newContext({ ...device, locale: "en-GB", permissions: ["camera"] });
  const page = await context.newPage();
  return { page, watch: new Watch(page), close: () => browser.close() };
}

const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name });

async function agreeOn(page: Page, address: string, device: string): Promise<void> {
  await page.goto(address);
  await expectAccessible(page, ["light", "dark"]);
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Agree and begin" }).click();
  await expect(page.getByRole("radio", { name: device })).toBeChecked();
  await expectAccessible(page, ["light", "dark"]);
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(heading(page, "First a picture to compare with")).toBeFocused();
}

/** One try by the camera, as it stands in this light. */
async function tryByCamera(page: Page, outcome: string): Promise<void> {
  const take = page.getByRole("button", { name: "Take the picture now" });
  await expect(take).toHaveAttribute("aria-disabled", "false", LOOK);
  await take.click();
  await expect(heading(page, outcome)).toBeFocused(LOOK);
}

const goOn = (page: Page) => page.getByRole("button", { name: "Next" }).click();
const leaveOut = (page: Page) => page.getByRole("button", { name: "I cannot do this here" }).click();

/** Opens the campaign in the console and hands out two links. */
async function openInConsole(page: Page, name: string): Promise<string[]> {
  await page.goto("/integration/campaigns/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  for (const number of [5, 3, 2])
    await page.getByRole("button", { name: `Take out device ${number}` }).click();
  for (const choice of ["Window", "Light behind", "turned", "low"])
    await page.getByRole("checkbox", { name: choice, exact: true }).uncheck();
  await page.getByLabel("Tries wanted per cell").fill(String(TRIES));
  await page.getByLabel("Tries of each tester").fill(String(TRIES));
  await page.getByLabel("Limit, %").fill("60");
  await page.getByRole("button", { name: "Open the campaign" }).click();
  await expect(heading(page, "Nobody has a link yet")).toBeVisible();
  await page.getByRole("button", { name: "Issue links…" }).click();
  await page.getByRole("dialog").getByLabel("Links").fill("2");
  await page.getByRole("dialog").getByRole("button", { name: "Issue the links" }).click();
  const links = page.getByRole("listitem").locator("code");
  await expect(links).toHaveCount(2);
  return links.allTextContents();
}

/** Every made-up CustomID that a campaign of this name sent to the API. */
async function customIdsOf(name: string): Promise<string[]> {
  const { sql, close } = openInstallation();
  const rows = await sql<{ customId: string }[]>`
    select custom_id as "customId" from campaign_enrolments e join campaign_testers t on t.id = e.tester_id
    join campaigns c on c.id = t.campaign_id where c.name = ${name}`.finally(close);
  return rows.map(({ customId }) => customId);
}

test("a campaign is walked on a phone in good light and on a laptop in the dark, and the matrix shows which is weak", async ({
  console: page,
}) => {
  const name = `Walk ${Date.now()}`;
  const [first = "", second = ""] = await openInConsole(page, name);
  const phone = await testerOn(devices["Pixel 7"] ?? {}, { person: "ana", isPortrait: true });
  const laptop = await testerOn(devices["Desktop Chrome"] ?? {}, { person: "bia", brightness: 0.15 });

  await agreeOn(phone.page, first, "Android 13 and later");
  // The camera takes it by itself, the phone held upright.
  await expect(heading(phone.page, "Look straight into the camera")).toBeFocused(LOOK);
  await agreeOn(laptop.page, second, "Laptop camera");
  await expect(laptop.page.getByText("Turn towards a window or a lamp")).toBeVisible(LOOK);
  await laptop.page.getByLabel("Upload a picture").setInputFiles(asFile(await facePicture("bia")));
  await expect(heading(laptop.page, "Look straight into the camera")).toBeFocused(LOOK);

  await expect(phone.page.getByText("Stand under a lamp, away from daylight.")).toBeVisible();
  for (let number = 1; number < TRIES; number++) {
    await tryByCamera(phone.page, "Recognised");
    if (number === 1) await expectAccessible(phone.page, ["light", "dark"]);
    await goOn(phone.page);
  }
  await expect(phone.page.getByText(`${TRIES - 1} of ${2 * TRIES} done`)).toBeVisible();
  await keepPicture(phone.page, "campaign-phone");
  await phone.page.getByLabel("Upload a picture").setInputFiles(asFile(await facePicture("clara")));
  await expect(heading(phone.page, "Not recognised")).toBeFocused(LOOK);
  await goOn(phone.page);
  await expect(phone.page.getByText("Turn off most lights")).toBeVisible();
  await leaveOut(phone.page);
  await expect(phone.page.getByRole("row", { name: "Under a lamp, straight" })).toContainText(
    "4 of 5 recognised",
  );
  await expectAccessible(phone.page, ["light", "dark"]);

  await leaveOut(laptop.page);
  for (let number = 1; number <= TRIES; number++) {
    await tryByCamera(laptop.page, "Nothing to compare in the picture");
    await goOn(laptop.page);
  }
  await expect(laptop.page.getByRole("row", { name: "In dim light, straight" })).toContainText(
    "0 of 5 recognised",
  );
  await keepPicture(laptop.page, "campaign-laptop");

  await phone.page.getByRole("button", { name: "Leave and delete my biometrics…" }).click();
  await phone.page.getByRole("button", { name: "Leave and delete", exact: true }).click();
  await expect(phone.page.getByText("The biometric API holds nothing of you")).toBeVisible(LOOK);
  await expectAccessible(phone.page, ["light", "dark"]);
  for (const { watch } of [phone, laptop]) expect(await watch.trouble()).toEqual([]);

  await page.reload();
  await expect(heading(page, /^Weak spot: Laptop camera/)).toBeVisible();
  await expectAccessible(page, ["light", "dark"]);
  await keepPicture(page, "campaign-matrix");
  for (const report of ["Report", "Table (CSV)"]) {
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: report }).click();
    expect(await (await download).path()).not.toBe("");
  }
  await expect(page.getByRole("row", { name: /Tester 1/ })).toContainText("Left");

  await page.getByRole("button", { name: "Close the campaign…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Close it now" }).click();
  await laptop.page.reload();
  await expect(heading(laptop.page, "The campaign was closed")).toBeVisible();
  await expect(laptop.page.getByText("The biometric API holds nothing of you")).toBeVisible(LOOK);
  await Promise.all([phone.close(), laptop.close()]);

  const customIds = await customIdsOf(name);
  expect(customIds).toHaveLength(2);
  const api = createMultibiometrics({ url: sandboxUrl, apiKey, qualityApiKey: apiKey });
  for (const customId of customIds) {
    expect(customId).toContain(TESTER_ID_PREFIX);
    expect(await api.delete(customId)).toMatchObject({ ok: false, code: "person_not_found" });
  }
  await api.close();
});
