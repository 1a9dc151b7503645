import { evidenceOf } from "#lib/rollout-evidence/gates.ts";
import { judgeStage } from "#lib/rollout-evidence/judge-stage.ts";
import type { ComparedGate, StageInputs } from "#lib/rollout-evidence/types.ts";
import { endStage } from "#lib/rollout-evidence/whole-rollout.ts";
import type { Chance } from "./chance.ts";
import { type Ending, MOST_HOURS, STAGES, WEIGHT } from "./policy.ts";
import { replays } from "./replays.ts";
import { drawHour, type World } from "./world.ts";

const BEGAN_MS = Date.parse("2026-03-02T00:00:00.000Z");
const at = (hour: number): string => new Date(BEGAN_MS + hour * 3_600_000).toISOString();

/** `differing`: verdicts that came out otherwise when they were judged again from what would have been stored. */
export type JudgedEnding = Ending & { verdicts: number; differing: number; invalidHours: number };

/**
 * The same rollout as `runPolicy` walks, by the shipped rule itself: each hour its inputs are composed, judged, written as
 * canonical JSON, read back and judged again.
 */
export function runJudged(world: World, oddsAt: (stage: number) => number, chance: Chance): JudgedEnding {
  const told = { hours: 0, treatedBad: 0, verdicts: 0, differing: 0, invalidHours: 0 };
  const ends: number[] = [];
  let history: ComparedGate["history"] = { stageCount: STAGES.length, stages: [] };
  for (const [stage, { exposure }] of STAGES.entries()) {
    const inputs = startStage(stage, told.hours, history);
    for (;;) {
      if (told.hours++ >= MOST_HOURS) return { ...told, end: "holding", ends };
      const stratum = drawHour(world, told.hours, exposure, oddsAt(stage), chance);
      told.treatedBad += stratum.treatedBad;
      inputs.now = at(told.hours);
      inputs.newestLoginAt = inputs.now;
      inputs.people.treated += stratum.treated;
      inputs.people.control += stratum.control;
      inputs.gate.strata = [stratum];
      const { gate, ...others } = inputs;
      const asked = { ...others, compared: [gate] };
      const verdict = judgeStage(asked);
      const { decision, reason } = verdict;
      told.verdicts++;
      if (!replays(asked, verdict)) told.differing++;
      if (reason === "split_off") told.invalidHours++;
      inputs.gate.settled = evidenceOf(inputs.gate);
      if (decision === "roll_back") return { ...told, end: "rolled_back", ends };
      if (decision === "advance" || decision === "ask") break;
    }
    history = endStage(history, inputs.stage.id, evidenceOf({ ...inputs.gate, strata: [] }));
    ends.push(told.hours);
  }
  return { ...told, end: "shipped", ends };
}

type Inputs = Omit<StageInputs, "compared"> & { gate: ComparedGate };

/** One gate, as in the design's simulation: no limits, nobody missing, nothing late. */
function startStage(place: number, hour: number, history: ComparedGate["history"]): Inputs {
  const { exposure, margin, dwellHours } = STAGES[place] ?? STAGES[0];
  return {
    now: at(hour),
    stage: {
      id: `stage-${place + 1}`,
      exposurePercent: exposure * 100,
      startedAt: at(hour),
      dwellEndsAt: at(hour + dwellHours),
      maximumEndsAt: null,
      minimumPeople: 0,
      asksForApproval: place === STAGES.length - 1,
      isLast: false,
    },
    gate: {
      metric: "not_completed",
      mode: "margin",
      margin,
      weight: WEIGHT,
      settled: null,
      strata: [],
      history,
    },
    limited: [],
    slices: [],
    securityEvents: 0,
    newestLoginAt: null,
    sliceMinutes: 60,
    coolDownMinutes: 0,
    outcomeMinutes: 0,
    hasPipelineGap: false,
    people: { treated: 0, control: 0, both: 0 },
    legacyReported: { treated: { count: 0, of: 0 }, control: { count: 0, of: 0 } },
    hasDrifted: false,
    isHeld: false,
    freezeEndsAt: null,
  };
}
