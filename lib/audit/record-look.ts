import { and, eq, gte, isNull } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { recordAudit } from "./record-audit.ts";
import type { AuditEntry } from "./types.ts";

/** Within this time a second look by the same member is the same look. */
const SAME_LOOK_MS = 10 * 60_000;

/** Notes that somebody looked at something. Audits the entry, at most once in ten minutes per member and thing. */
export async function recordLook(
  db: DatabaseOrTransaction,
  look: AuditEntry<"person.view" | "audit.view">,
): Promise<void> {
  const { actor, action, at, entity } = look;
  await joinOrOpenTransaction(db, async (tx) => {
    const earlier = await tx
      .select({ id: auditEntries.id })
      .from(auditEntries)
      .where(
        and(
          eq(auditEntries.entityType, entity.type),
          entity.id === null ? isNull(auditEntries.entityId) : eq(auditEntries.entityId, entity.id),
          gte(auditEntries.at, new Date(at.getTime() - SAME_LOOK_MS)),
          eq(auditEntries.action, action),
          actor.id === null ? isNull(auditEntries.actorId) : eq(auditEntries.actorId, actor.id),
        ),
      )
      .limit(1);
    if (earlier.length === 0) await recordAudit(tx, look);
  });
}
