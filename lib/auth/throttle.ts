import { inArray, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { signInFailures } from "#db/schema/members.ts";
import { newIdAt } from "#lib/ids.ts";
import { countSignInFailures } from "./queries.ts";
import { FAILURE_WINDOW_MINUTES, type FailureKind, waitSeconds } from "./rules.ts";

/** Digests that failed tries are counted under; they hold no address that could be read back. */
export type FailureSubject = { kind: FailureKind; digest: string };

/** A try that may be made, with what it was counted as; or the seconds until one may be. */
export type Place = { waitSeconds: number; failureIds: string[] };

/**
 * Counts this try as a failure before what was typed is looked at, so that tries sent all at once see each other; a
 * success takes it back.
 */
export function takePlace(db: DatabaseOrTransaction, subjects: FailureSubject[], at: Date): Promise<Place> {
  return joinOrOpenTransaction(db, async (tx) => {
    const digests = subjects.map((subject) => subject.digest).sort();
    for (const digest of digests)
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${digest}, 0))`);
    const since = new Date(at.getTime() - FAILURE_WINDOW_MINUTES * 60_000);
    const counts = await countSignInFailures(tx, digests, since);
    const waits = subjects.map(({ kind, digest }) =>
      waitSeconds(kind, counts.get(digest) ?? { count: 0, lastAt: null }, at),
    );
    const wait = Math.max(0, ...waits);
    if (wait > 0) return { waitSeconds: wait, failureIds: [] };
    const rows = digests.map((subject) => ({ id: newIdAt(at), subject, at }));
    await tx.insert(signInFailures).values(rows);
    return { waitSeconds: 0, failureIds: rows.map((row) => row.id) };
  });
}

/** A success clears the account and the browser; of the client's count it takes back only its own try. */
export async function forgetFailures(
  tx: DatabaseOrTransaction,
  subjects: FailureSubject[],
  { failureIds }: Place,
): Promise<void> {
  const cleared = subjects.filter(({ kind }) => kind !== "client").map(({ digest }) => digest);
  if (cleared.length > 0) await tx.delete(signInFailures).where(inArray(signInFailures.subject, cleared));
  if (failureIds.length > 0) await tx.delete(signInFailures).where(inArray(signInFailures.id, failureIds));
}
