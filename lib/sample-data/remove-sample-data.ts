import { and, eq, inArray, or, type SQL, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { applicationKeys, applicationKeyUses, applications } from "#db/schema/applications.ts";
import { legalHolds } from "#db/schema/holds.ts";
import { enrolments, people } from "#db/schema/people.ts";
import { dataRequests, requestAttempts, requestReceipts, requestRecipients } from "#db/schema/requests.ts";
import { earlyAdopters } from "#db/schema/rollouts.ts";
import { loginCells, loginRollups, verificationCells, verificationRollups } from "#db/schema/rollups.ts";
import { sampleData } from "#db/schema/sample-data.ts";
import { APPLICATION_KEYS_CHANNEL } from "#lib/applications/schema.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import type { Clock } from "#lib/clock.ts";
import { type RemovedEvents, removeEvents } from "#lib/recording/remove-events.ts";
import { findSampleData } from "./queries.ts";
import { SAMPLE_DATA_LOCK } from "./schema.ts";
import type { SampleData } from "./types.ts";

const DAY_MS = 86_400_000;
/** A day of a large history takes longer than a page may. */
const STEP_TIMEOUT = "60s";

type Removed = { people: number; logins: number; verifications: number };

export type Removal =
  | { ok: true; removed: Removed }
  /** `not_found`: there is none. `conflict`: it is being made at this moment. */
  | { ok: false; code: "not_found" | "conflict" };

/**
 * Removes the sample data: everything its applications recorded and everything about its people, whoever recorded it,
 * with their share of every count. What stands beside it is not touched. One transaction per day of history, newest
 * last, and one for the rest: cut off anywhere, the installation still says what it holds and a repeat goes on from
 * there. Audits `sample_data.remove` before the first step and with the last.
 */
export async function removeSampleData(
  db: DatabaseOrTransaction,
  actor: Actor,
  clock: Clock,
  onDay: (share: number) => void = () => undefined,
): Promise<Removal> {
  const at = clock();
  const begun = await begin(db, actor, at);
  if (!begun.ok) return begun;
  const { sample, personIds } = begun;
  const removed: Removed = { people: 0, logins: 0, verifications: 0 };
  const [start, end] = [sample.historyFrom.getTime(), at.getTime() + 1];
  for (let from = start; from < end; from += DAY_MS) {
    const until = Math.min(from + DAY_MS, end);
    const time = { from: new Date(from), until: new Date(until) };
    const day = await removeDay(db, { applicationIds: sample.applicationIds, personIds, ...time });
    removed.logins += day.logins;
    removed.verifications += day.verifications;
    onDay((until - start) / (end - start));
  }
  removed.people = await finish(db, { sample, personIds, removed }, actor, clock());
  return { ok: true, removed };
}

type Begun = { ok: true; sample: SampleData; personIds: string[] } | Extract<Removal, { ok: false }>;

function begin(db: DatabaseOrTransaction, actor: Actor, at: Date): Promise<Begun> {
  return joinOrOpenTransaction(db, async (tx) => {
    const [free] = await tx.execute<{ free: boolean }>(
      sql`select pg_try_advisory_xact_lock(hashtext(${SAMPLE_DATA_LOCK})) as free`,
    );
    if (!free?.free) return { ok: false, code: "conflict" };
    const sample = await findSampleData(tx, { lock: true });
    if (sample === null) return { ok: false, code: "not_found" };
    const enrolled = await tx
      .selectDistinct({ id: enrolments.personId })
      .from(enrolments)
      .where(and(inArray(enrolments.actorId, sample.applicationIds), eq(enrolments.kind, "enrol")));
    const { people: count, logins, verifications } = sample;
    await recordAudit(tx, {
      action: "sample_data.remove",
      actor,
      at,
      entity: { type: "sample_data", id: null },
      details: { stage: "started", people: count, logins, verifications },
    });
    return { ok: true, sample, personIds: enrolled.map(({ id }) => id) };
  });
}

function removeDay(db: DatabaseOrTransaction, events: RemovedEvents): ReturnType<typeof removeEvents> {
  return joinOrOpenTransaction(db, async (tx) => {
    await tx.execute(sql`select set_config('statement_timeout', ${STEP_TIMEOUT}, true)`);
    // Two removals at once go one step after the other; the second finds its days empty.
    await findSampleData(tx, { lock: true });
    const gone = await removeEvents(tx, events);
    await tx.update(sampleData).set({
      logins: sql`greatest(0, ${sampleData.logins} - ${gone.logins}::integer)`,
      verifications: sql`greatest(0, ${sampleData.verifications} - ${gone.verifications}::integer)`,
    });
    return gone;
  });
}

type Rest = { sample: SampleData; personIds: string[]; removed: Removed };

/** Every request about its people or from its applications, and the holds on its people. Numbers that were given stay given. */
async function removeRequests(
  tx: DatabaseOrTransaction,
  applicationIds: string[],
  personIds: SQL,
): Promise<void> {
  const { id, personId, applicationId } = dataRequests;
  const isSample = or(sql`${personId} = ${personIds}`, inArray(applicationId, applicationIds));
  const requestIds = tx.select({ id }).from(dataRequests).where(isSample);
  await tx.delete(requestRecipients).where(inArray(requestRecipients.requestId, requestIds));
  await tx.delete(requestAttempts).where(inArray(requestAttempts.requestId, requestIds));
  await tx.delete(requestReceipts).where(inArray(requestReceipts.requestId, requestIds));
  await tx.delete(dataRequests).where(isSample);
  await tx.delete(legalHolds).where(sql`${legalHolds.personId} = ${personIds}`);
}

/** The people with their requests, what retention has left of the counts, the applications and the mark itself. */
function finish(
  db: DatabaseOrTransaction,
  { sample: { applicationIds }, personIds, removed }: Rest,
  actor: Actor,
  at: Date,
): Promise<number> {
  return joinOrOpenTransaction(db, async (tx) => {
    await tx.execute(sql`select set_config('statement_timeout', ${STEP_TIMEOUT}, true)`);
    if ((await findSampleData(tx, { lock: true })) === null) return 0;
    const ids = sql`any(${`{${personIds.join(",")}}`}::uuid[])`;
    await removeRequests(tx, applicationIds, ids);
    const ofLogins = inArray(loginCells.applicationId, applicationIds);
    const ofTries = inArray(verificationCells.actorId, applicationIds);
    const loginCellIds = tx.select({ id: loginCells.id }).from(loginCells).where(ofLogins);
    const tryCellIds = tx.select({ id: verificationCells.id }).from(verificationCells).where(ofTries);
    await tx.delete(loginRollups).where(inArray(loginRollups.cell, loginCellIds));
    await tx.delete(verificationRollups).where(inArray(verificationRollups.cell, tryCellIds));
    await tx.delete(loginCells).where(ofLogins);
    await tx.delete(verificationCells).where(ofTries);
    await tx
      .delete(enrolments)
      .where(or(sql`${enrolments.personId} = ${ids}`, inArray(enrolments.actorId, applicationIds)));
    const names = tx.select({ customId: people.customId }).from(people).where(sql`${people.id} = ${ids}`);
    await tx.delete(earlyAdopters).where(inArray(earlyAdopters.customId, names));
    const gone = await tx.delete(people).where(sql`${people.id} = ${ids}`).returning({ id: people.id });
    const keys = tx
      .select({ id: applicationKeys.id })
      .from(applicationKeys)
      .where(inArray(applicationKeys.applicationId, applicationIds));
    await tx.delete(applicationKeyUses).where(inArray(applicationKeyUses.keyId, keys));
    await tx.delete(applicationKeys).where(inArray(applicationKeys.applicationId, applicationIds));
    await tx.delete(applications).where(inArray(applications.id, applicationIds));
    await tx.delete(sampleData);
    await recordAudit(tx, {
      action: "sample_data.remove",
      actor,
      at,
      entity: { type: "sample_data", id: null },
      details: { stage: "finished", ...removed, people: gone.length },
    });
    await tx.execute(sql`select pg_notify(${APPLICATION_KEYS_CHANNEL}, '')`);
    return gone.length;
  });
}
