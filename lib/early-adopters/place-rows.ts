import { sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { ERASURE_PENDING } from "#lib/requests/rules.ts";
import { ERASING } from "#lib/requests/types.ts";
import { type AdopterTrouble, type LeftOut, LINES_KEPT, type ListedAdopter } from "./types.ts";

/** Rows that travel to the database together, with the rest of their piece: of a list of any length no more is held here. */
const AT_ONCE = 5_000;
/** Sorting out a million rows takes seconds; what takes longer is given up. */
const TIMEOUT_MS = 60_000;

/** Rows of a list as they come, some at once. */
type Pieces = AsyncIterable<(ListedAdopter | LeftOut)[]> | Iterable<(ListedAdopter | LeftOut)[]>;

/** Rows that hold no CustomID at all, counted, and the first of them by their lines. */
export type Unreadable = { counts: Partial<Record<AdopterTrouble, number>>; leftOut: LeftOut[] };

/**
 * Lays the CustomIDs of a list beside what is known of them, in tables of this transaction that nobody else sees and that
 * end with it: each once, with its first line, whether it is in the cohort already, and what stands in its way. Who was
 * erased here stays out until they enrol anew: an old file must not bring back the name of somebody who is forgotten.
 */
export async function placeRows(
  tx: DatabaseOrTransaction,
  pieces: Pieces,
  refOf: (customId: string) => string,
): Promise<Unreadable> {
  await tx.execute(sql.raw(`set local statement_timeout = ${TIMEOUT_MS}`));
  // A caller's transaction may hold those of another list.
  await tx.execute(sql`drop table if exists listed_adopters, sorted_adopters`);
  await tx.execute(sql`
    create temp table listed_adopters (line int not null, custom_id text not null, ledger_ref text not null)
    on commit drop`);
  const unreadable = await fill(tx, pieces, refOf);
  // How many there are, and no samples of CustomIDs: the catalogue would keep those beyond the table.
  await tx.execute(sql`analyze listed_adopters (line)`);
  await sort(tx);
  return unreadable;
}

async function fill(
  tx: DatabaseOrTransaction,
  pieces: Pieces,
  refOf: (customId: string) => string,
): Promise<Unreadable> {
  const unreadable: Unreadable = { counts: {}, leftOut: [] };
  let chunk: ListedAdopter[] = [];
  const write = async () => {
    const list = (of: (row: ListedAdopter) => unknown) => sql.param(chunk.map(of));
    await tx.execute(sql`
      insert into listed_adopters
      select * from unnest(${list(({ line }) => line)}::int[], ${list(({ customId }) => customId)}::text[],
        ${list(({ customId }) => refOf(customId))}::text[])`);
    chunk = [];
  };
  for await (const rows of pieces) {
    for (const row of rows) {
      if ("customId" in row) chunk.push(row);
      else {
        unreadable.counts[row.trouble] = (unreadable.counts[row.trouble] ?? 0) + 1;
        if (unreadable.leftOut.length < LINES_KEPT) unreadable.leftOut.push(row);
      }
    }
    if (chunk.length >= AT_ONCE) await write();
  }
  if (chunk.length > 0) await write();
  return unreadable;
}

async function sort(tx: DatabaseOrTransaction): Promise<void> {
  await tx.execute(sql`
    create temp table sorted_adopters (custom_id text not null, line int not null, standing text not null,
      is_enrolled boolean not null) on commit drop`);
  await tx.execute(sql`
    insert into sorted_adopters
    select once.custom_id, once.line,
      case
        when a.custom_id is not null then 'known'
        when r.custom_id is not null then 'erasure_pending'
        when e.ledger_ref is not null and p.id is null then 'erased_before'
        else 'new'
      end,
      coalesce(p.status = 'enrolled', false)
    from (select custom_id, min(line) as line, min(ledger_ref) as ledger_ref from listed_adopters group by custom_id) once
    left join early_adopters a on a.custom_id = once.custom_id
    left join people p on p.custom_id = once.custom_id
    left join erased_subjects e on e.ledger_ref = once.ledger_ref
    left join (
      select distinct custom_id from data_requests
      where "right" = any(${sql.param([...ERASING])}::text[]) and state = any(${sql.param([...ERASURE_PENDING])}::text[])
        and closed_at is null) r on r.custom_id = once.custom_id`);
}
