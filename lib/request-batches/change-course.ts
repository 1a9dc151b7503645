import { eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { requestBatches } from "#db/schema/request-batches.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import type { SeenBatch } from "./advance-batch.ts";
import { findBatchLocked } from "./queries.ts";
import { isSteered } from "./rules.ts";
import type { BatchRefusal } from "./types.ts";

/** How the sending of a list's people goes on: not for now, again, or at another pace. */
export type Course = { kind: "pause" } | { kind: "resume" } | { kind: "pace"; peoplePerMinute: number };

/**
 * Pauses a list that runs, lets it go on, or changes its pace; what is being sent at this moment finishes. Audits
 * `request_batch.pause`, `request_batch.resume` or `request_batch.pace`.
 */
export function changeCourse(
  db: DatabaseOrTransaction,
  { batchId, version, ...course }: SeenBatch & Course,
  actor: Extract<Actor, { id: string }>,
  at: Date,
): Promise<{ ok: true } | { ok: false; code: BatchRefusal }> {
  return joinOrOpenTransaction(db, async (tx) => {
    const batch = await findBatchLocked(tx, batchId);
    if (batch === null) return { ok: false, code: "not_found" };
    if (batch.version !== version) return { ok: false, code: "stale_version" };
    const isPaused = batch.pausedAt !== null;
    const fits = course.kind === "pace" || isPaused === (course.kind === "resume");
    if (!isSteered(batch.state) || !fits) return { ok: false, code: "illegal_step" };
    const change =
      course.kind === "pace"
        ? { peoplePerMinute: course.peoplePerMinute }
        : { pausedAt: course.kind === "pause" ? at : null };
    await tx
      .update(requestBatches)
      .set({ ...change, version: version + 1 })
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
