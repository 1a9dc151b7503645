import type { Sql } from "postgres";
import type { LedgerFact } from "./types.ts";

/** Facts sent in one statement. */
const AT_ONCE = 5_000;

/**
 * Lays the ledger beside the database, for this connection alone: the newest erasure and the newest enrolment of every
 * reference. However long the ledger is, no more than a few thousand of its lines are held here.
 */
export async function importFacts(sql: Sql, facts: AsyncIterable<LedgerFact>): Promise<void> {
  await sql`
    create temp table ledger_standing (
      ref text primary key, erased_at timestamptz, request_id uuid, protocol text, enrolled_at timestamptz
    )`;
  let batch: LedgerFact[] = [];
  for await (const fact of facts) {
    batch.push(fact);
    if (batch.length < AT_ONCE) continue;
    await addFacts(sql, batch);
    batch = [];
  }
  await addFacts(sql, batch);
  await sql`analyze ledger_standing`;
  await restoreBesides(sql);
}

async function addFacts(sql: Sql, facts: readonly LedgerFact[]): Promise<void> {
  if (facts.length === 0) return;
  await sql`
    insert into ledger_standing as known (ref, erased_at, request_id, protocol, enrolled_at)
    select ref, max(at) filter (where kind = 'erasure'),
      (array_agg("requestId" order by at desc) filter (where kind = 'erasure'))[1],
      (array_agg(protocol order by at desc) filter (where kind = 'erasure'))[1],
      max(at) filter (where kind = 'enrolment')
    from json_to_recordset(${JSON.stringify(facts)}::text::json)
      as fact(ref text, at timestamptz, kind text, "requestId" uuid, protocol text)
    group by ref
    on conflict (ref) do update set
      request_id = case when excluded.erased_at >= coalesce(known.erased_at, '-infinity')
        then excluded.request_id else known.request_id end,
      protocol = case when excluded.erased_at >= coalesce(known.erased_at, '-infinity')
        then excluded.protocol else known.protocol end,
      erased_at = greatest(known.erased_at, excluded.erased_at),
      enrolled_at = greatest(known.enrolled_at, excluded.enrolled_at)`;
}

/** What the database itself must know again: who was erased, and which protocol numbers were given. */
async function restoreBesides(sql: Sql): Promise<void> {
  await sql`
    insert into erased_subjects as known (ledger_ref, erased_at)
    select ref, erased_at from ledger_standing where erased_at is not null
    on conflict (ledger_ref) do update set erased_at = greatest(known.erased_at, excluded.erased_at)`;
  await sql`
    insert into request_numbers as known (series, year, last)
    select split_part(protocol, '-', 1), split_part(protocol, '-', 2)::int, max(split_part(protocol, '-', 3)::int)
    from ledger_standing where protocol ~ '^[A-Z]+-[0-9]{4}-[0-9]+$' group by 1, 2
    on conflict (series, year) do update set last = greatest(known.last, excluded.last)`;
}
