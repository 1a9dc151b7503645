import { sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";

/**
 * Holds a CustomID until the caller's transaction ends, also one that has no row yet: whoever enrols it and whoever lets
 * an erasure of it begin wait for each other, so that each sees what the other wrote. A request's row is held before it,
 * a person's row after it.
 */
export async function lockCustomId(tx: DatabaseOrTransaction, customId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('gatehouse-custom-id'), hashtext(${customId}))`);
}
