import { type SQL, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { encodeEvents } from "#lib/recording/encode-events.ts";
import { RECORD_SQL } from "#lib/recording/statement.ts";
import type { VerificationMade } from "#lib/recording/types.ts";

/**
 * Records a verification made from the console together with its audit entry: both are there afterwards, or neither.
 * Audits `person.verify`. Throws whatever the database throws; the caller must then not show the result.
 */
export async function recordCheck(
  db: DatabaseOrTransaction,
  actor: Actor,
  check: VerificationMade & { personId: string },
): Promise<void> {
  await joinOrOpenTransaction(db, async (tx) => {
    await tx.execute(recordStatement(check));
    await recordAudit(tx, {
      action: "person.verify",
      actor,
      at: check.at,
      entity: { type: "person", id: check.personId },
      details: { verificationId: check.id, outcome: check.outcome, reason: check.reason },
    });
  });
}

/** The recorder's own statement, written into a transaction of ours instead of one of its own. */
function recordStatement(check: VerificationMade): SQL {
  const { opened, verifications, closed } = encodeEvents({ verifications: [check] });
  const parameters = [opened, verifications, closed].map((events) => `[${events.join(",")}]`);
  const parts = RECORD_SQL.split(/\$([123])/).map((part, place) =>
    place % 2 === 0 ? sql.raw(part) : sql`${parameters[Number(part) - 1]}`,
  );
  return sql.join(parts);
}
