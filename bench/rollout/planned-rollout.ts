import { PLAN_TEMPLATES } from "#lib/rollout/schema.ts";
import { judgeStage } from "#lib/rollout-evidence/judge-stage.ts";
import type { Stratum, Verdict } from "#lib/rollout-evidence/types.ts";
import { composeInputs } from "#lib/rollout-judging/compose-inputs.ts";
import type { SliceSums, StageEvidence } from "#lib/rollout-judging/types.ts";
import type { Chance } from "./chance.ts";
import { replays } from "./replays.ts";
import { drawHour, underOdds, type World } from "./world.ts";

/** The plan that the console offers first, looked at each hour. */
const PLAN = { ...PLAN_TEMPLATES.proven, sliceMinutes: 60, coolDownMinutes: 0, outcomeMinutes: 0.05 };
/** From the first stage in which both ways are compared to the last that must be proven. */
const PLACES = [1, 2, 3, 4] as const;
const BEGAN_MS = Date.parse("2026-03-02T00:00:00.000Z");
const MOST_HOURS = 60 * 24;
/** What goes on beside the comparison, and is as it should be. */
const USUAL = { lockout: 0.005, slow: 0.02, fallback: 0.08, apiError: 0.005, slowCall: 0.02 };

export type PlannedEnding = {
  end: "shipped" | "rolled_back" | "holding";
  hours: number;
  stage: number;
  verdicts: number;
  differing: number;
  /** What held after the least dwell, and for how many hours. */
  heldBy: Map<Verdict["reason"], number>;
};

/**
 * A rollout by the plan that is offered first, with all its gates: what the worker looks up is simulated, and from there on
 * nothing is: `composeInputs` and `judgeStage` are the product's. Approvals are given when they are asked for.
 */
export function runPlanned(world: World, odds: number, chance: Chance): PlannedEnding {
  const told = { hours: 0, verdicts: 0, differing: 0, heldBy: new Map<Verdict["reason"], number>() };
  const earlier: StageEvidence["earlier"] = [];
  for (const place of PLACES) {
    const evidence = startStage(place, told.hours, earlier);
    for (;;) {
      if (told.hours++ >= MOST_HOURS) return { ...told, end: "holding", stage: place };
      addHour(evidence, told.hours, world, odds, chance);
      const inputs = composeInputs(evidence);
      const verdict = judgeStage(inputs);
      told.verdicts++;
      if (!replays(inputs, verdict)) told.differing++;
      if (verdict.decision === "roll_back") return { ...told, end: "rolled_back", stage: place };
      if (verdict.reason === "proven") break;
      if (verdict.reason !== "dwell")
        told.heldBy.set(verdict.reason, (told.heldBy.get(verdict.reason) ?? 0) + 1);
    }
    earlier.push(evidence);
  }
  return { ...told, end: "shipped", stage: PLACES.length + 1 };
}

function startStage(place: number, hour: number, earlier: StageEvidence["earlier"]): StageEvidence {
  const none = () => ({ count: 0, of: 0 });
  const now = new Date(BEGAN_MS + hour * 3_600_000);
  return {
    now,
    timeZone: "America/Sao_Paulo",
    stage: {
      id: `stage-${place}`,
      place,
      exposurePercent: PLAN.stages[place]?.exposurePercent ?? 0,
      beganAt: now,
      countedTo: null,
    },
    plan: PLAN,
    planned: { stages: PLAN.stages.length, compared: PLACES.length + 1 },
    earlier: [...earlier],
    slices: [],
    limits: { fallback: none(), api_error: none(), slow_call: none() },
    people: { treated: 0, control: 0, both: 0 },
    securityEvents: 0,
    newestLoginAt: now,
    hasPipelineGap: false,
    hasDrifted: false,
    isHeld: false,
  };
}

function addHour(evidence: StageEvidence, hour: number, world: World, odds: number, chance: Chance): void {
  const startsAt = evidence.now;
  evidence.now = new Date(BEGAN_MS + hour * 3_600_000);
  evidence.newestLoginAt = evidence.now;
  const drawn = drawHour(world, hour, evidence.stage.exposurePercent / 100, odds, chance);
  evidence.slices.push(
    armOf("biometric", startsAt, drawn, odds, chance),
    armOf("legacy", startsAt, drawn, 1, chance),
  );
  evidence.people.treated += drawn.treated;
  evidence.people.control += drawn.control;
  const shares = { fallback: USUAL.fallback, api_error: USUAL.apiError, slow_call: USUAL.slowCall };
  for (const metric of ["fallback", "api_error", "slow_call"] as const) {
    evidence.limits[metric].count += chance.binomial(drawn.treated, shares[metric]);
    evidence.limits[metric].of += drawn.treated;
  }
}

/** One way of an hour. Lockouts rise with the odds as logins that are not completed do; how slow it is does not. */
function armOf(
  arm: SliceSums["arm"],
  startsAt: Date,
  drawn: Stratum,
  odds: number,
  chance: Chance,
): SliceSums {
  const [people, notCompleted] =
    arm === "biometric" ? [drawn.treated, drawn.treatedBad] : [drawn.control, drawn.controlBad];
  const onLegacy = arm === "legacy" ? people : chance.binomial(people, USUAL.fallback);
  return {
    startsAt,
    arm,
    deviceClass: "phone_android",
    people,
    approved: people - onLegacy,
    notCompleted,
    lockedOut: chance.binomial(people, underOdds(USUAL.lockout, odds)),
    slow: chance.binomial(people, USUAL.slow),
    onLegacy,
    reported: onLegacy,
  };
}
