import { and, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { historyExports } from "#db/schema/history-exports.ts";
import { members } from "#db/schema/members.ts";
import { FETCH_WITHIN_MS } from "./rules.ts";
import { storedFilters } from "./schema.ts";
import type { ExportKind, OpenExport } from "./types.ts";

/**
 * Takes the export of this id for its one fetch, where this member asked for it within the last minutes and nobody took
 * it yet; else null. Not audited: what is to be exported already is, and its end will be.
 */
export async function touchFetched(
  db: DatabaseOrTransaction,
  { exportId, memberId, kinds }: { exportId: string; memberId: string; kinds: readonly ExportKind[] },
  at: Date,
): Promise<OpenExport | null> {
  const [taken] = await db
    .update(historyExports)
    .set({ state: "running", seenAt: at })
    .where(
      and(
        eq(historyExports.id, exportId),
        eq(historyExports.memberId, memberId),
        eq(historyExports.state, "asked"),
        inArray(historyExports.kind, [...kinds]),
        gt(historyExports.askedAt, new Date(at.getTime() - FETCH_WITHIN_MS)),
      ),
    )
    .returning();
  if (!taken) return null;
  const { kind, namesPeople, filters } = taken;
  return { id: exportId, memberId, kind, namesPeople, filters: storedFilters.parse(filters) };
}

/**
 * Notes how far an export is, and says whether it is to go on: no more where it was cancelled, or whoever asked for it
 * was disabled.
 */
export async function touchProgress(
  db: DatabaseOrTransaction,
  { exportId, rows, bytes }: { exportId: string; rows: number; bytes: number },
  at: Date,
): Promise<boolean> {
  const isStillMember = sql`exists (select from ${members}
    where ${members.id} = ${historyExports.memberId} and ${isNull(members.disabledAt)})`;
  const going = await db
    .update(historyExports)
    .set({ rows, bytes, seenAt: at })
    .where(and(eq(historyExports.id, exportId), eq(historyExports.state, "running"), isStillMember))
    .returning({ id: historyExports.id });
  return going.length > 0;
}
