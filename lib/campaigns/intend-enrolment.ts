import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { campaignEnrolments } from "#db/schema/campaigns.ts";
import { people } from "#db/schema/people.ts";
import { admitTester, type TesterAsks } from "./examine-tester.ts";
import { listDevices, listHeldEnrolments } from "./queries.ts";
import { modalitiesOf, TESTER_ID_PREFIX } from "./rules.ts";
import type { CampaignModality } from "./schema.ts";
import { touchCall } from "./touch-calls.ts";
import type { EnrolmentAsked, TesterRefused } from "./types.ts";

/** Whom to enrol; null where they are already. */
export type IntendedEnrolment = { ok: true; enrol: EnrolmentAsked | null } | TesterRefused;

/**
 * Writes down under which made-up CustomID a tester is about to be enrolled, before anything is sent, and counts the
 * call. Who asks again after a lost or bad answer gets the same CustomID, so that nobody is enrolled twice.
 */
export function intendEnrolment(
  db: DatabaseOrTransaction,
  { modality, ...asks }: TesterAsks & { modality: CampaignModality },
  at: Date,
): Promise<IntendedEnrolment> {
  return joinOrOpenTransaction(db, async (tx): Promise<IntendedEnrolment> => {
    const admitted = await admitTester(tx, asks, at, { isLocked: true });
    if (!admitted.ok) return admitted;
    const { tester } = admitted;
    if (tester.consentedAt === null) return { ok: false, code: "no_consent" };
    if (!modalitiesOf(tester.campaign.positions).includes(modality)) return { ok: false, code: "not_asked" };
    const held = (await listHeldEnrolments(tx, tester.id)).find((one) => one.modality === modality);
    if (held?.enrolledAt) return { ok: true, enrol: null };
    if (!(await touchCall(tx, tester, await listDevices(tx, tester.campaignId))))
      return { ok: false, code: "spent" };
    const customId = held?.customId ?? (await newTesterId(tx));
    // Whatever a deletion found until now: who is asked for anew may be there again.
    const asked = { askedAt: at, answeredAt: null, triedAt: null, goneAt: null };
    if (held === undefined)
      await tx.insert(campaignEnrolments).values({ customId, testerId: tester.id, modality, ...asked });
    else await tx.update(campaignEnrolments).set(asked).where(eq(campaignEnrolments.customId, customId));
    const isAlone = held === undefined || held.answeredAt !== null;
    return { ok: true, enrol: { customId, askedAt: at, isAlone } };
  });
}

/** A CustomID that nobody of the installation has. */
async function newTesterId(tx: DatabaseOrTransaction): Promise<string> {
  const customId = `${TESTER_ID_PREFIX}${randomBytes(12).toString("hex")}`;
  const [known] = await tx.select({ id: people.id }).from(people).where(eq(people.customId, customId));
  return known === undefined ? customId : newTesterId(tx);
}
