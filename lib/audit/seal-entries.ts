import { eq, inArray, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { auditEntries, auditLeaves, auditNodes, auditUnsealed } from "#db/schema/audit.ts";
import { rootOf } from "#lib/transparency/merkle.ts";
import { composeEntry, leafOf } from "./compose-entry.ts";
import { getTreeSize, RUN, readSpans } from "./prove-entries.ts";
import { SEAL_AT_ONCE } from "./schema.ts";

export type Sealed = { sealed: number; size: number };

/**
 * Gives entries that wait their place in the log, the earliest first, at most 500: sequence, leaf, and the nodes that
 * became full, in one transaction with taking them off the queue. Cut off anywhere, it has done all of it or nothing.
 * Null where another sealer is at it at this moment; nobody ever waits.
 */
export function sealEntries(db: DatabaseOrTransaction, now: Date): Promise<Sealed | null> {
  return joinOrOpenTransaction(db, async (tx) => {
    const [lock] = await tx.execute<{ isOurs: boolean }>(
      sql`select pg_try_advisory_xact_lock(hashtext('gatehouse-audit'), hashtext('seal')) as "isOurs"`,
    );
    if (!lock?.isOurs) return null;
    const waiting = await tx
      .select({ entry: auditEntries, sequence: auditLeaves.sequence })
      .from(auditUnsealed)
      .innerJoin(auditEntries, eq(auditEntries.id, auditUnsealed.entryId))
      .leftJoin(auditLeaves, eq(auditLeaves.entryId, auditUnsealed.entryId))
      .orderBy(auditUnsealed.entryId)
      .limit(SEAL_AT_ONCE);
    const before = await getTreeSize(tx);
    if (waiting.length === 0) return { sealed: 0, size: before };
    // Whoever put a sealed entry into the queue again does not get it a second place.
    const entries = waiting.filter(({ sequence }) => sequence === null).map(({ entry }) => entry);
    const leaves = entries.map((entry, i) => {
      const sequence = before + i;
      return { sequence, entryId: entry.id, leaf: leafOf(composeEntry(entry, sequence)), sealedAt: now };
    });
    const size = before + leaves.length;
    if (leaves.length > 0) await tx.insert(auditLeaves).values(leaves);
    await insertFullNodes(tx, before, size);
    const ids = waiting.map(({ entry }) => entry.id);
    await tx.delete(auditUnsealed).where(inArray(auditUnsealed.entryId, ids));
    return { sealed: leaves.length, size };
  });
}

/** The nodes over runs that the growth from one size to another filled, level by level until none is full. */
async function insertFullNodes(tx: DatabaseOrTransaction, before: number, size: number): Promise<void> {
  let [from, to] = [before, size];
  for (let level = 1; ; level++) {
    const [first, past] = [Math.floor(from / RUN), Math.floor(to / RUN)];
    if (first === past) return;
    const [children = []] = await readSpans(tx, [{ level: level - 1, from: first * RUN, to: past * RUN }]);
    const nodes = Array.from({ length: past - first }, (_, i) => {
      return { level, index: first + i, hash: rootOf(children.slice(i * RUN, (i + 1) * RUN)) };
    });
    await tx.insert(auditNodes).values(nodes);
    [from, to] = [first, past];
  }
}
