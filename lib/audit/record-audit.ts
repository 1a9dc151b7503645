import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { newIdAt } from "#lib/ids.ts";
import { noteAct } from "#lib/notifications/note-act.ts";
import type { AuditAction, AuditEntry } from "./types.ts";

const REFUSALS: ReadonlySet<AuditAction> = new Set(["session.refuse", "action.refuse"]);

/**
 * Adds an entry to the audit log in the caller's transaction, and a notification where somebody wants to know of such an
 * act: no entry, no change, and no change, no entry. Throws whatever the database throws, so that the caller's change
 * is rolled back with it.
 */
export async function recordAudit<A extends AuditAction>(
  tx: DatabaseOrTransaction,
  entry: AuditEntry<A>,
): Promise<void> {
  await tx.insert(auditEntries).values({
    id: newIdAt(entry.at),
    at: entry.at,
    actorId: entry.actor.id,
    actorRole: entry.actor.role,
    action: entry.action,
    entityType: entry.entity.type,
    entityId: entry.entity.id,
    outcome: REFUSALS.has(entry.action) ? "refused" : "done",
    details: entry.details,
  });
  await noteAct(tx, entry as AuditEntry);
}
