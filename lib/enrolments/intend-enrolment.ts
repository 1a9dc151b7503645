import { eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { erasedSubjects } from "#db/schema/holds.ts";
import { enrolments, people } from "#db/schema/people.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Capture } from "#lib/captures/types.ts";
import { newIdAt } from "#lib/ids.ts";
import { findSeen } from "#lib/integration-checks/queries.ts";
import { lockCustomId } from "#lib/people/lock-custom-id.ts";
import { foldCustomId } from "#lib/people/schema.ts";
import { findPendingErasure } from "#lib/requests/queries.ts";
import { bucketOf } from "#lib/unleash/bucket.ts";
import { RUNNING_FOR_AT_MOST_MS, refusal } from "./rules.ts";
import type { EnrolmentActor, EnrolmentRefusal, EnrolmentRequest, Intended } from "./types.ts";

type Result = { ok: true; intended: Intended } | EnrolmentRefusal;
type Keyed = { loginKey: string; ledgerRef: string; apiOrigin: string };

/**
 * Writes down that a person is about to be enrolled, or why not. A CustomID seen for the first time gets its row. From the
 * approval of an erasure to its end nobody enrols, whether they are known here or not: a probe of it would delete them.
 */
export function intendEnrolment(
  db: DatabaseOrTransaction,
  request: Omit<EnrolmentRequest, "capture"> & Keyed & { capture: Capture },
  at: Date,
): Promise<Result> {
  const { customId, legalBasis, loginKey, ledgerRef } = request;
  return joinOrOpenTransaction(db, async (tx): Promise<Result> => {
    await lockCustomId(tx, customId);
    if (await findPendingErasure(tx, customId)) return refusal("erasure_pending", null, "use_password");
    await tx
      .insert(people)
      .values({
        id: newIdAt(at),
        customId,
        customIdFolded: foldCustomId(customId),
        status: "pending",
        legalBasis,
        bucket: bucketOf(loginKey),
        createdAt: at,
      })
      .onConflictDoNothing({ target: people.customId });
    const person = await lockPerson(tx, customId, ledgerRef);
    if (person?.status === "enrolled") return refusal("already_enrolled", null, "already_enrolled");
    // An attempt that came to nothing has just taken its row away again: the next one makes a new one.
    if (person === null) return refusal("enrollment_running", null, "enroll_later");
    if (person.status === "blocked") return refusal("person_blocked", null, "use_password");
    const earlier = await attemptsOf(tx, person.id);
    if (earlier.some((attempt) => isRunning(attempt, at)))
      return refusal("enrollment_running", null, "enroll_later");
    await tx.update(people).set({ legalBasis }).where(eq(people.id, person.id));
    const enrolmentId = await insertAttempt(tx, { ...request, kind: "enrol", personId: person.id }, at);
    const hadEarlierAttempt = earlier.some(({ state }) => state === "unknown" || state === "intended");
    const { id: personId, erasedAt } = person;
    const isSpent = erasedAt !== null && (await findSeen(tx, request.apiOrigin, "enrol_again")) === "refused";
    const intended = { enrolmentId, personId, kind: "enrol", hadEarlierAttempt, erasedAt, isSpent } as const;
    return { ok: true, intended: { ...intended, replacesAll: false } };
  });
}

type RecaptureTask = { customId: string; capture: Capture; actor: EnrolmentActor; apiOrigin: string };

/** Writes down that an enrolled person's pictures are about to be replaced, or why not; for a member that is audited. */
export function intendRecapture(
  db: DatabaseOrTransaction,
  request: RecaptureTask,
  at: Date,
): Promise<Result> {
  return joinOrOpenTransaction(db, async (tx): Promise<Result> => {
    await lockCustomId(tx, request.customId);
    const person = await lockPerson(tx, request.customId);
    const judged = (await findPendingErasure(tx, request.customId))
      ? refusal("erasure_pending", null, "use_password")
      : await judgeRecapture(tx, person, at);
    if (!judged.ok) {
      await auditRefusal(tx, request, { personId: person?.id ?? null, state: judged.code }, at);
      return judged;
    }
    const { personId } = judged;
    const enrolmentId = await insertAttempt(tx, { ...request, kind: "recapture", personId }, at);
    const replacesAll = (await findSeen(tx, request.apiOrigin, "update")) === "replaces";
    const before = { hadEarlierAttempt: false, erasedAt: null, isSpent: false, replacesAll };
    return { ok: true, intended: { enrolmentId, personId, kind: "recapture", ...before } };
  });
}

async function judgeRecapture(
  tx: DatabaseOrTransaction,
  person: Awaited<ReturnType<typeof lockPerson>>,
  at: Date,
): Promise<{ ok: true; personId: string } | EnrolmentRefusal> {
  if (person === null || person.status === "pending") return refusal("not_enrolled", null, "enroll_first");
  if (person.status === "blocked") return refusal("person_blocked", null, "use_password");
  const earlier = await attemptsOf(tx, person.id);
  if (earlier.some((attempt) => isRunning(attempt, at)))
    return refusal("enrollment_running", null, "enroll_later");
  return { ok: true, personId: person.id };
}

async function auditRefusal(
  tx: DatabaseOrTransaction,
  { actor, customId }: RecaptureTask,
  { personId, state }: { personId: string | null; state: string },
  at: Date,
): Promise<void> {
  if (actor.source !== "console") return;
  await recordAudit(tx, {
    action: "person.recapture",
    actor: actor.member,
    at,
    entity: { type: "person", id: personId },
    subject: { customId, key: actor.auditKey },
    details: { reason: actor.reason },
    sealed: { enrolmentId: null, state },
  });
}

/** The person's row, held; and when the ledger's reference was erased, where it is asked for. */
async function lockPerson(tx: DatabaseOrTransaction, customId: string, ledgerRef = "") {
  const rows = await tx
    .select({ id: people.id, status: people.status, erasedAt: erasedSubjects.erasedAt })
    .from(people)
    .leftJoin(erasedSubjects, eq(erasedSubjects.ledgerRef, ledgerRef))
    .where(eq(people.customId, customId))
    .for("update", { of: people });
  return rows[0] ?? null;
}

type Earlier = { state: string; intendedAt: Date };

function attemptsOf(tx: DatabaseOrTransaction, personId: string): Promise<Earlier[]> {
  return tx
    .select({ state: enrolments.state, intendedAt: enrolments.intendedAt })
    .from(enrolments)
    .where(eq(enrolments.personId, personId));
}

/** An attempt whose call may still be under way; older ones were cut off by a crash. */
const isRunning = ({ state, intendedAt }: Earlier, at: Date): boolean =>
  state === "intended" && at.getTime() - intendedAt.getTime() < RUNNING_FOR_AT_MOST_MS;

type Attempt = { personId: string; kind: Intended["kind"]; capture: Capture; actor: EnrolmentActor };

async function insertAttempt(
  tx: DatabaseOrTransaction,
  { personId, kind, capture, actor }: Attempt,
  at: Date,
): Promise<string> {
  const id = newIdAt(at);
  await tx.insert(enrolments).values({
    id,
    personId,
    kind,
    state: "intended",
    face: capture.face !== undefined,
    fingers: [...capture.fingerNumbers],
    source: actor.source,
    actorId: actor.source === "gateway" ? actor.applicationId : actor.member.id,
    intendedAt: at,
  });
  return id;
}
