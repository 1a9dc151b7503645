import type { ActionOutcome } from "#lib/action/types.ts";
import type { ConfirmCodeAppResult } from "#lib/auth/confirm-code-app.ts";

type Refused = Exclude<Extract<ConfirmCodeAppResult, { ok: false }>["code"], "stale">;

/** What came of a first code: recovery codes, or what to do next; an app set up meanwhile elsewhere is a conflict. */
export function setUpOutcomeOf(
  result: ConfirmCodeAppResult,
): ActionOutcome<{ recoveryCodes: string[] } | { refused: Refused }> {
  if (result.ok) return { ok: true, data: { recoveryCodes: result.recoveryCodes } };
  if (result.code === "stale") return { ok: false, code: "conflict" };
  return { ok: true, data: { refused: result.code } };
}
