import { addLogLikelihoods } from "#lib/rollout-evidence/fisher.ts";
import { logMean } from "#lib/rollout-evidence/log-space.ts";
import { HARM_POINTS } from "#lib/rollout-evidence/odds.ts";
import type { Stratum } from "#lib/rollout-evidence/types.ts";
import type { Chance } from "./chance.ts";
import { reachOfMean } from "./mean-sequence.ts";

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

/** What the rivals know: sums over all hours, whatever the share was. */
function pool() {
  const sum = { treated: 0, treatedBad: 0, control: 0, controlBad: 0 };
  return (stratum: Stratum) => {
    sum.treated += stratum.treated;
    sum.treatedBad += stratum.treatedBad;
    sum.control += stratum.control;
    sum.controlBad += stratum.controlBad;
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
  const add = pool();
  return (stratum) => {
    const sum = add(stratum);
    if (sum.treated < 2 || sum.control < 2) return false;
    const { difference, error } = differenceOf(sum);
    return error > 0 && difference > reachOfMean(error, sum.treated + sum.control, ALPHA);
  };
}

/** The same on a part of the legacy arm that is as large as the treated one, as GrowthBook runs it. */
export function watchByEqualArms(chance: Chance): Watch {
  const watch = watchBySequence();
  return (stratum) => {
    const part = stratum.control > 0 ? Math.min(1, stratum.treated / stratum.control) : 0;
    const controlBad = chance.binomial(stratum.controlBad, part);
    const control = controlBad + chance.binomial(stratum.control - stratum.controlBad, part);
    return watch({ ...stratum, control, controlBad });
  };
}

/** A z-test at 5 percent, each hour anew. */
export function watchHourly(): Watch {
  const add = pool();
  return (stratum) => {
    const sum = add(stratum);
    if (sum.treatedBad + sum.controlBad < 5 || sum.treated < 2) return false;
    const { difference, error } = differenceOf(sum);
    return error > 0 && difference / error > 1.645;
  };
}

/** More than half as many again as usual among so many last hours' treated, where there are that many of them. */
export function watchThreshold(baseShare: number, { hours = 1, atLeast = 1 } = {}): Watch {
  const last: Stratum[] = [];
  return (stratum) => {
    last.push(stratum);
    if (last.length > hours) last.shift();
    const treated = last.reduce((sum, each) => sum + each.treated, 0);
    const bad = last.reduce((sum, each) => sum + each.treatedBad, 0);
    return treated >= atLeast && bad / treated > 1.5 * baseShare;
  };
}
