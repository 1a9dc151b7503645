import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { and, asc, eq, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { requestBatchRows } from "#db/schema/request-batches.ts";
import { dataRequests } from "#db/schema/requests.ts";
import type { Preview, PreviewItem } from "#lib/requests/types.ts";
import { advanceBatch } from "./advance-batch.ts";
import { findAssessor, findBatchLocked } from "./queries.ts";

/**
 * Puts a list whose rows have all become requests before the second person: the previews of its requests added up, and
 * the SHA-256 (hexadecimal, over the JCS form) over their digests in the order of the rows, which the approval is bound
 * to. Where no row became one, the list is checked and no more. Audits `request_batch.propose` in the assessor's name.
 */
export function proposeBatch(db: DatabaseOrTransaction, batchId: string, at: Date): Promise<void> {
  return joinOrOpenTransaction(db, async (tx) => {
    const batch = await findBatchLocked(tx, batchId);
    if (batch?.state !== "opening") return;
    const seen = { batchId, version: batch.version };
    const digests = await listDigests(tx, batchId);
    if (digests.length === 0) {
      await advanceBatch(tx, seen, { act: "find_none" });
      return;
    }
    const actor = await findAssessor(tx, batch);
    const previewDigest = createHash("sha256")
      .update(canonicalize({ right: batch.right, digests }) ?? "")
      .digest("hex");
    await advanceBatch(tx, seen, {
      act: "propose",
      set: { preview: await sumPreviews(tx, batchId), previewDigest },
      audit: (states) => ({
        action: "request_batch.propose",
        actor,
        at,
        entity: { type: "request_batch", id: batchId },
        details: { ...states, previewDigest, requests: digests.length },
      }),
    });
  });
}

/**
 * Put together here and not by a join: of rows that are this new PostgreSQL knows no figures, and goes through all of them
 * for each request.
 */
async function listDigests(tx: DatabaseOrTransaction, batchId: string): Promise<string[]> {
  const proposed = await tx
    .select({ requestId: dataRequests.id, digest: dataRequests.previewDigest })
    .from(dataRequests)
    .where(and(eq(dataRequests.batchId, batchId), eq(dataRequests.state, "awaiting_approval")));
  const digests = new Map(proposed.map(({ requestId, digest }) => [requestId, digest]));
  const rows = await tx
    .select({ requestId: requestBatchRows.requestId })
    .from(requestBatchRows)
    .where(eq(requestBatchRows.batchId, batchId))
    .orderBy(asc(requestBatchRows.line));
  return rows.flatMap(({ requestId }) => digests.get(requestId ?? "") ?? []);
}

type Sum = PreviewItem & { side: keyof Preview };

async function sumPreviews(tx: DatabaseOrTransaction, batchId: string): Promise<Preview> {
  const sums = await tx.execute<Sum>(sql`
    select side, item ->> 'kind' as kind, item ->> 'where' as "where", item ->> 'article' as article,
      sum((item ->> 'items')::int)::int as items
    from data_requests, unnest(array['goes', 'stays']) as side, jsonb_array_elements(preview -> side) as item
    where batch_id = ${batchId} and state = 'awaiting_approval'
    group by 1, 2, 3, 4 order by 1, 2`);
  const of = (side: keyof Preview) =>
    sums.filter((sum) => sum.side === side).map(({ side: _, ...item }) => item as PreviewItem);
  return { goes: of("goes"), stays: of("stays") };
}
