"use server";

import { defineAction } from "#lib/action/define-action.ts";
import { consoleRolloutDesk } from "#lib/console/rollout.ts";
import { adoptDrift } from "#lib/rollout/adopt-drift.ts";
import { changePlan } from "#lib/rollout/change-plan.ts";
import { changeRollout } from "#lib/rollout/change-rollout.ts";
import { createRollout } from "#lib/rollout/create-rollout.ts";
import { drillHalt } from "#lib/rollout/drill-halt.ts";
import { reportFalseAccept } from "#lib/rollout/report-false-accept.ts";
import { revertDrift } from "#lib/rollout/revert-drift.ts";
import {
  changePlanSchema,
  changeRolloutSchema,
  createRolloutSchema,
  drillSchema,
  haltSchema,
  releaseHaltSchema,
  reportFalseAcceptSchema,
  rollBackSchema,
} from "#lib/rollout/schema.ts";
import { actorOf, approvedBy, outcomeOf, refused } from "./outcomes.ts";

/** More people than this are offered the path by a permission of its own. */
const HALF_PERCENT = 50;

export const haltAction = defineAction({
  name: "rollout.halt",
  permission: "rollout.halt",
  input: haltSchema,
  run: async ({ viewer }, { reason }) => {
    const wanted = { wish: { kind: "halt" }, seenVersion: null, digest: null, reason } as const;
    return outcomeOf(await changeRollout(consoleRolloutDesk(), wanted, actorOf(viewer)));
  },
});

export const releaseHaltAction = defineAction({
  name: "rollout.release_halt",
  permission: "rollout.release_halt",
  input: releaseHaltSchema,
  run: async ({ viewer }, { reason, version: seenVersion }) => {
    const wanted = { wish: { kind: "release_halt" }, seenVersion, digest: null, reason } as const;
    return outcomeOf(await changeRollout(consoleRolloutDesk(), wanted, actorOf(viewer)));
  },
});

export const reportFalseAcceptAction = defineAction({
  name: "false_accept.report",
  permission: "false_accept.report",
  input: reportFalseAcceptSchema,
  run: async ({ viewer, db, at }, input) => {
    const result = await reportFalseAccept(db, input, actorOf(viewer), at);
    if (result.ok) return { ok: true, data: null };
    return { ok: false, code: "invalid_input", fields: { loginId: [result.code] } };
  },
});

export const createRolloutAction = defineAction({
  name: "rollout.create",
  permission: "rollout.change",
  input: createRolloutSchema,
  run: async ({ db, viewer, at }, input) => {
    const made = await createRollout(db, input, actorOf(viewer), at);
    return made.ok ? { ok: true, data: {} } : refused(made.code);
  },
});

export const changePlanAction = defineAction({
  name: "rollout.change_plan",
  permission: "rollout.change_plan",
  input: changePlanSchema,
  run: async ({ db, viewer, at }, input) => {
    const changed = await changePlan(db, input, actorOf(viewer), at);
    return changed.ok ? { ok: true, data: {} } : refused(changed.code);
  },
});

export const startRolloutAction = defineAction({
  name: "rollout.start",
  permission: "rollout.change",
  input: changeRolloutSchema,
  run: async ({ viewer }, input) => {
    const wanted = { ...approvedBy(input, { kind: "start" }), mostPercent: HALF_PERCENT };
    return outcomeOf(await changeRollout(consoleRolloutDesk(), wanted, actorOf(viewer)));
  },
});

export const advanceAction = defineAction({
  name: "rollout.advance",
  permission: "rollout.change",
  input: changeRolloutSchema,
  run: async ({ viewer }, input) => {
    const wanted = { ...approvedBy(input, { kind: "advance" }), mostPercent: HALF_PERCENT };
    return outcomeOf(await changeRollout(consoleRolloutDesk(), wanted, actorOf(viewer)));
  },
});

export const advancePastHalfAction = defineAction({
  name: "rollout.advance",
  permission: "rollout.advance_past_half",
  input: changeRolloutSchema,
  run: async ({ viewer }, input) => {
    const wanted = approvedBy(input, { kind: "advance" });
    return outcomeOf(await changeRollout(consoleRolloutDesk(), wanted, actorOf(viewer)));
  },
});

export const holdAction = defineAction({
  name: "rollout.hold",
  permission: "rollout.change",
  input: changeRolloutSchema,
  run: async ({ viewer }, input) =>
    outcomeOf(
      await changeRollout(consoleRolloutDesk(), approvedBy(input, { kind: "hold" }), actorOf(viewer)),
    ),
});

export const resumeAction = defineAction({
  name: "rollout.resume",
  permission: "rollout.change",
  input: changeRolloutSchema,
  run: async ({ viewer }, input) =>
    outcomeOf(
      await changeRollout(consoleRolloutDesk(), approvedBy(input, { kind: "resume" }), actorOf(viewer)),
    ),
});

export const rollBackAction = defineAction({
  name: "rollout.roll_back",
  permission: "rollout.change",
  input: rollBackSchema,
  run: async ({ viewer }, { to, ...input }) => {
    const wanted = approvedBy(input, { kind: "roll_back", to });
    return outcomeOf(await changeRollout(consoleRolloutDesk(), wanted, actorOf(viewer)));
  },
});

export const finishAction = defineAction({
  name: "rollout.finish",
  permission: "rollout.change",
  input: changeRolloutSchema,
  run: async ({ viewer }, input) =>
    outcomeOf(
      await changeRollout(consoleRolloutDesk(), approvedBy(input, { kind: "finish" }), actorOf(viewer)),
    ),
});

/** Adopting may widen, as far as past half. */
export const adoptAction = defineAction({
  name: "rollout.adopt",
  permission: "rollout.advance_past_half",
  input: changeRolloutSchema,
  run: async ({ viewer }, { version: seenVersion, ...seen }) =>
    outcomeOf(await adoptDrift(consoleRolloutDesk(), { seenVersion, ...seen }, actorOf(viewer))),
});

export const revertAction = defineAction({
  name: "rollout.revert",
  permission: "rollout.change",
  input: changeRolloutSchema,
  run: async ({ viewer }, { version: seenVersion, ...seen }) =>
    outcomeOf(await revertDrift(consoleRolloutDesk(), { seenVersion, ...seen }, actorOf(viewer))),
});

export const drillAction = defineAction({
  name: "rollout.drill",
  permission: "rollout.change",
  input: drillSchema,
  run: async ({ viewer }, { version: seenVersion, reason }) =>
    outcomeOf(await drillHalt(consoleRolloutDesk(), { seenVersion, reason }, actorOf(viewer))),
});
