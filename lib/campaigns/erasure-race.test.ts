import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { campaignEnrolments } from "#db/schema/campaigns.ts";
import { type FreshDatabase, freshDatabase } from "#db/testing/fresh-database.ts";
import { confirmConsent } from "./confirm-consent.ts";
import { intendEnrolment } from "./intend-enrolment.ts";
import { issueTesters } from "./issue-testers.ts";
import { CONSENT_VERSION } from "./schema.ts";
import { MEMBER, makeCampaign, OPENED, ORIGIN } from "./testing/make-campaign.ts";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

const waiting = async () => {
  const [row] = await fresh.sql<{ count: number }[]>`
    select count(*)::integer as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;
  return row?.count ?? 0;
};

test("who is asked for anew at the moment in which a deletion is written down is held again", async () => {
  const { db } = fresh;
  const campaignId = await makeCampaign(db);
  const issued = await issueTesters(db, { campaignId, count: 1 }, { origin: ORIGIN }, MEMBER, OPENED);
  const token = (issued.ok && issued.testers[0]?.token) || "";
  await confirmConsent(db, { token, version: CONSENT_VERSION, locale: "en" }, ORIGIN, OPENED);
  const asks = { token, origin: ORIGIN, modality: "face" } as const;
  await intendEnrolment(db, asks, OPENED);
  const later = new Date(OPENED.getTime() + 1000);
  let again: ReturnType<typeof intendEnrolment> | undefined;
  await db.transaction(async (tx) => {
    await tx.update(campaignEnrolments).set({ triedAt: later, goneAt: later });
    again = intendEnrolment(db, asks, later);
    await expect.poll(waiting).toBe(1);
  });
  expect(await again).toMatchObject({ ok: true, enrol: { askedAt: later } });
  const held = await db.select().from(campaignEnrolments).where(sql`gone_at is null`);
  expect(held).toMatchObject([{ askedAt: later, answeredAt: null, triedAt: null }]);
});
