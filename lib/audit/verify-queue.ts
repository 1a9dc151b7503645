import { eq, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { composeEntry } from "./compose-entry.ts";
import type { LogEntry } from "./types.ts";
import type { Findings } from "./verify-log.ts";

const ROWS_AT_ONCE = 20_000;
const FIRST_ID = "00000000-0000-0000-0000-000000000000";

/** The ids of entries that have no place in the log and wait for none. */
async function* listOutsideIds(db: DatabaseOrTransaction): AsyncGenerator<string> {
  for (let after: string | null = FIRST_ID; after !== null; ) {
    // The queue and the places are seen at one moment: an entry goes from the one to the other in one transaction.
    const [page]: { last: string | null; outside: string[] }[] = await db.execute(sql`
      with page as (select id from audit_entries where id > ${after}::uuid order by id limit ${ROWS_AT_ONCE})
      select (select max(id::text) from page) as last, array(
        select id from page
        where not exists (select from audit_leaves where entry_id = id and sequence >= 0)
          and not exists (select from audit_unsealed where entry_id = id)
        order by id) as outside`);
    yield* page?.outside ?? [];
    after = page?.last ?? null;
  }
}

/** Those entries whole, without the place they do not have. */
export async function* listOutsideEntries(
  db: DatabaseOrTransaction,
): AsyncGenerator<Omit<LogEntry, "sequence">> {
  for await (const id of listOutsideIds(db)) {
    const [row] = await db.select().from(auditEntries).where(eq(auditEntries.id, id));
    if (!row) continue;
    const { sequence: _, ...entry } = composeEntry(row, 0);
    yield entry;
  }
}

/** Looks for entries that stand outside the log, and for places waited for by entries that are gone. */
export async function verifyQueue(
  db: DatabaseOrTransaction,
  findings: Findings,
  signal: AbortSignal,
): Promise<void> {
  for await (const id of listOutsideIds(db)) {
    if (signal.aborted) return;
    findings.add("entry_without_place", null, id);
  }
  const gone = await db.execute<{ id: string }>(sql`
    select entry_id as id from audit_unsealed u
    where not exists (select from audit_entries where id = u.entry_id) order by 1`);
  for (const { id } of gone) findings.add("entry_gone_before_sealing", null, id);
}
