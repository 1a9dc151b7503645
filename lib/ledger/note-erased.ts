import { sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { erasedSubjects } from "#db/schema/holds.ts";

/**
 * Notes who was erased beside the ledger, in the transaction that completes the erasure, so that a later enrolment of the
 * same CustomID is told to the ledger. Of two erasures the later one counts.
 */
export async function noteErased(tx: DatabaseOrTransaction, ref: string, at: Date): Promise<void> {
  await tx
    .insert(erasedSubjects)
    .values({ ledgerRef: ref, erasedAt: at })
    .onConflictDoUpdate({
      target: erasedSubjects.ledgerRef,
      set: { erasedAt: sql`greatest(${erasedSubjects.erasedAt}, excluded.erased_at)` },
    });
}
