import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries, auditSealedDetails } from "#db/schema/audit.ts";
import { newIdAt } from "#lib/ids.ts";
import { noteAct } from "#lib/notifications/note-act.ts";
import { nameSubject } from "./name-subject.ts";
import { sealDetails } from "./seal-details.ts";
import type { AuditAction, AuditEntry, Subject } from "./types.ts";

const REFUSALS: ReadonlySet<AuditAction> = new Set([
  "session.refuse",
  "session.refuse_step_up",
  "action.refuse",
  "invitation.refuse",
]);

/**
 * Adds an entry to the audit log in the caller's transaction, and a notification where somebody wants to know of such an
 * act: no entry, no change, and no change, no entry. A person it is about is named by a keyed reference, and what it
 * tells of them is sealed. Throws whatever the database throws, and AuditKeyUnreadable, so that the caller's change is
 * rolled back with it.
 */
export async function recordAudit<A extends AuditAction>(
  tx: DatabaseOrTransaction,
  entry: AuditEntry<A>,
): Promise<void> {
  const id = newIdAt(entry.at);
  const about = await describeSubject(tx, id, entry);
  await tx.insert(auditEntries).values({
    id,
    at: entry.at,
    actorId: entry.actor.id,
    actorRole: entry.actor.role,
    action: entry.action,
    entityType: entry.entity.type,
    entityId: entry.entity.id,
    outcome: REFUSALS.has(entry.action) ? "refused" : "done",
    details: entry.details,
    subjectRef: about?.subjectRef.ref ?? null,
    subjectEpoch: about?.subjectRef.epoch ?? null,
    sealedHash: about?.sealed?.sealedHash ?? null,
  });
  if (about?.sealed) {
    const { subjectKeyId, ciphertext } = about.sealed;
    await tx.insert(auditSealedDetails).values({ entryId: id, subjectKeyId, ciphertext });
  }
  await noteAct(tx, entry as AuditEntry);
}

/** The person's name in the log and their sealed details; null where the entry is about nobody. */
async function describeSubject(
  tx: DatabaseOrTransaction,
  entryId: string,
  entry: { at: Date; subject?: Subject; sealed?: object },
) {
  const { at, subject, sealed: details } = entry;
  if (subject === undefined) return null;
  const subjectRef = await nameSubject(tx, subject, at);
  if (details === undefined) return { subjectRef, sealed: null };
  const sealed = await sealDetails(tx, { entryId, subjectRef, details }, subject.key, at);
  return { subjectRef, sealed };
}
