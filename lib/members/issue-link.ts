import { eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { memberInvitations } from "#db/schema/members.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { hashLinkToken, newLinkToken } from "#lib/auth/link-token.ts";
import { newIdAt } from "#lib/ids.ts";
import { findOpenLink } from "./queries.ts";
import { linkEnd } from "./rules.ts";
import type { LinkPurpose, NewLink } from "./types.ts";

/**
 * Makes a link for a member whose account the caller has locked, and returns its token, the only time it can be read.
 * A link that was open until now opens nothing any more. Audits `invitation.issue`.
 */
export async function issueLink(
  tx: DatabaseOrTransaction,
  { member, purpose }: { member: { id: string; email: string }; purpose: LinkPurpose },
  actor: Actor,
  at: Date,
): Promise<NewLink> {
  const { id: memberId, email } = member;
  const before = await findOpenLink(tx, memberId);
  if (before !== null)
    await tx.update(memberInvitations).set({ withdrawnAt: at }).where(eq(memberInvitations.id, before.id));
  const id = newIdAt(at);
  const token = newLinkToken();
  const expiresAt = linkEnd(purpose, at);
  await tx.insert(memberInvitations).values({
    id,
    memberId,
    purpose,
    tokenHash: hashLinkToken(token),
    createdBy: actor.id,
    createdAt: at,
    expiresAt,
  });
  await recordAudit(tx, {
    action: "invitation.issue",
    actor,
    at,
    entity: { type: "invitation", id },
    details: { memberId, purpose, expiresAt: expiresAt.toISOString(), replaces: before?.id ?? null },
  });
  return { memberId, email, invitationId: id, purpose, token, expiresAt };
}
