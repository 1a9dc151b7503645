import { and, asc, count, desc, eq, inArray, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { campaignEnrolments, campaigns, campaignTesters, campaignTries } from "#db/schema/campaigns.ts";
import { listDevices } from "#lib/campaigns/queries.ts";
import { POSITIONS } from "#lib/campaigns/schema.ts";
import type { Campaign } from "#lib/campaigns/types.ts";
import { PICTURE_BOUNDS } from "#lib/captures/types.ts";
import type { ApiFailureCode } from "#lib/multibiometrics/types.ts";
import { noFlaws, positionsOf, standingOf, stateOfTester, swappedOf } from "./rules.ts";
import type { CampaignLine, CellCounts, FailureCount, Flaw, Swapped, TesterRow } from "./types.ts";

/** A face that takes less of the picture's height: guidance at the camera asks for a third. */
export const FAR_BELOW = 0.2;
/** The most campaigns a list shows. */
const CAMPAIGNS_SHOWN = 50;

const { outcome, lightLevel, contrast, sharpness, faceShare, position } = campaignTries;
const isOfFinger = inArray(position, positionsOf(POSITIONS, "fingers"));

/** The first flaw that explains a picture which was not recognised; of a finger only the contrast is telling. */
const flawOfTry = sql<Flaw>`case
  when ${isOfFinger} then case when ${contrast} < ${sql.raw(String(PICTURE_BOUNDS.faintBelow))} then 'faint' else 'none' end
  when ${lightLevel} < ${sql.raw(String(PICTURE_BOUNDS.darkBelow))} then 'dark'
  when ${lightLevel} > ${sql.raw(String(PICTURE_BOUNDS.brightAbove))} then 'bright'
  when ${sharpness} < ${sql.raw(String(PICTURE_BOUNDS.blurredBelow))} then 'blurred'
  when ${faceShare} < ${sql.raw(String(FAR_BELOW))} then 'far'
  else 'none' end`;

/** The campaign with its devices in order; null for an unknown one. */
export async function findCampaign(db: DatabaseOrTransaction, campaignId: string): Promise<Campaign | null> {
  const [campaign] = await db.select().from(campaigns).where(eq(campaigns.id, campaignId));
  if (campaign === undefined) return null;
  return { ...campaign, devices: await listDevices(db, campaignId) };
}

/** The newest campaigns first, with how many testers they have and how their tries went. */
export async function listCampaigns(db: DatabaseOrTransaction): Promise<CampaignLine[]> {
  const { id, name, kind, openedAt, endsAt, closedAt } = campaigns;
  const tried = db
    .select({
      campaignId: campaignTries.campaignId,
      recognised: sql<number>`(count(*) filter (where ${outcome} = 'recognised'))::integer`.as("recognised"),
      tries: sql<number>`(count(*) filter (where ${outcome} <> 'failed'))::integer`.as("tries"),
    })
    .from(campaignTries)
    .groupBy(campaignTries.campaignId)
    .as("tried");
  const testers = db
    .select({ campaignId: campaignTesters.campaignId, count: count().as("count") })
    .from(campaignTesters)
    .groupBy(campaignTesters.campaignId)
    .as("testers");
  const rows = await db
    .select({
      ...{ id, name, kind, openedAt, endsAt, closedAt },
      ...{ testers: testers.count, recognised: tried.recognised, tries: tried.tries },
    })
    .from(campaigns)
    .leftJoin(tried, eq(tried.campaignId, id))
    .leftJoin(testers, eq(testers.campaignId, id))
    .orderBy(desc(openedAt), desc(id))
    .limit(CAMPAIGNS_SHOWN);
  return rows.map((row) => ({
    ...row,
    ...{ testers: row.testers ?? 0, recognised: row.recognised ?? 0, tries: row.tries ?? 0 },
  }));
}

/** Answered tries by condition, with what was measured in them. */
export async function listCells(db: DatabaseOrTransaction, campaignId: string): Promise<CellCounts[]> {
  const isRecognised = sql`${outcome} = 'recognised'`;
  const isOther = sql`${outcome} in ('not_recognised', 'unusable')`;
  const times = (condition: ReturnType<typeof sql>) =>
    sql<number>`(count(*) filter (where ${condition}))::integer`;
  const median = (of: typeof lightLevel | typeof sharpness, condition: ReturnType<typeof sql>) =>
    sql<number | null>`percentile_cont(0.5) within group (order by ${of}) filter (where ${condition})`;
  const { deviceId, lighting } = campaignTries;
  const rows = await db
    .select({
      ...{ deviceId, lighting, position },
      recognised: times(isRecognised),
      notRecognised: times(sql`${outcome} = 'not_recognised'`),
      unusable: times(sql`${outcome} = 'unusable'`),
      failed: times(sql`${outcome} = 'failed'`),
      light: median(lightLevel, isRecognised),
      lightOfOthers: median(lightLevel, isOther),
      sharp: median(sharpness, isRecognised),
      sharpOfOthers: median(sharpness, isOther),
    })
    .from(campaignTries)
    .where(eq(campaignTries.campaignId, campaignId))
    .groupBy(deviceId, lighting, position);
  const flaws = await db
    .select({ ...{ deviceId, lighting, position }, flaw: flawOfTry, count: count() })
    .from(campaignTries)
    .where(and(eq(campaignTries.campaignId, campaignId), isOther))
    .groupBy(deviceId, lighting, position, sql`4`);
  return rows.map(({ light, lightOfOthers, sharp, sharpOfOthers, ...row }) => {
    const own = flaws.filter(
      (flaw) =>
        flaw.deviceId === row.deviceId && flaw.lighting === row.lighting && flaw.position === row.position,
    );
    return {
      ...row,
      flaws: { ...noFlaws(), ...Object.fromEntries(own.map(({ flaw, count: times }) => [flaw, times])) },
      quality: {
        recognised: { lightLevel: light, sharpness: sharp },
        others: { lightLevel: lightOfOthers, sharpness: sharpOfOthers },
      },
    };
  });
}

/** Why calls brought nothing to judge by, the most frequent first. */
export async function listFailures(db: DatabaseOrTransaction, campaignId: string): Promise<FailureCount[]> {
  const times = count();
  const rows = await db
    .select({ code: campaignTries.code, count: times })
    .from(campaignTries)
    .where(and(eq(campaignTries.campaignId, campaignId), eq(outcome, "failed")))
    .groupBy(campaignTries.code)
    .orderBy(desc(times), asc(campaignTries.code));
  return rows.map((row) => ({ ...row, code: row.code as ApiFailureCode | null }));
}

/** What came of pictures that were held against another tester. */
export async function countSwapped(db: DatabaseOrTransaction, campaignId: string): Promise<Swapped> {
  const times = (name: string) =>
    sql<number>`(count(*) filter (where ${campaignTries.swappedOutcome} = ${name}))::integer`;
  const [counts] = await db
    .select({ refused: times("refused"), accepted: times("accepted"), failed: times("failed") })
    .from(campaignTries)
    .where(eq(campaignTries.campaignId, campaignId));
  return swappedOf({ refused: 0, accepted: 0, failed: 0, ...counts });
}

/** The testers by their numbers, with what they did and what the API may still hold of them. */
export async function listTesters(db: DatabaseOrTransaction, campaignId: string): Promise<TesterRow[]> {
  const { id, number, issuedAt, consentedAt, leftAt, withdrawnAt, calls } = campaignTesters;
  const tried = db
    .select({ testerId: campaignTries.testerId, tries: count().as("tries") })
    .from(campaignTries)
    .where(and(eq(campaignTries.campaignId, campaignId), sql`${outcome} <> 'failed'`))
    .groupBy(campaignTries.testerId)
    .as("tried");
  const enrolled = db
    .select({
      testerId: campaignEnrolments.testerId,
      held: sql<number>`(count(*) filter (where ${campaignEnrolments.goneAt} is null))::integer`.as("held"),
      gone: sql<number>`(count(*) filter (where ${campaignEnrolments.goneAt} is not null))::integer`.as(
        "gone",
      ),
    })
    .from(campaignEnrolments)
    .groupBy(campaignEnrolments.testerId)
    .as("enrolled");
  const rows = await db
    .select({
      ...{ id, number, issuedAt, consentedAt, leftAt, withdrawnAt, calls },
      ...{ tries: tried.tries, held: enrolled.held, gone: enrolled.gone },
    })
    .from(campaignTesters)
    .leftJoin(tried, eq(tried.testerId, id))
    .leftJoin(enrolled, eq(enrolled.testerId, id))
    .where(eq(campaignTesters.campaignId, campaignId))
    .orderBy(asc(number));
  return rows.map(({ leftAt: left, withdrawnAt: withdrawn, ...row }) => ({
    ...row,
    state: stateOfTester({ consentedAt: row.consentedAt, leftAt: left, withdrawnAt: withdrawn }),
    ...{ tries: row.tries ?? 0, held: row.held ?? 0, gone: row.gone ?? 0 },
  }));
}

/** What changes whenever the page of a campaign would, its end by itself, too; null for an unknown one. */
export async function findStamp(
  db: DatabaseOrTransaction,
  campaignId: string,
  now: Date,
): Promise<string | null> {
  const [[tries], [testers], [enrolments], [campaign]] = await Promise.all([
    db
      .select({ asked: count(), answered: count(campaignTries.answeredAt) })
      .from(campaignTries)
      .where(eq(campaignTries.campaignId, campaignId)),
    db
      .select({
        issued: count(),
        consented: count(campaignTesters.consentedAt),
        left: count(campaignTesters.leftAt),
        withdrawn: count(campaignTesters.withdrawnAt),
      })
      .from(campaignTesters)
      .where(eq(campaignTesters.campaignId, campaignId)),
    db
      .select({ made: count(), gone: count(campaignEnrolments.goneAt) })
      .from(campaignEnrolments)
      .innerJoin(campaignTesters, eq(campaignTesters.id, campaignEnrolments.testerId))
      .where(eq(campaignTesters.campaignId, campaignId)),
    db
      .select({ closedAt: campaigns.closedAt, endsAt: campaigns.endsAt })
      .from(campaigns)
      .where(eq(campaigns.id, campaignId)),
  ]);
  if (campaign === undefined) return null;
  const counts = [tries, testers, enrolments].flatMap((row) => Object.values(row ?? {}));
  return [campaignId, standingOf(campaign, now), ...counts].join(" ");
}

/** The campaign that was opened last; null before the first. */
export async function findNewestId(db: DatabaseOrTransaction): Promise<string | null> {
  const { id, openedAt } = campaigns;
  const [row] = await db.select({ id }).from(campaigns).orderBy(desc(openedAt), desc(id)).limit(1);
  return row?.id ?? null;
}
