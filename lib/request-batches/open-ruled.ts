import type { DatabaseOrTransaction } from "#db/client.ts";
import { requestBatches, requestBatchRows } from "#db/schema/request-batches.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { AuditEntry } from "#lib/audit/types.ts";
import { earliestDeadline } from "#lib/deadlines/rules.ts";
import { lawOf } from "#lib/grounds/rules.ts";
import { newIdAt } from "#lib/ids.ts";
import { nextNumber } from "#lib/requests/open-request.ts";
import type { RULED_CHANNELS } from "#lib/requests/types.ts";

const ROWS_AT_ONCE = 2_000;
const RIGHT = "deletion";

export type RuledList = {
  channel: (typeof RULED_CHANNELS)[number];
  found: readonly { customId: string; legalBasis: string }[];
  /** Who stands for it, and therefore does not approve it, and why. */
  assessedBy: string;
  assessment: string | null;
  retentionDay?: string;
  inactiveBefore?: Date;
  settlementId?: string;
  /** What the entry names it by. */
  about: Pick<AuditEntry<"request_batch.open">["details"], "retention" | "settlementId">;
};

/**
 * Makes a list of people to delete that nobody asked for, out of a rule or a choice: the worker opens its requests, and a
 * person who does not stand for it approves them all. Answers its name. Runs inside the caller's transaction. Audits `request_batch.open`.
 */
export async function openRuled(
  tx: DatabaseOrTransaction,
  { found, about, ...list }: RuledList,
  timeZone: string,
  at: Date,
): Promise<string> {
  const regimes = [...new Set(found.map(({ legalBasis }) => lawOf(legalBasis)))].sort();
  const clock = { receivedAt: at, extendedAt: null, identityQuestions: [] };
  const batchId = newIdAt(at);
  const name = await nextNumber(tx, "BULK", at);
  await tx.insert(requestBatches).values({
    ...{ ...list, id: batchId, name, right: RIGHT, regimes, state: "opening" },
    ...{ rows: found.length, receivedAt: at, openedAt: at, assessedAt: at },
    dueAt: earliestDeadline(RIGHT, regimes, clock, { now: at, timeZone }).overdueFrom,
  });
  for (let from = 0; from < found.length; from += ROWS_AT_ONCE) {
    const some = found.slice(from, from + ROWS_AT_ONCE);
    await tx.insert(requestBatchRows).values(
      some.map(({ customId }, place) => ({
        ...{ batchId, line: from + place + 1, customId },
        state: "good" as const,
      })),
    );
  }
  await recordAudit(tx, {
    action: "request_batch.open",
    actor: { id: null, role: "system" },
    at,
    entity: { type: "request_batch", id: batchId },
    details: { name, right: RIGHT, rows: found.length, fileSha256: null, ...about },
  });
  return name;
}
