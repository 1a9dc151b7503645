import type { ActionOutcome } from "#lib/action/types.ts";
import type { Actor } from "#lib/audit/types.ts";
import type { Viewer } from "#lib/auth/types.ts";
import type { BatchRefusal } from "#lib/request-batches/types.ts";

export const memberOf = ({ memberId, role }: Viewer): Extract<Actor, { id: string }> => ({
  id: memberId,
  role,
});

/** A verb's result as the action's: what somebody did meanwhile is a conflict, what cannot be is told in the dialog. */
export function batchOutcome(result: { ok: true } | { ok: false; code: BatchRefusal }): ActionOutcome<null> {
  if (result.ok) return { ok: true, data: null };
  const { code } = result;
  if (code === "not_found") return { ok: false, code };
  if (code === "stale_version" || code === "illegal_step") return { ok: false, code: "conflict" };
  return { ok: false, code: "invalid_input", fields: { batch: [code] } };
}
