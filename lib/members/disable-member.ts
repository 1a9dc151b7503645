import { and, eq, isNull } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { memberInvitations, members } from "#db/schema/members.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { endSessions } from "./end-sessions.ts";
import { countHolders, findMemberLocked } from "./queries.ts";
import { refuseChange } from "./refuse-change.ts";
import { troubleOfChange } from "./rules.ts";
import type { ChangeTrouble, MemberVersion } from "./types.ts";

export type DisableMemberResult =
  | { ok: true; endedSessions: number }
  | { ok: false; code: "not_found" | "stale_version" | ChangeTrouble };

/**
 * Keeps a member out: no sign-in and no link of theirs works any more, and their sessions end in the same transaction.
 * Refuses `own_account` and `last_of_role`, both audited; `not_found`, and `stale_version` where somebody acted on them
 * meanwhile, or they never came in: their invitation is withdrawn instead. Audits `member.disable`, and `session.end`
 * for each session.
 */
export function disableMember(
  db: DatabaseOrTransaction,
  { memberId, version }: MemberVersion,
  actor: Actor,
  at: Date,
): Promise<DisableMemberResult> {
  return joinOrOpenTransaction(db, async (tx) => {
    const member = await findMemberLocked(tx, memberId);
    if (member === null) return { ok: false, code: "not_found" };
    if (member.version !== version || !member.canSignIn) return { ok: false, code: "stale_version" };
    const trouble = troubleOfChange(member, actor.id, await countHolders(tx));
    if (trouble !== null) return refuseChange(tx, "member.disable", trouble, actor, at);
    await tx
      .update(members)
      .set({ disabledAt: at, version: version + 1 })
      .where(eq(members.id, memberId));
    const { memberId: of, usedAt, withdrawnAt } = memberInvitations;
    await tx
      .update(memberInvitations)
      .set({ withdrawnAt: at })
      .where(and(eq(of, memberId), isNull(usedAt), isNull(withdrawnAt)));
    await recordAudit(tx, {
      action: "member.disable",
      actor,
      at,
      entity: { type: "member", id: memberId },
      details: { role: member.role },
    });
    const { ended } = await endSessions(tx, { memberId }, actor, at);
    return { ok: true, endedSessions: ended };
  });
}
