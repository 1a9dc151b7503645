import { and, asc, eq, isNotNull, isNull, lt, lte, max, ne, or, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import {
  campaignDevices,
  campaignEnrolments,
  campaigns,
  campaignTesters,
  campaignTries,
} from "#db/schema/campaigns.ts";
import type { LeftPerson } from "#lib/integration-checks/erase-made-up.ts";
import type { CampaignModality } from "./schema.ts";
import type { CampaignDevice, TesterTry } from "./types.ts";

/** The campaign, locked until the transaction ends, so that who issues links and who closes it take turns; or null. */
export async function findCampaignLocked(tx: DatabaseOrTransaction, campaignId: string) {
  const [row] = await tx.select().from(campaigns).where(eq(campaigns.id, campaignId)).for("update");
  return row ?? null;
}

/** The tester, locked until the transaction ends; or null. */
export async function findTesterLocked(tx: DatabaseOrTransaction, testerId: string) {
  const [row] = await tx.select().from(campaignTesters).where(eq(campaignTesters.id, testerId)).for("update");
  return row ?? null;
}

/** The number of the campaign's last tester; 0 where it has none. */
export async function findHighestNumber(db: DatabaseOrTransaction, campaignId: string): Promise<number> {
  const [row] = await db
    .select({ highest: max(campaignTesters.number) })
    .from(campaignTesters)
    .where(eq(campaignTesters.campaignId, campaignId));
  return row?.highest ?? 0;
}

/** How many links of the campaign were ever issued. */
export const countTesters = (db: DatabaseOrTransaction, campaignId: string): Promise<number> =>
  db.$count(campaignTesters, eq(campaignTesters.campaignId, campaignId));

/**
 * The tester whose link it is, with their campaign; null where it is none of ours. Locked, nobody else takes a step
 * with the same link until the transaction ends.
 */
export async function findTester(
  db: DatabaseOrTransaction,
  tokenHash: string,
  { isLocked = false }: { isLocked?: boolean } = {},
) {
  const query = db
    .select({ tester: campaignTesters, campaign: campaigns })
    .from(campaignTesters)
    .innerJoin(campaigns, eq(campaigns.id, campaignTesters.campaignId))
    .where(eq(campaignTesters.tokenHash, tokenHash));
  const [row] = await (isLocked ? query.for("update", { of: campaignTesters }) : query);
  return row === undefined ? null : { ...row.tester, campaign: row.campaign };
}
export type TesterRow = NonNullable<Awaited<ReturnType<typeof findTester>>>;

/** The devices of a campaign in the order of the matrix. */
export function listDevices(db: DatabaseOrTransaction, campaignId: string): Promise<CampaignDevice[]> {
  const { id, label, deviceClass, place } = campaignDevices;
  return db
    .select({ id, label, deviceClass })
    .from(campaignDevices)
    .where(eq(campaignDevices.campaignId, campaignId))
    .orderBy(asc(place));
}

/** What a tester's link sent to be enrolled and the API does not deny yet. */
export function listHeldEnrolments(db: DatabaseOrTransaction, testerId: string) {
  return db
    .select()
    .from(campaignEnrolments)
    .where(and(eq(campaignEnrolments.testerId, testerId), isNull(campaignEnrolments.goneAt)));
}

/** A tester's tries that take up their places, oldest first. */
export async function listTakenTries(db: DatabaseOrTransaction, testerId: string): Promise<TesterTry[]> {
  const { deviceId, lighting, position, place, outcome, askedAt } = campaignTries;
  const rows = await db
    .select({ deviceId, lighting, position, place, outcome })
    .from(campaignTries)
    .where(and(eq(campaignTries.testerId, testerId), sql`${outcome} is distinct from 'failed'`))
    .orderBy(asc(askedAt));
  return rows as TesterTry[];
}

/** The try of that id, whoever made it; or null. */
export async function findTry(db: DatabaseOrTransaction, tryId: string) {
  const [row] = await db.select().from(campaignTries).where(eq(campaignTries.id, tryId));
  return row ?? null;
}

/**
 * Other testers of the campaign who are enrolled in the modality, consent and are still there, by number: their made-up
 * CustomIDs.
 */
export async function listOthersEnrolled(
  db: DatabaseOrTransaction,
  { campaignId, testerId, modality }: { campaignId: string; testerId: string; modality: CampaignModality },
): Promise<string[]> {
  const rows = await db
    .select({ customId: campaignEnrolments.customId })
    .from(campaignEnrolments)
    .innerJoin(campaignTesters, eq(campaignTesters.id, campaignEnrolments.testerId))
    .where(
      and(
        eq(campaignTesters.campaignId, campaignId),
        ne(campaignTesters.id, testerId),
        isNotNull(campaignTesters.consentedAt),
        isNull(campaignTesters.leftAt),
        isNull(campaignTesters.withdrawnAt),
        eq(campaignEnrolments.modality, modality),
        isNotNull(campaignEnrolments.enrolledAt),
        isNull(campaignEnrolments.goneAt),
      ),
    )
    .orderBy(asc(campaignTesters.number));
  return rows.map(({ customId }) => customId);
}

/** How many tries a tester ever asked for. */
export const countTries = (db: DatabaseOrTransaction, testerId: string): Promise<number> =>
  db.$count(campaignTries, eq(campaignTries.testerId, testerId));

/** Whom this API may still hold of testers who left or were withdrawn, or whose campaign is over; not tried since that moment. */
export function listLeftTesters(
  db: DatabaseOrTransaction,
  { origin, triedBefore, now }: { origin: string; triedBefore: Date; now: Date },
): Promise<LeftPerson[]> {
  const { customId, askedAt, answeredAt, triedAt, goneAt } = campaignEnrolments;
  return db
    .select({ customId, askedAt, answeredAt })
    .from(campaignEnrolments)
    .innerJoin(campaignTesters, eq(campaignTesters.id, campaignEnrolments.testerId))
    .innerJoin(campaigns, eq(campaigns.id, campaignTesters.campaignId))
    .where(
      and(
        isNull(goneAt),
        eq(campaigns.origin, origin),
        or(isNull(triedAt), lt(triedAt, triedBefore)),
        or(
          isNotNull(campaignTesters.leftAt),
          isNotNull(campaignTesters.withdrawnAt),
          isNotNull(campaigns.closedAt),
          lte(campaigns.endsAt, now),
        ),
      ),
    )
    .orderBy(asc(askedAt));
}
