import { and, eq, gte } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor, Subject } from "#lib/audit/types.ts";

/** Within this time a second look by the same member is the same look. */
const SAME_LOOK_MS = 10 * 60_000;

/** Notes that somebody opened a person's page. Audits `person.view`, at most once in ten minutes per member and person. */
export async function recordView(
  db: DatabaseOrTransaction,
  actor: Extract<Actor, { id: string }>,
  { personId, subject }: { personId: string; subject: Subject },
  at: Date,
): Promise<void> {
  await joinOrOpenTransaction(db, async (tx) => {
    const earlier = await tx
      .select({ id: auditEntries.id })
      .from(auditEntries)
      .where(
        and(
          eq(auditEntries.entityType, "person"),
          eq(auditEntries.entityId, personId),
          gte(auditEntries.at, new Date(at.getTime() - SAME_LOOK_MS)),
          eq(auditEntries.action, "person.view"),
          eq(auditEntries.actorId, actor.id),
        ),
      )
      .limit(1);
    if (earlier.length > 0) return;
    await recordAudit(tx, {
      action: "person.view",
      actor,
      at,
      entity: { type: "person", id: personId },
      subject,
      details: {},
    });
  });
}
