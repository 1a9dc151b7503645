import { sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "./client.ts";
import { joinOrOpenTransaction } from "./join-or-open-transaction.ts";

/**
 * How a read finds its first rows: by walking one index in its order, or by joining what several say, as the index of
 * three-letter groups can only be read.
 */
export type Approach = "walk" | "join";

/**
 * Runs a read whose every statement may take so long, or returns null. Nothing is estimated of what names people, so the
 * approach is the caller's: PostgreSQL would join an index's two million entries to find fifty, or read the whole table.
 */
export async function withinBudget<T>(
  db: DatabaseOrTransaction,
  { milliseconds, approach }: { milliseconds: number; approach: Approach },
  read: (tx: DatabaseOrTransaction) => Promise<T>,
): Promise<T | null> {
  try {
    return await joinOrOpenTransaction(db, async (tx) => {
      await tx.execute(sql`select set_config('statement_timeout', ${String(milliseconds)}, true),
        set_config('enable_seqscan', 'off', true), set_config('max_parallel_workers_per_gather', '0', true),
        set_config('enable_bitmapscan', ${approach === "join" ? "on" : "off"}, true)`);
      return await read(tx);
    });
  } catch (error) {
    if (isStatementTimeout(error)) return null;
    throw error;
  }
}

function isStatementTimeout(error: unknown): boolean {
  const cause = error instanceof Error && error.cause ? error.cause : error;
  return typeof cause === "object" && cause !== null && "code" in cause && cause.code === "57014";
}
