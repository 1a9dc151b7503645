import { addLogLikelihoods } from "#lib/rollout-evidence/fisher.ts";
import { logMean } from "#lib/rollout-evidence/log-space.ts";
import { halfWidth } from "#lib/rollout-evidence/mean-sequence.ts";
import { HARM_POINTS } from "#lib/rollout-evidence/odds.ts";
import type { Stratum } from "#lib/rollout-evidence/types.ts";

/** Says once an hour whether it has found harm. */
export type Watch = (stratum: Stratum) => boolean;

const POINTS = [1, ...HARM_POINTS];
const ALPHA = 0.05;

/** Our test: the stratified exact process for harm. */
export function watchExactly(): Watch {
  const sums = POINTS.map(() => 0);
  return (stratum) => {
    addLogLikelihoods(stratum, POINTS, sums);
    const [none = 0, ...harm] = sums;
    return logMean(harm) - none >= Math.log(1 / ALPHA);
  };
}

/** What the rivals know: sums over all hours. `controlPart` of the legacy arm is looked at: all of it, or as much as is treated. */
function pool(controlPart: (stratum: Stratum) => number) {
  const sum = { treated: 0, treatedBad: 0, control: 0, controlBad: 0 };
  return (stratum: Stratum) => {
    const part = stratum.control > 0 ? controlPart(stratum) : 0;
    sum.treated += stratum.treated;
    sum.treatedBad += stratum.treatedBad;
    sum.control += stratum.control * part;
    sum.controlBad += stratum.controlBad * part;
    return sum;
  };
}

const differenceOf = (sum: Stratum) => {
  const treated = sum.treatedBad / sum.treated;
  const control = sum.controlBad / sum.control;
  const error = Math.sqrt((treated * (1 - treated)) / sum.treated + (control * (1 - control)) / sum.control);
  return { difference: treated - control, error };
};

/** The one-sided confidence sequence on the whole legacy arm. */
export function watchBySequence(): Watch {
  const add = pool(() => 1);
  return (stratum) => {
    const sum = add(stratum);
    if (sum.treated < 2 || sum.control < 2) return false;
    const { difference, error } = differenceOf(sum);
    return error > 0 && difference > halfWidth(error, sum.treated + sum.control, ALPHA, 1);
  };
}

/** A z-test at 5 percent, each hour anew. */
export function watchHourly(): Watch {
  const add = pool(() => 1);
  return (stratum) => {
    const sum = add(stratum);
    if (sum.treatedBad + sum.controlBad < 5 || sum.treated < 2) return false;
    const { difference, error } = differenceOf(sum);
    return error > 0 && difference / error > 1.645;
  };
}

/** More than half as many again as usual among the last hour's. */
export const watchThreshold =
  (baseShare: number): Watch =>
  ({ treated, treatedBad }) =>
    treated > 0 && treatedBad / treated > 1.5 * baseShare;
