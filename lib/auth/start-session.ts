import type { DatabaseOrTransaction } from "#db/client.ts";
import { memberSessions } from "#db/schema/members.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { newIdAt } from "#lib/ids.ts";
import type { Role } from "#lib/members/schema.ts";
import type { Proof } from "./types.ts";

type SessionStart = { memberId: string; role: Role; provedWith: Proof };

/**
 * Writes the session of a member who has just proved who they are, in the caller's transaction, which has looked that
 * the account is not disabled. Audits session.open.
 */
export async function startSession(
  tx: DatabaseOrTransaction,
  { memberId, role, provedWith }: SessionStart,
  at: Date,
): Promise<string> {
  const id = newIdAt(at);
  await tx
    .insert(memberSessions)
    .values({ id, memberId, createdAt: at, seenAt: at, endedAt: null, provedAt: at, provedWith });
  await recordAudit(tx, {
    action: "session.open",
    actor: { id: memberId, role },
    at,
    entity: { type: "session", id },
    details: { memberId, provedWith },
  });
  return id;
}
