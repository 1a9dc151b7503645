import { and, eq, inArray, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { enrolments, people } from "#db/schema/people.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Capture } from "#lib/captures/types.ts";
import type { CallFacts } from "#lib/multibiometrics/types.ts";
import type { judgeEnrolment } from "./rules.ts";
import type { EnrolmentActor, Intended } from "./types.ts";

type Outcome = {
  customId: string;
  intended: Intended;
  settled: ReturnType<typeof judgeEnrolment>;
  capture: Capture;
  call: CallFacts | null;
  actor: EnrolmentActor;
};

/**
 * Writes down what came of an enrolment, with what is now enrolled. A first enrolment that surely did not happen leaves
 * no person behind; an unknown one stays pending. Audits `person.recapture` for a member's recapture.
 */
export async function settleEnrolment(db: DatabaseOrTransaction, outcome: Outcome, at: Date): Promise<void> {
  const { intended, settled, call, actor } = outcome;
  await joinOrOpenTransaction(db, async (tx) => {
    await tx
      .update(enrolments)
      .set({
        state: settled.state,
        reason: settled.refusal === null ? null : (settled.refusal.reason ?? settled.refusal.code),
        apiStatus: call?.status ?? null,
        latencyMs: call?.latencyMs ?? null,
        settledAt: at,
        replacesAll: settled.state === "succeeded" && intended.replacesAll,
      })
      .where(eq(enrolments.id, intended.enrolmentId));
    if (settled.state === "succeeded") {
      const held = settled.isEcho ? await sentEarlier(tx, intended) : sentIn(outcome.capture);
      await keepEnrolled(tx, intended, { ...held, bioPassId: settled.bioPassId }, at);
    }
    if (settled.state === "refused" || settled.state === "failed") await undo(tx, outcome);
    if (actor.source === "console" && intended.kind === "recapture") {
      await recordAudit(tx, {
        action: "person.recapture",
        actor: actor.member,
        at,
        entity: { type: "person", id: intended.personId },
        subject: { customId: outcome.customId, key: actor.auditKey },
        details: { reason: actor.reason },
        sealed: { enrolmentId: intended.enrolmentId, state: settled.state },
      });
    }
  });
}

/** What the API holds of a person by this enrolment. */
type Held = { face: boolean; fingers: readonly number[] };

const sentIn = (capture: Capture): Held => {
  return { face: capture.face !== undefined, fingers: capture.fingerNumbers };
};

/** What the attempts sent whose answers were lost: one of them is what the API now says exists. */
async function sentEarlier(tx: DatabaseOrTransaction, { personId }: Intended): Promise<Held> {
  const lost = await tx
    .select({ face: enrolments.face, fingers: enrolments.fingers })
    .from(enrolments)
    .where(and(eq(enrolments.personId, personId), inArray(enrolments.state, ["intended", "unknown"])));
  return { face: lost.some(({ face }) => face), fingers: lost.flatMap(({ fingers }) => fingers) };
}

async function keepEnrolled(
  tx: DatabaseOrTransaction,
  intended: Intended,
  { face, fingers, bioPassId }: Held & { bioPassId: string | null },
  at: Date,
): Promise<void> {
  const sent = `{${fingers.join(",")}}`;
  const { replacesAll } = intended;
  const isFirst = intended.kind === "enrol";
  await tx
    .update(people)
    .set({
      // A block that came in while the API was asked holds; what the API now has of them is known all the same.
      status: sql`case when ${people.status} = 'blocked' then 'blocked' else 'enrolled' end`,
      confirmedAt: at,
      fingersEnrolled: sql`(select coalesce(array_agg(distinct finger order by finger), '{}')
        from unnest(${replacesAll ? sql`` : sql`${people.fingersEnrolled} ||`} ${sent}::smallint[]) as finger)`,
      ...(face || replacesAll ? { faceEnrolled: face } : {}),
      ...(bioPassId === null ? {} : { bioPassId }),
      ...(isFirst ? { enrolledAt: at } : {}),
    })
    .where(eq(people.id, intended.personId));
}

async function undo(tx: DatabaseOrTransaction, { intended, settled }: Outcome): Promise<void> {
  const isPending = and(eq(people.id, intended.personId), eq(people.status, "pending"));
  // Nothing of a spent CustomID exists, whatever an earlier attempt sent.
  const isNowhere = !intended.hadEarlierAttempt || settled.refusal?.code === "custom_id_spent";
  if (intended.kind === "enrol" && isNowhere) await tx.delete(people).where(isPending);
  // The API says that it does not know somebody we hold for enrolled: they may enrol again.
  const isGone = intended.kind === "recapture" && settled.refusal?.code === "person_unknown_at_api";
  if (!isGone) return;
  await tx
    .update(people)
    .set({ status: "pending", faceEnrolled: false, fingersEnrolled: [] })
    .where(and(eq(people.id, intended.personId), eq(people.status, "enrolled")));
}
