import { and, eq, inArray, isNull } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { legalHolds } from "#db/schema/holds.ts";
import { dataRequests, requestAttempts } from "#db/schema/requests.ts";
import { nameSubject } from "#lib/audit/name-subject.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { newIdAt } from "#lib/ids.ts";
import { lockCustomId } from "#lib/people/lock-custom-id.ts";
import type { Mover } from "#lib/requests/advance-request.ts";
import { findPersonId } from "#lib/requests/queries.ts";
import { ERASING, type RequestState } from "#lib/requests/types.ts";
import type { PlaceResult } from "./types.ts";

const BEGUN: readonly RequestState[] = ["executing", "verifying", "outcome_unknown"];

/**
 * Keeps everything of a person from being erased, whoever asks, until another person releases it. Refuses
 * `standing_already` where one stands, and `being_erased` where it would promise what can no longer be kept. Audits
 * `hold.place`.
 */
export function placeHold(
  db: DatabaseOrTransaction,
  { customId, reason }: { customId: string; reason: string },
  { actor, auditKey }: Mover & { actor: { id: string } },
  at: Date,
): Promise<PlaceResult> {
  return joinOrOpenTransaction(db, async (tx) => {
    // An erasure that begins at this moment is seen here, or sees this hold.
    await lockCustomId(tx, customId);
    if (await isBeingErased(tx, customId)) return { ok: false, code: "being_erased" };
    const subject = { customId, key: auditKey };
    const { ref, epoch } = await nameSubject(tx, subject, at);
    const [hold] = await tx
      .insert(legalHolds)
      .values({
        id: newIdAt(at),
        customId,
        subjectRef: ref,
        subjectEpoch: epoch,
        personId: await findPersonId(tx, customId),
        reason,
        placedBy: actor.id,
        placedAt: at,
      })
      .onConflictDoNothing()
      .returning();
    if (!hold) return { ok: false, code: "standing_already" };
    const entity = { type: "hold", id: hold.id } as const;
    await recordAudit(tx, { action: "hold.place", actor, at, entity, subject, details: { reason } });
    return { ok: true, hold };
  });
}

/** Held for the transaction: an erasure that is to start meanwhile waits, and then finds the hold. */
async function isBeingErased(tx: DatabaseOrTransaction, customId: string): Promise<boolean> {
  const { id, state, right, round, closedAt } = dataRequests;
  const erasures = await tx
    .select({ id, state, round })
    .from(dataRequests)
    .where(and(eq(dataRequests.customId, customId), inArray(right, [...ERASING]), isNull(closedAt)))
    .orderBy(id)
    .for("update");
  if (erasures.some((one) => BEGUN.includes(one.state))) return true;
  for (const failed of erasures.filter((one) => one.state === "failed")) {
    if (await mayHaveErased(tx, failed)) return true;
  }
  return false;
}

/** What failed before the API did anything can still be kept from being tried again. */
async function mayHaveErased(
  tx: DatabaseOrTransaction,
  { id, round }: { id: string; round: number },
): Promise<boolean> {
  const sent = await tx
    .select({ state: requestAttempts.state })
    .from(requestAttempts)
    .where(
      and(
        eq(requestAttempts.requestId, id),
        eq(requestAttempts.round, round),
        eq(requestAttempts.kind, "delete"),
      ),
    );
  return sent.some(({ state }) => state !== "refused");
}
