import type { Page } from "@playwright/test";
import { openTestCampaign } from "#e2e/fixtures/campaign.ts";
import { expectWhole } from "#e2e/fixtures/fits.ts";
import { openInstallation } from "#e2e/fixtures/installation.ts";
import { expect, keepPicture, test } from "#e2e/fixtures/test.ts";
import { closeCampaign } from "#lib/campaigns/close-campaign.ts";
import { withdrawTester } from "#lib/campaigns/withdraw-tester.ts";
import { newId } from "#lib/ids.ts";
import { makeMember } from "#lib/members/testing/make-member.ts";

const DAY_MS = 86_400_000;
const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });
test.describe.configure({ timeout: 240_000 });

/** A page never seen before, whose heading and language are as said, whole in the other language as well. */
async function expectWholeInBoth(page: Page, inEnglish: string, inPortuguese: string): Promise<void> {
  await expect(heading(page, inEnglish)).toBeVisible();
  await expectWhole(page);
  await page.getByRole("button", { name: "Português" }).press("Enter");
  await expect(heading(page, inPortuguese)).toBeVisible();
  await expectWhole(page);
  await page.getByRole("button", { name: "English" }).press("Enter");
  await expect(heading(page, inEnglish)).toBeVisible();
}

test("a tester's link that opens nothing says why, in both themes and languages", async ({ page }) => {
  const { db, sql, close } = openInstallation();
  const { id } = await makeMember(db, "administrator");
  const actor = { id, role: "administrator" } as const;
  const long = await openTestCampaign(db, {}, 2);
  const over = await openTestCampaign(db, { days: 1 }, 1, new Date(Date.now() - 2 * DAY_MS));
  const elsewhere = await openTestCampaign(db, {}, 1);
  await sql`update campaigns set origin = 'https://another.example' where id = ${elsewhere.campaignId}`;
  const [first] = await sql<{ id: string }[]>`
    select id from campaign_testers where campaign_id = ${long.campaignId} and number = 1`;
  const [withdrawn = "", closed = ""] = long.addresses;
  await withdrawTester(db, { testerId: first?.id ?? "" }, actor, new Date());

  await page.goto("/campaign");
  await expectWholeInBoth(page, "Open the link you were given", "Abra o link que você recebeu");
  await page.goto(`/campaign#${"x".repeat(43)}`);
  await expectWholeInBoth(page, "This link opens nothing", "Este link não abre nada");
  await page.goto(over.addresses[0] ?? "");
  await expectWholeInBoth(page, "The campaign has ended", "A campanha terminou");
  await expect(page.getByText("The biometric API holds nothing of you")).toBeVisible();
  await page.goto("about:blank");
  await page.goto(withdrawn);
  await expectWholeInBoth(page, "This link was taken back", "Este link foi retirado");
  await page.goto("about:blank");
  await page.goto(elsewhere.addresses[0] ?? "");
  await expectWholeInBoth(page, "The campaign rests", "A campanha está parada");
  await page.goto("about:blank");
  await page.goto(closed);
  await expect(heading(page, "Help to test a biometric login")).toBeVisible();
  await page.getByRole("checkbox").check();
  await closeCampaign(db, { campaignId: long.campaignId }, actor, new Date());
  await close();
  await page.getByRole("button", { name: "Agree and begin" }).press("Enter");
  await expectWholeInBoth(page, "The campaign was closed", "A campanha foi encerrada");
});

/** Next sends a page's styles ahead, before it is known that another page stands in its place. */
const UNUSED_STYLES = /preloaded using link preload but not used/;

const NOT_THERE = {
  "/nowhere": "Nothing lives here",
  "/integration/nowhere": "Nothing lives here",
  [`/integration/campaigns/${newId()}`]: "No such campaign",
  [`/service-health/incidents/${newId()}`]: "There is no such incident",
  [`/verifications/${newId()}`]: "No such verification",
  [`/people/${newId()}`]: "Nobody lives here any more",
  [`/requests/${newId()}`]: "There is no such request",
  [`/requests/lists/${newId()}`]: "Nothing lives here",
};

test("an address where nothing is leads back, in both themes", async ({ console: page, watch }) => {
  watch.expect(/status of 404/);
  watch.expect(UNUSED_STYLES);
  for (const [path, said] of Object.entries(NOT_THERE)) {
    await page.goto(path);
    await expect(heading(page, said)).toBeVisible();
    await expectWhole(page);
  }
});

/** While these run the table is away, and everything that reads it fails. */
async function without(table: string, look: () => Promise<void>): Promise<void> {
  const { sql, close } = openInstallation();
  await sql`alter table ${sql(table)} rename to ${sql(`${table}_away`)}`;
  try {
    await look();
  } finally {
    await sql`alter table ${sql(`${table}_away`)} rename to ${sql(table)}`;
    await close();
  }
}

/** By the table that is away: a page's own failure, the history's, and that of the frame around all pages. */
const FAILING = [
  { table: "campaigns", path: "/integration", said: "This page did not load" },
  { table: "verification_cells", path: "/verifications", said: "The history did not load" },
  { table: "member_sessions", path: "/people", said: "This page did not load" },
] as const;

for (const { table, path, said } of FAILING)
  test(`${path} without ${table} says what still works, and comes back by its button`, async ({
    console: page,
    watch,
  }) => {
    watch.expect(/status of 500|React error #441/);
    watch.expect(UNUSED_STYLES);
    await without(table, async () => {
      await page.goto(path);
      await expect(heading(page, said)).toBeVisible();
      await expect(page.getByText("Logins go on")).toBeVisible();
      await expectWhole(page);
      await keepPicture(page, `failed-${table}`);
      await page.getByRole("button", { name: "Try again" }).press("Enter");
      await expect(heading(page, said)).toBeVisible();
    });
    await page.getByRole("button", { name: "Try again" }).press("Enter");
    await expect(heading(page, said)).toHaveCount(0);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  });

test("a tester whose link cannot be looked at is told so, and goes on once it can", async ({
  page,
  watch,
}) => {
  watch.expect(/status of 503/);
  const { db, close } = openInstallation();
  const { addresses } = await openTestCampaign(db, {}, 1).finally(close);
  await without("campaigns", async () => {
    await page.goto(addresses[0] ?? "");
    await expectWholeInBoth(page, "The link could not be looked at", "Não foi possível verificar o link");
  });
  await page.getByRole("button", { name: "Try again" }).press("Enter");
  await expect(heading(page, "Help to test a biometric login")).toBeFocused();
});
