import { sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";

/**
 * Adds those whom `placeRows` found new, in the order of their lines, and says how many came in: somebody may have been
 * added meanwhile. The caller audits in the same transaction.
 */
export async function putAdopters(tx: DatabaseOrTransaction, memberId: string, at: Date): Promise<number> {
  const put = await tx.execute(sql`
    insert into early_adopters (custom_id, added_by, added_at)
    select custom_id, ${memberId}::uuid, ${at.toISOString()}::timestamptz
    from sorted_adopters where standing = 'new' order by line
    on conflict do nothing`);
  return put.count;
}
