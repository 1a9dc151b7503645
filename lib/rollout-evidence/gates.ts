import { forecastLimit, forecastOdds, type Traffic } from "./forecast.ts";
import { limitInterval, logWithinLimit } from "./limits.ts";
import { addStrata, logHarm, logSafety, oddsEstimate, oddsInterval, startOdds } from "./odds.ts";
import { ALPHA, type GateState } from "./schema.ts";
import type { ComparedGate, GateVerdict, LimitedGate, OddsEvidence, Stratum } from "./types.ts";
import { logHarmOfRollout, logOverLimitOfRollout } from "./whole-rollout.ts";

export const LOG_PROOF_NEEDED = Math.log(1 / ALPHA.safety);
/** From here on there is something to be looked into. */
export const LOG_SUSPICION = Math.log(10);

/** Where a gate of this weight rolls back by itself; a gate without weight never does. */
export const logHarmNeeded = (weight: number): number => -Math.log(ALPHA.harm * weight);

/** A gate against the legacy path. `isVoid`: nothing that is compared can be believed at present. */
export function judgeCompared(
  gate: ComparedGate,
  stage: string,
  isVoid: boolean,
  traffic: Traffic,
): GateVerdict {
  const evidence = evidenceOf(gate);
  const harm = logHarmOfRollout(gate.history, stage, evidence);
  const proof = logSafety(evidence);
  const state = isVoid ? "void" : comparedState(gate, harm, proof);
  return {
    metric: gate.metric,
    state,
    value: oddsEstimate(evidence),
    treated: { count: evidence.treatedBad, of: evidence.treated },
    control: { count: evidence.controlBad, of: evidence.control },
    interval: oddsInterval(evidence, ALPHA.safety),
    limit: gate.margin,
    logProof: proof,
    logProofNeeded: LOG_PROOF_NEEDED,
    logHarm: harm,
    forecast: state === "cannot_tell" && proof !== null ? forecastOdds(evidence, proof, traffic) : null,
  };
}

/** Everything the present stage told of a gate, to be kept as `settled` or handed to `endStage`. */
export function evidenceOf({ settled, strata, mode, margin }: ComparedGate): OddsEvidence {
  if (mode === "margin" && (margin === null || !(margin > 1)))
    throw new RangeError(`A gate with a margin needs one above 1, not ${margin}.`);
  // Evidence that was settled for another margin cannot be asked about this one.
  if (settled && (settled.margin !== margin || !settled.interval))
    throw new RangeError("The settled evidence belongs to another margin: add its strata anew.");
  return addStrata(settled ?? startOdds({ margin, interval: true }), strata);
}

function comparedState({ mode, weight }: ComparedGate, harm: number, proof: number | null): GateState {
  if (mode === "signal") return harm >= LOG_SUSPICION ? "suspect" : "signal";
  if (harm >= logHarmNeeded(weight)) return "fail";
  if (mode === "harm_only") return "harm_only";
  return proof !== null && proof >= LOG_PROOF_NEEDED ? "pass" : "cannot_tell";
}

/** A gate with a limit of its own. */
export function judgeLimited(gate: LimitedGate, traffic: Traffic): GateVerdict {
  const { seen, limit } = gate;
  if (!(limit > 0 && limit < 1)) throw new RangeError(`A limit lies between 0 and 1, not at ${limit}.`);
  const harm = logOverLimitOfRollout(gate.before, seen, limit, gate.stageCount);
  const proof = logWithinLimit(seen, limit);
  const state = limitedState(gate, harm, proof);
  return {
    metric: gate.metric,
    state,
    value: seen.of > 0 ? seen.count / seen.of : null,
    treated: seen,
    control: null,
    interval: limitInterval(seen, ALPHA.safety),
    limit,
    logProof: proof,
    logProofNeeded: LOG_PROOF_NEEDED,
    logHarm: harm,
    forecast: state === "cannot_tell" ? forecastLimit(seen, limit, proof, traffic) : null,
  };
}

function limitedState({ hard, weight }: LimitedGate, harm: number, proof: number): GateState {
  if (!hard) return harm >= LOG_SUSPICION ? "suspect" : "pass";
  if (harm >= logHarmNeeded(weight)) return "fail";
  return proof >= LOG_PROOF_NEEDED ? "pass" : "cannot_tell";
}

/** ln H of strata alone, as slices are looked at. */
export const logHarmOf = (strata: readonly Stratum[], settled?: OddsEvidence): number =>
  logHarm(addStrata(settled ?? startOdds({ margin: null, interval: false }), strata));
