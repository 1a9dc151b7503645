import type { ActionOutcome } from "#lib/action/types.ts";
import type { Viewer } from "#lib/auth/types.ts";
import { consoleAuditKey } from "#lib/console/audit.ts";
import { consoleSettings } from "#lib/console/runtime.ts";

/** Who moves the request, and what its deadlines and its names in the log need. */
export const moverOf = ({ memberId: id, role }: Viewer) => ({
  actor: { id, role },
  auditKey: consoleAuditKey(),
  timeZone: consoleSettings().timeZone,
});

/** A verb's result as the action's: why the request did not move is told in the form, and nothing typed is lost. */
export function outcomeOf(result: { ok: true } | { ok: false; code: string }): ActionOutcome<null> {
  if (result.ok) return { ok: true, data: null };
  if (result.code === "not_found") return { ok: false, code: "not_found" };
  if (result.code === "not_your_role") return { ok: false, code: "forbidden" };
  return { ok: false, code: "invalid_input", fields: { request: [result.code] } };
}
