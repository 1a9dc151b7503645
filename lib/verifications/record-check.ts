import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor, Subject } from "#lib/audit/types.ts";
import { recordStatement } from "#lib/recording/record-statement.ts";
import type { VerificationMade } from "#lib/recording/types.ts";

/**
 * Records a verification made from the console together with its audit entry: both are there afterwards, or neither.
 * Audits `person.verify`. Throws whatever the database throws; the caller must then not show the result.
 */
export async function recordCheck(
  db: DatabaseOrTransaction,
  actor: Actor,
  check: VerificationMade & { personId: string },
  subject: Subject,
): Promise<void> {
  await joinOrOpenTransaction(db, async (tx) => {
    await tx.execute(recordStatement({ verifications: [check] }));
    await recordAudit(tx, {
      action: "person.verify",
      actor,
      at: check.at,
      entity: { type: "person", id: check.personId },
      subject,
      details: {},
      sealed: { verificationId: check.id, outcome: check.outcome, reason: check.reason },
    });
  });
}
