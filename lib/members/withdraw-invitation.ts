import { eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { memberInvitations, members } from "#db/schema/members.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { findMemberLocked, findOpenLink } from "./queries.ts";
import { hasJoined } from "./rules.ts";
import type { MemberVersion } from "./types.ts";

/**
 * Takes a member's open link back: it opens nothing any more. Somebody who never came in is then nobody's account,
 * disabled and in no list; the row stays, because the log names it. Refuses `stale_version` where somebody acted on
 * them meanwhile or the link was used, and `not_found`. Audits `invitation.withdraw`.
 */
export function withdrawInvitation(
  db: DatabaseOrTransaction,
  { memberId, version }: MemberVersion,
  actor: Actor,
  at: Date,
): Promise<{ ok: true } | { ok: false; code: "not_found" | "stale_version" }> {
  return joinOrOpenTransaction(db, async (tx) => {
    const member = await findMemberLocked(tx, memberId);
    if (member === null) return { ok: false, code: "not_found" };
    const link = await findOpenLink(tx, memberId);
    if (member.version !== version || link === null) return { ok: false, code: "stale_version" };
    await tx.update(memberInvitations).set({ withdrawnAt: at }).where(eq(memberInvitations.id, link.id));
    await tx
      .update(members)
      .set({ version: version + 1, disabledAt: hasJoined(member) ? member.disabledAt : at })
      .where(eq(members.id, memberId));
    await recordAudit(tx, {
      action: "invitation.withdraw",
      actor,
      at,
      entity: { type: "invitation", id: link.id },
      details: { memberId, purpose: link.purpose },
    });
    return { ok: true };
  });
}
