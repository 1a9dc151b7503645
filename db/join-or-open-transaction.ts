import type { DatabaseOrTransaction } from "./client.ts";

/**
 * Runs `work` in one transaction: inside the caller's when there is one (as a savepoint), else in a new one. Anything
 * thrown rolls it back.
 */
export function joinOrOpenTransaction<T>(
  db: DatabaseOrTransaction,
  work: (tx: DatabaseOrTransaction) => Promise<T>,
): Promise<T> {
  return db.transaction((tx) => work(tx));
}
