import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";

/** Puts many plain entries into the log at once, a second apart from this time on, as a busy year would leave them. */
export async function writeEntries(db: DatabaseOrTransaction, count: number, from: Date): Promise<void> {
  const actor = "018f0000-0000-7000-8000-000000000001";
  const salt = randomBytes(4).toString("hex");
  await db.execute(sql`
    insert into audit_entries (id, at, actor_id, actor_role, action, entity_type, entity_id, outcome, details)
    select
      (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7000' || '8000' || ${salt}
        || lpad(to_hex(i), 4, '0'))::uuid,
      at, ${actor}::uuid, 'administrator', 'person.search', 'person', null, 'done',
      jsonb_build_object('kind', 'prefix', 'results', i % 50, 'purpose', 'support_call')
    from (select i, ${from.toISOString()}::timestamptz + i * interval '1 second' as at
      from generate_series(0, ${count - 1}::integer) as i) as made`);
}
