import { judgeCompared, judgeLimited, logHarmNeeded, logHarmOf } from "./gates.ts";
import { logSum } from "./log-space.ts";
import {
  ALPHA,
  type Choice,
  MOST_DOUBLE_EXPOSED,
  REPORTED_FOR_COMPARISON,
  type VerdictReason,
} from "./schema.ts";
import { logSplit } from "./split.ts";
import type { Count, GateVerdict, StageInputs, Verdict } from "./types.ts";

const MINUTE_MS = 60_000;
/** From this exposure on, not seeing what happens wakes somebody. */
const PAGES_FROM_PERCENT = 25;
const BLIND_AFTER_SLICES = 3;

type Decided = Pick<Verdict, "decision" | "reason"> & Partial<Verdict>;
/** What the rule looks at, worked out once. */
type Sight = {
  inputs: StageInputs;
  nowMs: number;
  compared: GateVerdict[];
  limited: GateVerdict[];
  logSplit: number | null;
  invalid: VerdictReason | null;
  logHarm: number;
};

/**
 * Whether the stage goes on, holds or goes back: the rule's ten steps in order, the first that matches decides. Nothing
 * but the inputs is read, and equal inputs give equal verdicts to the byte. Never advances because time passed. Throws a
 * RangeError where the terms are impossible: weights above 1 together, a margin or limit out of range, or a margin and
 * evidence that do not belong together.
 */
export function judgeStage(inputs: StageInputs): Verdict {
  assertWeights(inputs);
  const sight = look(inputs);
  const decided =
    STEPS.reduce<Decided | null>((found, step) => found ?? step(sight), null) ?? cannotTell(sight);
  return {
    pages: false,
    metrics: [],
    slices: [],
    until: null,
    choices: [],
    logHarm: sight.logHarm,
    logHarmNeeded: logHarmNeeded(1),
    logSplit: sight.logSplit,
    gates: [...sight.compared, ...sight.limited],
    judgedAt: inputs.now,
    stage: inputs.stage.id,
    ...decided,
  };
}

/** One alpha is shared out: compared gates and hard limits together may not spend more than all of it. */
function assertWeights({ compared, limited, slices }: StageInputs): void {
  const together = (weights: number[]) => weights.reduce((sum, each) => sum + each, 0) <= 1 + 1e-9;
  const spent = [...compared.filter(({ mode }) => mode !== "signal"), ...limited.filter(({ hard }) => hard)];
  if (!together(spent.map(({ weight }) => weight)) || !together(slices.map(({ weight }) => weight)))
    throw new RangeError("The weights of the gates, or of the slices, add up to more than 1.");
}

function look(inputs: StageInputs): Sight {
  const nowMs = Date.parse(inputs.now);
  const traffic = { nowMs, elapsedHours: (nowMs - Date.parse(inputs.stage.startedAt)) / (60 * MINUTE_MS) };
  const share = inputs.stage.exposurePercent / 100;
  const { treated, control } = inputs.people;
  const isCompared = inputs.compared.length > 0 && share > 0 && share < 1;
  const split = isCompared ? logSplit(treated, control, share) : null;
  const invalid = isCompared ? whyInvalid(inputs, split ?? 0) : null;
  const compared = inputs.compared.map((gate) =>
    judgeCompared(gate, inputs.stage.id, invalid !== null, traffic),
  );
  const weighted = inputs.compared.flatMap(({ mode, weight }, place) =>
    mode === "signal" || weight === 0 ? [] : [Math.log(weight) + (compared[place]?.logHarm ?? 0)],
  );
  const limited = inputs.limited.map((gate) => judgeLimited(gate, traffic));
  // No compared gate is no evidence: a process that stands at 1, whose logarithm is 0.
  const harm = weighted.length > 0 ? logSum(weighted) : 0;
  return { inputs, nowMs, compared, limited, logSplit: split, invalid, logHarm: harm };
}

function whyInvalid({ people, legacyReported }: StageInputs, split: number): VerdictReason | null {
  if (split >= -Math.log(ALPHA.split)) return "split_off";
  // Somebody seen in both arms is counted in each of them.
  const distinct = people.treated + people.control - people.both;
  if (people.both > distinct * MOST_DOUBLE_EXPOSED) return "double_exposure";
  const isSilent = ({ count, of }: Count) => count < of * REPORTED_FOR_COMPARISON;
  return isSilent(legacyReported.treated) || isSilent(legacyReported.control) ? "legacy_unreported" : null;
}

type Step = (sight: Sight) => Decided | null;

const hold = (reason: VerdictReason, more: Partial<Verdict> = {}): Decided => ({
  decision: "hold",
  reason,
  ...more,
});
const metricsIn = (gates: readonly GateVerdict[], state: GateVerdict["state"]) =>
  gates.filter((gate) => gate.state === state).map(({ metric }) => metric);

const stopForSecurity: Step = ({ inputs }) =>
  inputs.securityEvents > 0 ? { decision: "roll_back", reason: "security_event", pages: true } : null;

const keepLimits: Step = ({ limited }) => {
  const metrics = metricsIn(limited, "fail");
  return metrics.length > 0 ? { decision: "roll_back", reason: "limit_broken", metrics } : null;
};

