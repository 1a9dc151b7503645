import { eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { members } from "#db/schema/members.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { newIdAt } from "#lib/ids.ts";
import { issueLink } from "./issue-link.ts";
import { findAccountByEmail, lockMembers } from "./queries.ts";
import { isWithdrawn } from "./rules.ts";
import { type Invitee, inviteeSchema } from "./schema.ts";
import type { NewLink } from "./types.ts";

/**
 * Makes a member who has no password yet, and the link with which they come in. An account whose invitation was
 * withdrawn is taken up again, so that the log goes on naming it. Refuses `email_taken` where the address belongs to a
 * member or somebody invited. Throws ZodError for a bad address, name or role. Audits `member.invite` and
 * `invitation.issue`.
 */
export function inviteMember(
  db: DatabaseOrTransaction,
  invitee: Invitee,
  actor: Actor,
  at: Date,
): Promise<({ ok: true } & NewLink) | { ok: false; code: "email_taken" }> {
  const { email, name, role } = inviteeSchema.parse(invitee);
  return joinOrOpenTransaction(db, async (tx) => {
    await lockMembers(tx);
    const known = await findAccountByEmail(tx, email);
    if (known !== null && !isWithdrawn(known)) return { ok: false, code: "email_taken" };
    const memberId = known?.id ?? newIdAt(at);
    if (known === null) await tx.insert(members).values({ id: memberId, email, name, role, createdAt: at });
    else
      await tx
        .update(members)
        .set({ name, role, createdAt: at, disabledAt: null, version: known.version + 1 })
        .where(eq(members.id, memberId));
    await recordAudit(tx, {
      action: "member.invite",
      actor,
      at,
      entity: { type: "member", id: memberId },
      details: { role },
    });
    const member = { id: memberId, email };
    return { ok: true, ...(await issueLink(tx, { member, purpose: "join" }, actor, at)) };
  });
}
