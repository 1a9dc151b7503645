import type { DatabaseOrTransaction } from "#db/client.ts";
import { hashLinkToken, hasTokenForm } from "#lib/auth/link-token.ts";
import { findLink } from "./queries.ts";
import { refuseLink } from "./refuse-link.ts";
import { troubleOfLink } from "./rules.ts";
import type { Invitation, LinkTrouble } from "./types.ts";

/**
 * What a link opens, for the page that its holder sees first. Nothing is changed by looking: mail scanners look at
 * links too. A link that opens nothing is refused with its reason. Audits `invitation.refuse`.
 */
export async function examineInvitation(
  db: DatabaseOrTransaction,
  token: string,
  now: Date,
): Promise<{ ok: true; invitation: Invitation } | { ok: false; code: LinkTrouble }> {
  const link = hasTokenForm(token) ? await findLink(db, hashLinkToken(token)) : null;
  const trouble = troubleOfLink(link, now);
  if (link === null || trouble !== null) return refuseLink(db, link, trouble ?? "unknown", now);
  const { purpose, expiresAt, member } = link;
  const { name, email, role } = member;
  return { ok: true, invitation: { purpose, expiresAt, name, email, role } };
}
