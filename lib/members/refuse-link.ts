import type { DatabaseOrTransaction } from "#db/client.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { LinkTrouble } from "./types.ts";

/** Writes down that somebody came with a link that opens nothing, and hands the refusal on. Audits `invitation.refuse`. */
export async function refuseLink(
  db: DatabaseOrTransaction,
  link: { id: string; member: { id: string } } | null,
  code: LinkTrouble,
  at: Date,
): Promise<{ ok: false; code: LinkTrouble }> {
  await recordAudit(db, {
    action: "invitation.refuse",
    actor: { id: null, role: "system" },
    at,
    entity: { type: "invitation", id: link?.id ?? null },
    details: { memberId: link?.member.id ?? null, code },
  });
  return { ok: false, code };
}
