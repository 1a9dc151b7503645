import { sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { requestBatches, requestBatchRows } from "#db/schema/request-batches.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { earliestDeadline } from "#lib/deadlines/rules.ts";
import { lawOf } from "#lib/grounds/rules.ts";
import { newIdAt } from "#lib/ids.ts";
import { nextNumber } from "#lib/requests/open-request.ts";
import { findInactivityRule, findObeyedRetention, listInactivePeople } from "#lib/retention/queries.ts";
import { dayOf, inactiveBefore } from "#lib/retention/rules.ts";
import { MOST_ROWS } from "./types.ts";

const ROWS_AT_ONCE = 2_000;
const SYSTEM = { id: null, role: "system" } as const;
const RIGHT = "deletion";

/**
 * Makes the day's list of people whom the retention lets go of, the longest inactive first and at most 10,000; the worker
 * opens their deletions, and one person approves them all. Whoever saved the rule stands for its assessment and does not
 * approve it. Of a day of the installation's zone there is one list: called again, or by two workers at once, it does
 * nothing more. Answers the list's name, null where there is none to make. Audits `request_batch.open`.
 */
export function proposeRetention(
  db: DatabaseOrTransaction,
  timeZone: string,
  at: Date,
): Promise<string | null> {
  return joinOrOpenTransaction(db, async (tx) => {
    const { inactivePersonDays: days } = await findObeyedRetention(tx, at);
    const rule = days === null ? null : await findInactivityRule(tx, days);
    if (days === null || rule?.changedBy == null) return null;
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('gatehouse-people-retention'))`);
    const retentionDay = dayOf(at, timeZone);
    if (await hasListOf(tx, retentionDay)) return null;
    const before = inactiveBefore(days, at, timeZone);
    const found = await listInactivePeople(tx, { before, now: at, limit: MOST_ROWS });
    if (found.length === 0) return null;
    const regimes = [...new Set(found.map(({ legalBasis }) => lawOf(legalBasis)))].sort();
    const clock = { receivedAt: at, extendedAt: null, identityQuestions: [] };
    const batchId = newIdAt(at);
    const name = await nextNumber(tx, "BULK", at);
    await tx.insert(requestBatches).values({
      ...{ id: batchId, name, right: RIGHT, regimes, state: "opening", channel: "retention" },
      ...{ rows: found.length, receivedAt: at, openedAt: at, retentionDay, inactiveBefore: before },
      ...{ assessedBy: rule.changedBy, assessedAt: at, assessment: rule.reason },
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
      actor: SYSTEM,
      at,
      entity: { type: "request_batch", id: batchId },
      details: { name, right: RIGHT, rows: found.length, fileSha256: null, retention: rule.version },
    });
    return name;
  });
}

async function hasListOf(tx: DatabaseOrTransaction, retentionDay: string): Promise<boolean> {
  const [row] = await tx.execute(
    sql`select 1 from request_batches where retention_day = ${retentionDay}::date limit 1`,
  );
  return row !== undefined;
}
