import type { ActionOutcome } from "#lib/action/types.ts";
import type { PermittedViewer } from "#lib/auth/types.ts";
import type { ChangeRefusal, ChangeResult, PlanRefusal, Wish } from "#lib/rollout/types.ts";

export const actorOf = ({ memberId, role }: PermittedViewer) => ({ id: memberId, role });

/** What a form approved: exactly the difference that was shown. */
export const approvedBy = (
  { version, digest, reason }: { version: number; digest: string; reason: string },
  wish: Wish,
) => ({ wish, seenVersion: version, digest, reason });

/** Why nothing was done; told in the form, and nothing typed is lost. */
export const refused = (code: ChangeRefusal | PlanRefusal | "open_already"): ActionOutcome<never> => ({
  ok: false,
  code: "invalid_input",
  fields: { rollout: [code] },
});

/** What came of a change. */
export function outcomeOf(result: ChangeResult): ActionOutcome<{ isConfirmed: boolean }> {
  if (!result.ok) return refused(result.code);
  return { ok: true, data: { isConfirmed: result.state === "confirmed" } };
}
