import { eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { members } from "#db/schema/members.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { findMemberLocked } from "./queries.ts";
import type { MemberVersion } from "./types.ts";

/**
 * Lets a disabled member sign in again, with the role, the password and the second factor they had. Refuses
 * `stale_version` where somebody acted on them meanwhile, and `not_found`. Audits `member.enable`.
 */
export function enableMember(
  db: DatabaseOrTransaction,
  { memberId, version }: MemberVersion,
  actor: Actor,
  at: Date,
): Promise<{ ok: true } | { ok: false; code: "not_found" | "stale_version" }> {
  return joinOrOpenTransaction(db, async (tx) => {
    const member = await findMemberLocked(tx, memberId);
    if (member === null) return { ok: false, code: "not_found" };
    if (member.version !== version || member.disabledAt === null) return { ok: false, code: "stale_version" };
    await tx
      .update(members)
      .set({ disabledAt: null, version: version + 1 })
      .where(eq(members.id, memberId));
    await recordAudit(tx, {
      action: "member.enable",
      actor,
      at,
      entity: { type: "member", id: memberId },
      details: { role: member.role },
    });
    return { ok: true };
  });
}
