import { and, eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { savedViews } from "#db/schema/saved-views.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";

/** Removes a view of the member's own; links to it lead nowhere from then on. Another's is not found. Audits `view.remove`. */
export function removeView(
  db: DatabaseOrTransaction,
  id: string,
  actor: Extract<Actor, { id: string }>,
  at: Date,
): Promise<boolean> {
  return joinOrOpenTransaction(db, async (tx) => {
    const removed = await tx
      .delete(savedViews)
      .where(and(eq(savedViews.id, id), eq(savedViews.ownerId, actor.id)))
      .returning({ id: savedViews.id });
    if (removed.length === 0) return false;
    const entity = { type: "view", id } as const;
    await recordAudit(tx, { action: "view.remove", actor, at, entity, details: {} });
    return true;
  });
}
