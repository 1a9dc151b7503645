import type { DatabaseOrTransaction } from "#db/client.ts";
import { hashLinkToken, hasTokenForm } from "#lib/auth/link-token.ts";
import { log } from "#lib/log.ts";
import { findTester, listDevices, listHeldEnrolments, listTakenTries, type TesterRow } from "./queries.ts";
import { troubleOfTester } from "./rules.ts";
import type { LinkRefused, TesterRefused, TesterView } from "./types.ts";

export type TesterAsks = { token: string; origin: string };

/**
 * The tester whose link it is, or why it opens nothing; asked before each step. With a lock, nobody else takes a step
 * with the same link until the transaction ends. Who comes with a token that is none of ours is a stranger, who leaves a
 * line in the console's log and nothing else.
 */
export async function admitTester(
  db: DatabaseOrTransaction,
  { token, origin }: TesterAsks,
  now: Date,
  how: { isLocked?: boolean } = {},
): Promise<{ ok: true; tester: TesterRow } | TesterRefused> {
  const tester = hasTokenForm(token) ? await findTester(db, hashLinkToken(token), how) : null;
  const trouble = troubleOfTester(tester, now);
  if (tester === null) {
    log.warn("a tester's link was refused: it is none of ours");
    return { ok: false, code: "unknown", left: 0 };
  }
  if (trouble !== null) return refusal(db, tester, trouble);
  // Another API knows nobody who was enrolled for this campaign, and agreed to nothing.
  return tester.campaign.origin === origin ? { ok: true, tester } : { ok: false, code: "other_api" };
}

async function refusal(
  db: DatabaseOrTransaction,
  { id }: TesterRow,
  code: LinkRefused["code"],
): Promise<LinkRefused> {
  return { ok: false, code, left: (await listHeldEnrolments(db, id)).length };
}

/** Where the holder of a link is, or why it opens nothing. Nothing is changed by looking. */
export async function examineTester(
  db: DatabaseOrTransaction,
  asks: TesterAsks,
  now: Date,
): Promise<{ ok: true; view: TesterView } | TesterRefused> {
  const admitted = await admitTester(db, asks, now);
  if (!admitted.ok) return admitted;
  const { campaign, ...tester } = admitted.tester;
  const [devices, enrolments, tries] = await Promise.all([
    listDevices(db, campaign.id),
    listHeldEnrolments(db, tester.id),
    listTakenTries(db, tester.id),
  ]);
  const { name, kind, lightings, positions, triesEach, swapped, endsAt } = campaign;
  const host = new URL(campaign.origin).host;
  return {
    ok: true,
    view: {
      number: tester.number,
      campaign: { name, kind, lightings, positions, triesEach, swapped, endsAt, host, devices },
      hasConsented: tester.consentedAt !== null,
      enrolled: enrolments.flatMap(({ enrolledAt, modality }) => (enrolledAt === null ? [] : [modality])),
      tries,
    },
  };
}
