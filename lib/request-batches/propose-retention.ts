import { sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { findInactivityRule, findObeyedRetention, listInactivePeople } from "#lib/retention/queries.ts";
import { dayOf, inactiveBefore } from "#lib/retention/rules.ts";
import { openRuled } from "./open-ruled.ts";
import { MOST_ROWS } from "./types.ts";

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
    const list = { channel: "retention", retentionDay, inactiveBefore: before } as const;
    const assessed = { assessedBy: rule.changedBy, assessment: rule.reason };
    return openRuled(tx, { ...list, ...assessed, found, about: { retention: rule.version } }, timeZone, at);
  });
}

async function hasListOf(tx: DatabaseOrTransaction, retentionDay: string): Promise<boolean> {
  const [row] = await tx.execute(
    sql`select 1 from request_batches where retention_day = ${retentionDay}::date limit 1`,
  );
  return row !== undefined;
}
