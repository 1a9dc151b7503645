import type { ActionOutcome } from "#lib/action/types.ts";
import type { Actor } from "#lib/audit/types.ts";
import type { Viewer } from "#lib/auth/types.ts";

type Refusal = {
  ok: false;
  code: "not_found" | "stale_version" | "name_taken" | "two_live" | "not_live" | "still_used";
};
type Done<Result> = Omit<Extract<Result, { ok: true }>, "ok">;

/** A verb's result as the action's: what somebody else did meanwhile is a conflict, a taken name a field to correct. */
export function outcomeOf<Result extends { ok: true } | Refusal>(
  result: Result,
): ActionOutcome<Done<Result>> {
  if (result.ok) {
    const { ok: _, ...data } = result as Extract<Result, { ok: true }>;
    return { ok: true, data };
  }
  if (result.code === "name_taken") return { ok: false, code: "invalid_input", fields: { name: ["taken"] } };
  return { ok: false, code: result.code === "not_found" ? "not_found" : "conflict" };
}

export const actorOf = ({ memberId, role }: Viewer): Actor => ({ id: memberId, role });
