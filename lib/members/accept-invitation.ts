import { eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { memberInvitations, members } from "#db/schema/members.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { hashLinkToken, hasTokenForm } from "#lib/auth/link-token.ts";
import { hashPassword } from "#lib/auth/passwords.ts";
import { endSessions } from "./end-sessions.ts";
import { findAccountLocked, findLink } from "./queries.ts";
import { refuseLink } from "./refuse-link.ts";
import { troubleOfLink } from "./rules.ts";
import { type Acceptance, acceptanceSchema } from "./schema.ts";
import type { LinkPurpose, LinkTrouble } from "./types.ts";

export type AcceptInvitationResult =
  | { ok: true; memberId: string; purpose: LinkPurpose }
  | { ok: false; code: LinkTrouble };

/**
 * Sets the password of whoever holds an open link, and the name of somebody new; ends the member's sessions. Of two who
 * come with one link the second is told it is used. The work of hashing is done only for a link that is open. Throws
 * ZodError for a bad name or password. Audits `invitation.accept` or `invitation.refuse`, and `session.end` for each
 * session.
 */
export async function acceptInvitation(
  db: DatabaseOrTransaction,
  acceptance: Acceptance,
  at: Date,
): Promise<AcceptInvitationResult> {
  const { token, name, password } = acceptanceSchema.parse(acceptance);
  const tokenHash = hashLinkToken(token);
  const seen = hasTokenForm(token) ? await findLink(db, tokenHash) : null;
  const trouble = troubleOfLink(seen, at);
  if (seen === null || trouble !== null) return refuseLink(db, seen, trouble ?? "unknown", at);
  const passwordHash = await hashPassword(password);
  return joinOrOpenTransaction(db, async (tx) => {
    // Whoever acts on the member or uses the link holds the account's row: what was seen may have changed until now.
    const member = await findAccountLocked(tx, seen.member.id);
    const link = await findLink(tx, tokenHash);
    const late = troubleOfLink(link, at);
    if (member === null || late !== null) return refuseLink(tx, link, late ?? "unknown", at);
    const { id: memberId, version, role } = member;
    const { id, purpose } = seen;
    const named = purpose === "join" ? { name } : {};
    await tx
      .update(members)
      .set({ passwordHash, ...named, version: version + 1 })
      .where(eq(members.id, memberId));
    await tx.update(memberInvitations).set({ usedAt: at }).where(eq(memberInvitations.id, id));
    const actor = { id: memberId, role };
    await recordAudit(tx, {
      action: "invitation.accept",
      actor,
      at,
      entity: { type: "invitation", id },
      details: { memberId, purpose },
    });
    await endSessions(tx, { memberId }, actor, at);
    return { ok: true, memberId, purpose };
  });
}
