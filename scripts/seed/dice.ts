import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

export type Weighted<T> = readonly (readonly [value: T, weight: number])[];

/** Chance that repeats: the same seed and stream give the same rolls, whatever other streams did meanwhile. */
export type Dice = {
  /** From 0 up to just below 1. */
  share(): number;
  chance(probability: number): boolean;
  between(low: number, high: number): number;
  /** A whole number, both ends included. */
  whole(low: number, high: number): number;
  pick<T>(from: Weighted<T>): T;
  /** Around 0 with a standard deviation of 1. */
  normal(): number;
  /** How often something happened that happens so many times on average. */
  times(average: number): number;
};

/** Knuth's multiplicative hash: streams with neighbouring numbers start far apart. */
const SPREAD = 0x9e3779b1;

/** Dice of one stream of a seed. */
export function takeDice(seed: number, stream: number): Dice {
  const generator = xoroshiro128plus((seed + Math.imul(stream + 1, SPREAD)) | 0);
  const share = () => uniformFloat64(generator);
  return {
    share,
    chance: (probability) => share() < probability,
    between: (low, high) => low + share() * (high - low),
    whole: (low, high) => low + Math.floor(share() * (high - low + 1)),
    pick: (from) => pickAt(from, share()),
    // Box and Muller (1958).
    normal: () => Math.sqrt(-2 * Math.log(1 - share())) * Math.cos(2 * Math.PI * share()),
    times: (average) => timesOf(average, share),
  };
}

function pickAt<T>(from: Weighted<T>, share: number): T {
  const total = from.reduce((sum, [, weight]) => sum + weight, 0);
  let left = share * total;
  for (const [value, weight] of from) {
    left -= weight;
    if (left < 0) return value;
  }
  const last = from.at(-1);
  if (last === undefined) throw new Error("There is nothing to pick from.");
  return last[0];
}

/** Poisson, by Knuth's product of shares; meant for averages below about 20. */
function timesOf(average: number, share: () => number): number {
  const limit = Math.exp(-average);
  let times = 0;
  for (let product = share(); product > limit; product *= share()) times += 1;
  return times;
}
