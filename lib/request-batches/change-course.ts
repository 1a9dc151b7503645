import { eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { requestBatches } from "#db/schema/request-batches.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { findBatchLocked } from "./queries.ts";
import { isSteered } from "./rules.ts";
import type { BatchRefusal } from "./types.ts";

/** How the sending of a list's people goes on: not for now, again, or at another pace. */
export type Course = { kind: "pause" } | { kind: "resume" } | { kind: "pace"; peoplePerMinute: number };

/**
 * Pauses a list that runs, lets it go on, or changes its pace; what is being sent at this moment finishes. It
 * does not hang on the version that was seen: the worker moves a running list on, and to stop it must not be late. Audits
 * `request_batch.pause`, `request_batch.resume` or `request_batch.pace`.
 */
export function changeCourse(
  db: DatabaseOrTransaction,
  { batchId, ...course }: { batchId: string } & Course,
  actor: Extract<Actor, { id: string }>,
  at: Date,
): Promise<{ ok: true } | { ok: false; code: BatchRefusal }> {
  return joinOrOpenTransaction(db, async (tx) => {
    const batch = await findBatchLocked(tx, batchId);
    if (batch === null) return { ok: false, code: "not_found" };
    const isPaused = batch.pausedAt !== null;
    const fits = course.kind === "pace" || isPaused === (course.kind === "resume");
    if (!isSteered(batch.state) || !fits) return { ok: false, code: "illegal_step" };
    const change =
      course.kind === "pace"
        ? { peoplePerMinute: course.peoplePerMinute }
        : { pausedAt: course.kind === "pause" ? at : null };
    await tx
      .update(requestBatches)
      .set({ ...change, version: batch.version + 1 })
      .where(eq(requestBatches.id, batchId));
    const entry = { actor, at, entity: { type: "request_batch", id: batchId } } as const;
    if (course.kind === "pace") {
      const details = { before: batch.peoplePerMinute, after: course.peoplePerMinute };
      await recordAudit(tx, { ...entry, action: "request_batch.pace", details });
    } else {
      await recordAudit(tx, { ...entry, action: `request_batch.${course.kind}`, details: {} });
    }
    return { ok: true };
  });
}
