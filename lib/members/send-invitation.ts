import { eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { members } from "#db/schema/members.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { issueLink } from "./issue-link.ts";
import { findMemberLocked } from "./queries.ts";
import { hasJoined } from "./rules.ts";
import type { MemberVersion, NewLink } from "./types.ts";

/**
 * Makes a new link for somebody who was invited and has not come in; the one they had opens nothing any more. Refuses
 * `stale_version` where somebody acted on them meanwhile or they came in, and `not_found`. Audits `member.invite_again`
 * and `invitation.issue`.
 */
export function sendInvitation(
  db: DatabaseOrTransaction,
  { memberId, version }: MemberVersion,
  actor: Actor,
  at: Date,
): Promise<({ ok: true } & NewLink) | { ok: false; code: "not_found" | "stale_version" }> {
  return joinOrOpenTransaction(db, async (tx) => {
    const member = await findMemberLocked(tx, memberId);
    if (member === null) return { ok: false, code: "not_found" };
    if (member.version !== version || hasJoined(member)) return { ok: false, code: "stale_version" };
    await tx
      .update(members)
      .set({ version: version + 1 })
      .where(eq(members.id, memberId));
    await recordAudit(tx, {
      action: "member.invite_again",
      actor,
      at,
      entity: { type: "member", id: memberId },
      details: { role: member.role },
    });
    return { ok: true, ...(await issueLink(tx, { member, purpose: "join" }, actor, at)) };
  });
}
