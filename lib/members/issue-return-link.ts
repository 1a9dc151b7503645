import { eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { memberCodeApps, memberRecoveryCodes, members } from "#db/schema/members.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { endSessions } from "./end-sessions.ts";
import { issueLink } from "./issue-link.ts";
import { findMemberLocked } from "./queries.ts";
import { refuseChange } from "./refuse-change.ts";
import type { MemberVersion, NewLink } from "./types.ts";

type Return = MemberVersion & {
  /** Also takes their code app and recovery codes away: the phone is lost too. */
  resetCodeApp: boolean;
};

export type IssueReturnLinkResult =
  | ({ ok: true } & NewLink)
  | { ok: false; code: "not_found" | "stale_version" | "own_account" };

/**
 * Makes the link with which a member who cannot sign in chooses a new password, and ends their sessions. The old
 * password works until then: it may be its owner who finds it again. Refuses `own_account`, audited; `not_found`, and
 * `stale_version` where somebody acted on them meanwhile, or they are disabled or never came in. Audits
 * `invitation.issue`, `code_app.reset` where there was one to reset, and `session.end` for each session.
 */
export function issueReturnLink(
  db: DatabaseOrTransaction,
  { memberId, version, resetCodeApp }: Return,
  actor: Actor,
  at: Date,
): Promise<IssueReturnLinkResult> {
  return joinOrOpenTransaction(db, async (tx) => {
    const member = await findMemberLocked(tx, memberId);
    if (member === null) return { ok: false, code: "not_found" };
    if (member.version !== version || !member.canSignIn) return { ok: false, code: "stale_version" };
    if (memberId === actor.id) {
      await refuseChange(tx, "member.issue_return_link", "own_account", actor, at);
      return { ok: false, code: "own_account" };
    }
    await tx
      .update(members)
      .set({ version: version + 1 })
      .where(eq(members.id, memberId));
    if (resetCodeApp) await resetSecondFactor(tx, memberId, actor, at);
    const link = await issueLink(tx, { member, purpose: "return" }, actor, at);
    await endSessions(tx, { memberId }, actor, at);
    return { ok: true, ...link };
  });
}

async function resetSecondFactor(tx: DatabaseOrTransaction, memberId: string, actor: Actor, at: Date) {
  const codes = await tx
    .delete(memberRecoveryCodes)
    .where(eq(memberRecoveryCodes.memberId, memberId))
    .returning({ usedAt: memberRecoveryCodes.usedAt });
  const apps = await tx
    .delete(memberCodeApps)
    .where(eq(memberCodeApps.memberId, memberId))
    .returning({ memberId: memberCodeApps.memberId });
  if (apps.length + codes.length === 0) return;
  await recordAudit(tx, {
    action: "code_app.reset",
    actor,
    at,
    entity: { type: "code_app", id: memberId },
    details: { unusedRecoveryCodes: codes.filter(({ usedAt }) => usedAt === null).length },
  });
}
