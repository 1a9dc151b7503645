import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { listSubjectRefs } from "#lib/audit/name-subject.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor, Subject, SubjectRef } from "#lib/audit/types.ts";
import { countAbout } from "./queries.ts";

export type LogSearch = { refs: SubjectRef[]; entries: number };

/**
 * Turns a CustomID into every reference the log may name that person by, and tells how many entries do. That somebody
 * asked is itself about that person. Audits `audit.search`. Throws AuditKeyUnreadable.
 */
export function recordLogSearch(
  db: DatabaseOrTransaction,
  subject: Subject,
  actor: Actor,
  at: Date,
): Promise<LogSearch> {
  return joinOrOpenTransaction(db, async (tx) => {
    const refs = await listSubjectRefs(tx, subject);
    const entries = await countAbout(tx, refs);
    const entity = { type: "audit", id: null } as const;
    await recordAudit(tx, {
      action: "audit.search",
      actor,
      at,
      entity,
      subject,
      details: { results: entries },
    });
    // Asking may have made the first key there is.
    return { refs: refs.length > 0 ? refs : await listSubjectRefs(tx, subject), entries };
  });
}
