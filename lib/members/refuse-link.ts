import type { DatabaseOrTransaction } from "#db/client.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { log } from "#lib/log.ts";
import type { LinkTrouble } from "./types.ts";

/**
 * Writes down that somebody came with a link that opens nothing, and hands the refusal on. Audits `invitation.refuse`
 * where the link was one of ours; who comes with any other is a stranger, who leaves a line in the console's log, so
 * that nobody who can reach the console makes the audit log grow.
 */
export async function refuseLink(
  db: DatabaseOrTransaction,
  link: { id: string; member: { id: string } } | null,
  code: LinkTrouble,
  at: Date,
): Promise<{ ok: false; code: LinkTrouble }> {
  if (link === null) log.warn("a link was refused: it is none of ours");
  else
    await recordAudit(db, {
      action: "invitation.refuse",
      actor: { id: null, role: "system" },
      at,
      entity: { type: "invitation", id: link.id },
      details: { memberId: link.member.id, code },
    });
  return { ok: false, code };
}
