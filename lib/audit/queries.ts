import { and, desc, eq, inArray } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { members } from "#db/schema/members.ts";
import type { Change, ChangeAction } from "./types.ts";

/** The latest changes of these kinds, newest first, with the names of those who made them. */
export async function listChanges(
  db: DatabaseOrTransaction,
  actions: readonly ChangeAction[],
  limit: number,
): Promise<Change[]> {
  if (actions.length === 0) return [];
  const rows = await db
    .select({
      id: auditEntries.id,
      at: auditEntries.at,
      action: auditEntries.action,
      entityId: auditEntries.entityId,
      by: members.name,
    })
    .from(auditEntries)
    .leftJoin(members, eq(members.id, auditEntries.actorId))
    .where(
      and(
        // The index begins with the type: views of people, the most by far, are not even looked at.
        inArray(auditEntries.entityType, [...new Set(actions.map(entityTypeOf))]),
        inArray(auditEntries.action, [...actions]),
        eq(auditEntries.outcome, "done"),
      ),
    )
    .orderBy(desc(auditEntries.at), desc(auditEntries.id))
    .limit(limit);
  return rows.map((row) => ({ ...row, action: row.action as ChangeAction }));
}

const entityTypeOf = (action: ChangeAction): string => action.split(".")[0] ?? "";
