import { logOverLimit } from "./limits.ts";
import { logMean, logSum } from "./log-space.ts";
import { HARM_POINTS, harmRatios } from "./odds.ts";
import type { Count, HarmHistory, OddsEvidence, StageHarm } from "./types.ts";

/**
 * One process for a whole rollout: half of it over everything, half of it the mean over `stageCount` stages, each 1 until
 * it starts and frozen when it ends. It is valid as both halves are, and catches harm that comes only with load. The number
 * of stages is fixed before the first: a stage beyond it counts in the first half alone.
 */
export function logWhole(cumulative: number, stages: readonly number[], stageCount: number): number {
  const counted = stages.slice(0, stageCount);
  const waiting = Array.from({ length: stageCount - counted.length }, () => 0);
  if (stageCount === 0) return cumulative;
  return logSum([cumulative, logMean([...counted, ...waiting])]) - Math.log(2);
}

/** ln H of the whole rollout of one metric, with what the present stage showed so far. */
export function logHarmOfRollout(history: HarmHistory, stage: string, evidence: OddsEvidence): number {
  const { stages } = endStage(history, stage, evidence);
  const cumulative = HARM_POINTS.map((_, place) =>
    stages.reduce((sum, { logRatios }) => sum + (logRatios[place] ?? 0), 0),
  );
  return logWhole(
    logMean(cumulative),
    stages.map(({ logRatios }) => logMean(logRatios)),
    history.stageCount,
  );
}

/** The history after the stage: what it showed is added, also where the stage was entered before. */
export function endStage(history: HarmHistory, stage: string, evidence: OddsEvidence): HarmHistory {
  const ratios = harmRatios(evidence);
  const before = history.stages.find((each) => each.stage === stage);
  const ended: StageHarm = {
    stage,
    logRatios: ratios.map((each, place) => each + (before?.logRatios[place] ?? 0)),
  };
  const stages = before
    ? history.stages.map((each) => (each === before ? ended : each))
    : [...history.stages, ended];
  return { ...history, stages };
}

/** ln E of the whole rollout against "the share is at most the limit": the stages before, then the present one. */
export function logOverLimitOfRollout(
  before: readonly Count[],
  now: Count,
  limit: number,
  stageCount: number,
): number {
  const stages = [...before, now];
  const whole = stages.reduce((sum, each) => ({ count: sum.count + each.count, of: sum.of + each.of }));
  return logWhole(
    logOverLimit(whole, limit),
    stages.map((each) => logOverLimit(each, limit)),
    stageCount,
  );
}
