import { DEVICE_CLASSES } from "#lib/logins/schema.ts";
import type { PlannedStage, RolloutPlan } from "#lib/rollout/schema.ts";
import { addStrata, startOdds } from "#lib/rollout-evidence/odds.ts";
import { COMPARED_METRICS, type ComparedMetric, LIMITED_METRICS } from "#lib/rollout-evidence/schema.ts";
import type {
  ComparedGate,
  HarmHistory,
  LimitedGate,
  SliceGate,
  StageInputs,
} from "#lib/rollout-evidence/types.ts";
import { endStage } from "#lib/rollout-evidence/whole-rollout.ts";
import { dwellEndsAt, quietUntil, strataOf, sumOfArm } from "./rules.ts";
import type { LivedStage, StageEvidence } from "./types.ts";

/** The parts of one alpha: what rolls back spends all of it together. A slow call is soft and holds by itself alone. */
const WEIGHTS = {
  not_completed: 0.4,
  lockout: 0.2,
  slow_login: 0.2,
  fallback: 0.1,
  api_error: 0.1,
  slow_call: 0.1,
} as const;
const DAY_MS = 86_400_000;

/** What one verdict rests on, in the words of the rule. Pure; what is settled already goes in as sums, so that it stays small. */
export function composeInputs(evidence: StageEvidence): StageInputs {
  const { now, timeZone, stage, plan, people } = evidence;
  const planned = plannedOf(evidence);
  const [treated, control] = [sumOfArm(evidence.slices, "biometric"), sumOfArm(evidence.slices, "legacy")];
  return {
    now: now.toISOString(),
    stage: {
      id: keyOf(stage),
      exposurePercent: stage.exposurePercent,
      startedAt: stage.beganAt.toISOString(),
      dwellEndsAt: dwellEndsAt(stage.beganAt, planned, timeZone).toISOString(),
      maximumEndsAt: new Date(stage.beganAt.getTime() + planned.maxDwellDays * DAY_MS).toISOString(),
      minimumPeople: planned.minPeople,
      asksForApproval: planned.advances === "asks",
      isLast: stage.place === plan.stages.length - 1,
    },
    compared: isCompared(stage) ? COMPARED_METRICS.map((metric) => comparedGate(evidence, metric)) : [],
    limited: LIMITED_METRICS.map((metric) => limitedGate(evidence, metric)),
    slices: isCompared(stage) ? sliceGates(evidence) : [],
    securityEvents: evidence.securityEvents,
    newestLoginAt: evidence.newestLoginAt?.toISOString() ?? null,
    sliceMinutes: plan.sliceMinutes,
    coolDownMinutes: plan.coolDownMinutes,
    outcomeMinutes: plan.outcomeMinutes,
    hasPipelineGap: evidence.hasPipelineGap,
    people,
    legacyReported: {
      treated: { count: treated.reported, of: treated.onLegacy },
      control: { count: control.reported, of: control.onLegacy },
    },
    hasDrifted: evidence.hasDrifted,
    isHeld: evidence.isHeld,
    freezeEndsAt: quietUntil(now, plan.quietHours, timeZone)?.toISOString() ?? null,
  };
}

/** Early adopters chose themselves, and at 100 percent nobody is left to compare with. */
const isCompared = ({ exposurePercent }: LivedStage): boolean => exposurePercent > 0 && exposurePercent < 100;

/** A stage is known by its exposure: one that is entered again goes on with the harm it showed before. */
const keyOf = ({ exposurePercent }: LivedStage): string => `exposure-${exposurePercent}`;

function plannedOf({ plan, stage }: Pick<StageEvidence, "plan" | "stage">): PlannedStage {
  const planned = plan.stages[stage.place];
  if (planned === undefined) throw new Error(`The plan has no stage at place ${stage.place}.`);
  return planned;
}

/** A stage without a margin, and a gate that a person made so, still roll back and no longer hold. */
function comparedGate(evidence: StageEvidence, metric: ComparedMetric): ComparedGate {
  const planned = plannedOf(evidence);
  const margin = planned.harmOnly.includes(metric) ? null : planned.margin;
  const strata = strataOf(evidence.slices, metric);
  return {
    metric,
    mode: margin === null ? "harm_only" : "margin",
    margin,
    weight: WEIGHTS[metric],
    settled: addStrata(startOdds({ margin, interval: true }), strata),
    strata: [],
    history: historyOf(evidence, metric),
  };
}

function historyOf({ earlier, planned }: StageEvidence, metric: ComparedMetric): HarmHistory {
  const compared = earlier.filter(({ stage }) => isCompared(stage));
  return compared.reduce<HarmHistory>(
    (history, { stage, slices }) =>
      endStage(history, keyOf(stage), addStrata(NOTHING_YET, strataOf(slices, metric))),
    { stageCount: planned.compared, stages: [] },
  );
}

const NOTHING_YET = startOdds({ margin: null, interval: false });

function limitedGate(
  { plan, limits, earlier, planned }: StageEvidence,
  metric: LimitedGate["metric"],
): LimitedGate {
  return {
    metric,
    limit: limitOf(plan, metric),
    hard: metric !== "slow_call",
    weight: WEIGHTS[metric],
    seen: limits[metric],
    before: earlier.map((each) => each.limits[metric]),
    stageCount: planned.stages,
  };
}

function limitOf({ limits }: RolloutPlan, metric: LimitedGate["metric"]): number {
  const percents = {
    fallback: limits.fallbackPercent,
    api_error: limits.apiErrorPercent,
    slow_call: limits.slowCallPercent,
  };
  return percents[metric] / 100;
}

/** Each class of device by itself: an average can hide one that always fails. As many parts of alpha as there are classes. */
function sliceGates({ slices }: StageEvidence): SliceGate[] {
  const classes = DEVICE_CLASSES.filter((name) =>
    slices.some(({ arm, deviceClass }) => arm === "biometric" && deviceClass === name),
  );
  return classes.map((name) => {
    const own = slices.filter(({ deviceClass }) => deviceClass === name);
    return {
      slice: name,
      metric: "not_completed",
      weight: 1 / DEVICE_CLASSES.length,
      settled: addStrata(NOTHING_YET, strataOf(own, "not_completed")),
      strata: [],
    };
  });
}
