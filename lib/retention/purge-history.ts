import { sql } from "drizzle-orm";
import type { Database, DatabaseOrTransaction } from "#db/client.ts";
import { historyFloors } from "#db/schema/retention.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { newIdAt } from "#lib/ids.ts";
import { listHistoryMonths } from "./queries.ts";
import { monthsPast } from "./rules.ts";

/** Dropping waits for readers, and logins wait behind it: never for long. The next turn of the job tries again. */
const LOCK_PATIENCE_MS = 300;
const ROWS_AT_ONCE = 5_000;

type Purge = { now: Date; historyDays: number; signal: AbortSignal };

/**
 * Drops every month of history whose days are all past, oldest first, then the reports about its logins in small
 * steps; returns the months that went. It can be cut off anywhere and run again. Throws what PostgreSQL throws, also
 * where a partition was in use for too long; what was dropped until then stays dropped. Audits `history.purge` for each month.
 */
export async function purgeHistory(db: Database, { now, historyDays, signal }: Purge): Promise<string[]> {
  const gone: string[] = [];
  for (const { month, rows } of monthsPast(await listHistoryMonths(db), historyDays, now)) {
    if (signal.aborted) return gone;
    await db.transaction(async (tx) => {
      await tx.execute(sql.raw(`set local lock_timeout = ${LOCK_PATIENCE_MS}`));
      await tx.execute(sql`select drop_event_partitions(${`${month}-01`}::text::date)`);
      await recordAudit(tx, {
        action: "history.purge",
        actor: { id: null, role: "system" },
        at: now,
        entity: { type: "history", id: month },
        details: { month, historyDays, rows },
      });
    });
    gone.push(month);
  }
  await purgeReports(db, signal);
  return gone;
}

/** A login's id carries its time, and the index on it finds what is about logins from before the floor. */
async function purgeReports(db: DatabaseOrTransaction, signal: AbortSignal): Promise<void> {
  const [floor] = await db.select({ month: historyFloors.month }).from(historyFloors);
  if (!floor) return;
  const firstKept = `${newIdAt(new Date(floor.month)).slice(0, 13)}-0000-0000-000000000000`;
  let deleted: number;
  do {
    const done = await db.execute(sql`
      delete from login_reports where id in (
        select id from login_reports where login_id < ${firstKept}::uuid limit ${ROWS_AT_ONCE})`);
    deleted = done.count;
  } while (deleted === ROWS_AT_ONCE && !signal.aborted);
}
