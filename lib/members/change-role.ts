import { eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { members } from "#db/schema/members.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { endSessions } from "./end-sessions.ts";
import { countHolders, findMemberLocked } from "./queries.ts";
import { refuseChange } from "./refuse-change.ts";
import { troubleOfChange } from "./rules.ts";
import type { Role } from "./schema.ts";
import type { ChangeTrouble, MemberVersion } from "./types.ts";

export type ChangeRoleResult =
  | { ok: true; endedSessions: number }
  | { ok: false; code: "not_found" | "stale_version" | "same_role" | ChangeTrouble };

/**
 * Gives a member another role and ends their sessions in the same transaction: the old role opens nothing from the next
 * click on. Refuses `own_account` and `last_of_role`, both audited; `same_role`, `not_found`, and `stale_version` where
 * somebody acted on them meanwhile or they are disabled. Audits `member.change_role` with before and after, and
 * `session.end` for each session.
 */
export function changeRole(
  db: DatabaseOrTransaction,
  { memberId, version, role }: MemberVersion & { role: Role },
  actor: Actor,
  at: Date,
): Promise<ChangeRoleResult> {
  return joinOrOpenTransaction(db, async (tx) => {
    const member = await findMemberLocked(tx, memberId);
    if (member === null) return { ok: false, code: "not_found" };
    if (member.version !== version || member.disabledAt !== null) return { ok: false, code: "stale_version" };
    if (member.role === role) return { ok: false, code: "same_role" };
    const trouble = troubleOfChange(member, actor.id, await countHolders(tx));
    if (trouble !== null) return refuseChange(tx, "member.change_role", trouble, actor, at);
    await tx
      .update(members)
      .set({ role, version: version + 1 })
      .where(eq(members.id, memberId));
    await recordAudit(tx, {
      action: "member.change_role",
      actor,
      at,
      entity: { type: "member", id: memberId },
      details: { before: member.role, after: role },
    });
    const { ended } = await endSessions(tx, { memberId }, actor, at);
    return { ok: true, endedSessions: ended };
  });
}
