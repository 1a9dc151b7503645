import type { DatabaseOrTransaction } from "#db/client.ts";
import type { Actor } from "#lib/audit/types.ts";
import { recordRefusal } from "#lib/auth/record-refusal.ts";
import type { ChangeTrouble } from "./types.ts";

type MemberAct = "member.change_role" | "member.disable" | "member.issue_return_link";

/** Writes down that somebody tried what nobody may do to this member, and hands the refusal on. Audits `action.refuse`. */
export async function refuseChange(
  tx: DatabaseOrTransaction,
  action: MemberAct,
  because: ChangeTrouble,
  actor: Actor,
  at: Date,
): Promise<{ ok: false; code: ChangeTrouble }> {
  await recordRefusal(tx, { actor, action, permission: "members.change", because }, at);
  return { ok: false, code: because };
}
