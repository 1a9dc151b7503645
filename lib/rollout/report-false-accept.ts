import { and, eq, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { logins } from "#db/schema/logins.ts";
import { falseAccepts } from "#db/schema/rollouts.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { newIdAt, timeOfId } from "#lib/ids.ts";
import { ROLLOUT_EVIDENCE_CHANNEL } from "./schema.ts";

/**
 * Keeps that somebody got in as somebody else, or past the check for life, at the login that is named where it is known.
 * The rule rolls an open rollout back for it at once, whatever the figures say; the judge is woken when this commits.
 * Refuses `unknown_login`. Audits `false_accept.report`.
 */
export function reportFalseAccept(
  db: DatabaseOrTransaction,
  { loginId, reason }: { loginId: string | null; reason: string },
  actor: Actor & { id: string },
  at: Date,
): Promise<{ ok: true; falseAcceptId: string } | { ok: false; code: "unknown_login" }> {
  return joinOrOpenTransaction(db, async (tx) => {
    if (loginId !== null && !(await isLogin(tx, loginId))) return { ok: false, code: "unknown_login" };
    const id = newIdAt(at);
    await tx.insert(falseAccepts).values({ id, reportedBy: actor.id, reportedAt: at, loginId, reason });
    const details = { loginId, reason };
    await recordAudit(tx, {
      action: "false_accept.report",
      actor,
      at,
      entity: { type: "false_accept", id },
      details,
    });
    await tx.execute(sql`select pg_notify(${ROLLOUT_EVIDENCE_CHANNEL}, '')`);
    return { ok: true, falseAcceptId: id };
  });
}

async function isLogin(tx: DatabaseOrTransaction, id: string): Promise<boolean> {
  return (await tx.$count(logins, and(eq(logins.id, id), eq(logins.openedAt, timeOfId(id))))) > 0;
}
