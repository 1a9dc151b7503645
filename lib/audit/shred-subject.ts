import { inArray } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { auditSubjectKeys } from "#db/schema/audit.ts";
import { listSubjectRefs } from "./name-subject.ts";
import { recordAudit } from "./record-audit.ts";
import { lockSubject } from "./seal-details.ts";
import type { Actor, Subject } from "./types.ts";

/**
 * Destroys every key of a person, in every epoch: what the log told of them can never be read again, and every entry
 * stays where it is. It waits for writers that are sealing a detail of this person, so that none is missed. What is
 * sealed afterwards is sealed with a new key. Audits `person.shred`. Throws AuditKeyUnreadable.
 */
export function shredSubject(
  db: DatabaseOrTransaction,
  { personId, subject }: { personId: string | null; subject: Subject },
  actor: Actor,
  at: Date,
): Promise<{ keys: number }> {
  return joinOrOpenTransaction(db, async (tx) => {
    const refs = await listSubjectRefs(tx, subject);
    for (const ref of refs) await lockSubject(tx, ref, "alone");
    const names = refs.map(({ ref }) => ref);
    const gone = await tx
      .delete(auditSubjectKeys)
      .where(inArray(auditSubjectKeys.subjectRef, names))
      .returning({ id: auditSubjectKeys.id });
    const keys = gone.length;
    await recordAudit(tx, {
      action: "person.shred",
      actor,
      at,
      entity: { type: "person", id: personId },
      subject,
      details: { keys },
    });
    return { keys };
  });
}
