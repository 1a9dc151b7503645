import { sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import type { KeyUse } from "./types.ts";

/**
 * Adds what one gateway counted of calls per key and minute, and notes the first and last call of each key; one
 * statement, so that nothing is half told. Sent twice it counts twice: a gateway whose commit went unanswered would
 * rather count again than not at all.
 */
export async function touchApplicationKeys(
  db: DatabaseOrTransaction,
  uses: readonly KeyUse[],
): Promise<void> {
  await db.execute(sql`
    with told as (
      select * from jsonb_to_recordset(${JSON.stringify(uses)}::text::jsonb) as u(
        "keyId" uuid, minute timestamptz, calls integer, "mostPerSecond" integer,
        "firstAt" timestamptz, "lastAt" timestamptz)
    ), counted as (
      insert into application_key_uses as known (key_id, minute, calls, most_per_second)
      select "keyId", minute, calls, "mostPerSecond" from told order by "keyId", minute
      on conflict (key_id, minute) do update set
        calls = known.calls + excluded.calls,
        most_per_second = greatest(known.most_per_second, excluded.most_per_second)
    ), spans as (
      select "keyId", min("firstAt") as first_at, max("lastAt") as last_at from told group by "keyId"
    )
    update application_keys k set
      first_used_at = least(k.first_used_at, spans.first_at),
      last_used_at = greatest(k.last_used_at, spans.last_at)
    from spans where k.id = spans."keyId"`);
}
