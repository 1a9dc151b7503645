"use server";

import { defineAction } from "#lib/action/define-action.ts";
import type { ActionOutcome } from "#lib/action/types.ts";
import { consoleRolloutDesk } from "#lib/console/rollout.ts";
import { changeRollout } from "#lib/rollout/change-rollout.ts";
import { reportFalseAccept } from "#lib/rollout/report-false-accept.ts";
import { haltSchema, releaseHaltSchema, reportFalseAcceptSchema } from "#lib/rollout/schema.ts";
import type { ChangeResult } from "#lib/rollout/types.ts";

/** What came of a change; why it did not happen is told in the form, and nothing typed is lost. */
function outcomeOf(result: ChangeResult): ActionOutcome<{ isConfirmed: boolean }> {
  if (result.ok) return { ok: true, data: { isConfirmed: result.state === "confirmed" } };
  return { ok: false, code: "invalid_input", fields: { rollout: [result.code] } };
}

export const haltAction = defineAction({
  name: "rollout.halt",
  permission: "rollout.halt",
  input: haltSchema,
  run: async ({ viewer }, { reason }) => {
    const wanted = { wish: { kind: "halt" }, seenVersion: null, digest: null, reason } as const;
    const actor = { id: viewer.memberId, role: viewer.role };
    return outcomeOf(await changeRollout(consoleRolloutDesk(), wanted, actor));
  },
});

export const releaseHaltAction = defineAction({
  name: "rollout.release_halt",
  permission: "rollout.release_halt",
  input: releaseHaltSchema,
  run: async ({ viewer }, { reason, version: seenVersion }) => {
    const wanted = { wish: { kind: "release_halt" }, seenVersion, digest: null, reason } as const;
    const actor = { id: viewer.memberId, role: viewer.role };
    return outcomeOf(await changeRollout(consoleRolloutDesk(), wanted, actor));
  },
});

export const reportFalseAcceptAction = defineAction({
  name: "false_accept.report",
  permission: "false_accept.report",
  input: reportFalseAcceptSchema,
  run: async ({ viewer, db, at }, input) => {
    const result = await reportFalseAccept(db, input, { id: viewer.memberId, role: viewer.role }, at);
    if (result.ok) return { ok: true, data: null };
    return { ok: false, code: "invalid_input", fields: { loginId: [result.code] } };
  },
});
