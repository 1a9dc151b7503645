import { and, eq, isNull } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { rollouts, templateSettlements } from "#db/schema/rollouts.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { newIdAt } from "#lib/ids.ts";
import { countEnrolled, findNextStart, findSettlement, hasOpenList, hasSuspended } from "./queries.ts";
import type { SettleTemplates } from "./schema.ts";
import type { SettleRefusal } from "./types.ts";

/**
 * Chooses what becomes of the biometrics of those who enrolled since a rolled-back rollout started: they are kept,
 * suspended, or put on lists for deletion, which another person approves. Written down here; the worker carries it out. It
 * takes the place of an earlier choice: whoever was suspended is let in again by `keep`, and stays so until they are erased
 * by `erase`. Audits `rollout.settle_templates`.
 */
export function settleTemplates(
  db: DatabaseOrTransaction,
  { rolloutId, seenId, choice, reason }: SettleTemplates,
  actor: Actor & { id: string },
  at: Date,
): Promise<{ ok: true; settlementId: string } | { ok: false; code: SettleRefusal }> {
  return joinOrOpenTransaction(db, async (tx) => {
    const [rollout] = await tx.select().from(rollouts).where(eq(rollouts.id, rolloutId)).for("update");
    if (rollout === undefined) return { ok: false, code: "not_found" };
    const { state, flag, startedAt } = rollout;
    if (state !== "rolled_back" || startedAt === null) return { ok: false, code: "not_rolled_back" };
    const before = await findSettlement(tx, rolloutId);
    if ((before?.id ?? null) !== seenId) return { ok: false, code: "stale_choice" };
    if (await hasOpenList(tx, rolloutId)) return { ok: false, code: "list_open" };
    await tx
      .update(templateSettlements)
      .set({ doneAt: at })
      .where(and(eq(templateSettlements.rolloutId, rolloutId), isNull(templateSettlements.doneAt)));
    const settlementId = newIdAt(at);
    const enrolledTo = (await findNextStart(tx, { flag, after: startedAt })) ?? at;
    const people = await countEnrolled(tx, { from: startedAt, to: enrolledTo });
    const hasNothingToDo = people === 0 || (choice === "keep" && !(await hasSuspended(tx, rolloutId)));
    await tx.insert(templateSettlements).values({
      ...{ id: settlementId, rolloutId, choice, chosenBy: actor.id, chosenAt: at, reason },
      ...{ enrolledFrom: startedAt, enrolledTo, people, doneAt: hasNothingToDo ? at : null },
    });
    await tx
      .update(rollouts)
      .set({ templatesChoice: choice, templatesChosenBy: actor.id, templatesChosenAt: at })
      .where(eq(rollouts.id, rolloutId));
    await recordAudit(tx, {
      action: "rollout.settle_templates",
      actor,
      at,
      entity: { type: "rollout", id: rolloutId },
      details: { choice, people, reason },
    });
    return { ok: true, settlementId };
  });
}