/** No data is never good news. */
const refuseBlind: Step = ({ inputs, nowMs }) => {
  const { coolDownMinutes, outcomeMinutes, newestLoginAt } = inputs;
  const began = Date.parse(inputs.stage.startedAt) + coolDownMinutes * MINUTE_MS;
  const newest = newestLoginAt === null ? began : Math.max(began, Date.parse(newestLoginAt));
  // Until its outcome window has closed no login can be counted.
  const sinceCounted = nowMs - newest - outcomeMinutes * MINUTE_MS;
  const isOld = sinceCounted > BLIND_AFTER_SLICES * inputs.sliceMinutes * MINUTE_MS;
  if (!isOld && !inputs.hasPipelineGap) return null;
  return hold("blind", { pages: inputs.stage.exposurePercent >= PAGES_FROM_PERCENT });
};

const refuseInvalid: Step = ({ invalid }) => (invalid ? hold(invalid) : null);

const stopHarm: Step = ({ inputs, compared, logHarm }) => {
  if (logHarm < logHarmNeeded(1)) return null;
  const failed = metricsIn(compared, "fail");
  return {
    decision: "roll_back",
    reason: "harm",
    metrics: failed.length > 0 ? failed : heaviest(inputs, compared),
  };
};

/** Where no metric would have done it alone, the one that weighed most is named. */
function heaviest({ compared: gates }: StageInputs, compared: readonly GateVerdict[]) {
  const weighed = gates
    .map(({ metric, weight, mode }, place) => ({
      metric,
      weighs:
        mode === "signal" ? Number.NEGATIVE_INFINITY : Math.log(weight) + (compared[place]?.logHarm ?? 0),
    }))
    .sort((a, b) => b.weighs - a.weighs);
  return weighed.slice(0, 1).map(({ metric }) => metric);
}

const refuseDrift: Step = ({ inputs }) => (inputs.hasDrifted ? hold("drift") : null);

const heedSignals: Step = ({ inputs, compared }) => {
  const metrics = metricsIn(compared, "suspect");
  if (metrics.length > 0) return hold("signal", { metrics });
  const harmed = inputs.slices.filter(
    ({ strata, settled, weight }) => logHarmOf(strata, settled) >= -Math.log(ALPHA.slice * weight),
  );
  if (harmed.length === 0) return null;
  return hold("slice", {
    slices: harmed.map(({ slice }) => slice),
    metrics: harmed.map(({ metric }) => metric),
  });
};

const wait: Step = ({ inputs, nowMs }) => {
  const { stage, freezeEndsAt, people } = inputs;
  if (inputs.isHeld) return hold("held");
  if (nowMs < Date.parse(stage.dwellEndsAt)) return hold("dwell", { until: stage.dwellEndsAt });
  if (freezeEndsAt !== null && nowMs < Date.parse(freezeEndsAt))
    return hold("freeze", { until: freezeEndsAt });
  return people.treated < stage.minimumPeople ? hold("too_few_people") : null;
};

const goOn: Step = ({ inputs, compared, limited }) => {
  if (inputs.stage.isLast) return hold("last_stage");
  const isKept = [...compared, ...limited].every(({ state }) =>
    ["pass", "harm_only", "signal"].includes(state),
  );
  if (!isKept) return null;
  return { decision: inputs.stage.asksForApproval ? "ask" : "advance", reason: "proven" };
};

const STEPS: readonly Step[] = [
  stopForSecurity,
  keepLimits,
  refuseBlind,
  refuseInvalid,
  stopHarm,
  refuseDrift,
  heedSignals,
  wait,
  goOn,
];

/** The tenth step: it holds, or a person is asked once the stage has lasted its longest. */
function cannotTell({ inputs, nowMs, compared, limited }: Sight): Decided {
  const gates = [...compared, ...limited];
  const open = gates.filter(({ state }) => state === "cannot_tell");
  const until = open.some(({ forecast }) => forecast?.at == null) ? null : latest(open);
  const choices: Choice[] = compared.some(({ state }) => state === "cannot_tell") ? ["widen"] : [];
  const { maximumEndsAt } = inputs.stage;
  if (isBeyond(compared, maximumEndsAt)) choices.push("harm_only");
  if (maximumEndsAt !== null && nowMs >= Date.parse(maximumEndsAt))
    return {
      decision: "ask",
      reason: "overdue",
      until,
      metrics: open.map(({ metric }) => metric),
      choices: ["extend", ...choices, "roll_back"],
    };
  const suspect = metricsIn(limited, "suspect");
  if (suspect.length > 0) return hold("limit_in_doubt", { metrics: suspect, choices });
  return hold("cannot_tell", { until, metrics: open.map(({ metric }) => metric), choices });
}

/** A compared gate that cannot be proven within the stage's longest may be told to roll back only. */
const isBeyond = (compared: readonly GateVerdict[], end: string | null): boolean =>
  end !== null &&
  compared.some(
    ({ state, forecast }) =>
      state === "cannot_tell" && (forecast?.at == null || Date.parse(forecast.at) > Date.parse(end)),
  );

const latest = (gates: readonly GateVerdict[]): string | null =>
  gates
    .flatMap(({ forecast }) => forecast?.at ?? [])
    .sort()
    .at(-1) ?? null;
