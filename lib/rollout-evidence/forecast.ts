import { EXPECTED_SPREAD, oddsEstimate, safetyPoints } from "./odds.ts";
import { MIXTURE_COST, PROOF_NEEDED } from "./rules.ts";
import type { Count, Forecast, OddsEvidence } from "./types.ts";

const HOUR_MS = 3_600_000;

export type Traffic = { elapsedHours: number; nowMs: number };

/**
 * How many more logins of both arms the proof takes, from what is proven already, the share of failures and the traffic
 * so far; null where none was seen or the odds seen so far are too near to the margin for it ever to come.
 */
export function forecastOdds(evidence: OddsEvidence, logProof: number, traffic: Traffic): Forecast | null {
  const { margin, treated, control, treatedBad, controlBad } = evidence;
  const logins = treated + control;
  const bad = treatedBad + controlBad;
  if (margin === null || bad === 0 || treated === 0 || control === 0) return null;
  const share = treated / logins;
  const growth = growthOf(share, soberOdds(evidence, share), margin);
  if (growth <= 0) return null;
  const whole = (PROOF_NEEDED + MIXTURE_COST) / growth;
  const costLeft = MIXTURE_COST * (1 - Math.min(1, bad / whole));
  const failures = Math.max(0, PROOF_NEEDED - logProof + costLeft) / growth;
  return inTime(Math.ceil(failures), (failures * logins) / bad, logins, traffic);
}

/** The same for a limit: how many more logins or calls until it is proven kept. */
export function forecastLimit(
  { count, of }: Count,
  limit: number,
  logProof: number,
  traffic: Traffic,
): Forecast | null {
  const share = (count + 0.5) / (of + 1);
  if (of === 0 || share >= limit) return null;
  const growth = divergence(share, limit);
  return inTime(null, Math.max(0, PROOF_NEEDED - logProof) / growth, of, traffic);
}

function inTime(
  failures: number | null,
  more: number,
  seen: number,
  { elapsedHours, nowMs }: Traffic,
): Forecast {
  const hours = elapsedHours > 0 && seen > 0 ? Math.round((more * elapsedHours * 10) / seen) / 10 : null;
  const isTellable = hours !== null && hours < 24 * 3650;
  return {
    failures,
    logins: Math.ceil(more),
    hours: isTellable ? hours : null,
    at: isTellable ? new Date(nowMs + hours * HOUR_MS).toISOString() : null,
  };
}

/** The estimate drawn towards no difference, the more the fewer failures stand behind it. */
function soberOdds(evidence: OddsEvidence, share: number): number {
  const estimate = oddsEstimate(evidence) ?? 1;
  const known = (evidence.treatedBad + evidence.controlBad) * share * (1 - share);
  const prior = 1 / EXPECTED_SPREAD ** 2;
  return Math.exp((Math.log(estimate) * known) / (known + prior));
}

/** Growth of ln S with each failure of either arm, if the odds ratio is so: by the point that gains most. */
function growthOf(share: number, oddsRatio: number, margin: number): number {
  const treatedShare = (odds: number) => (share * odds) / (share * odds + 1 - share);
  const actual = treatedShare(oddsRatio);
  const away = divergence(actual, treatedShare(margin));
  return Math.max(...safetyPoints(margin).map((each) => away - divergence(actual, treatedShare(each))));
}

/** Kullback and Leibler's divergence of two coins. */
const divergence = (one: number, other: number): number =>
  one * Math.log(one / other) + (1 - one) * Math.log((1 - one) / (1 - other));
