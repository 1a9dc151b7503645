import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

export type Chance = { binomial(of: number, share: number): number; poisson(average: number): number };

/** Above so many on average, counts are drawn from their normal neighbour: exact waiting times would take too long. */
const EXACT_UP_TO = 200;

/** Chance that repeats: one seed and run give one history. */
export function takeChance(seed: number, run: number): Chance {
  const generator = xoroshiro128plus((seed + Math.imul(run + 1, 0x9e3779b1)) | 0);
  const share = () => uniformFloat64(generator);
  const normal = () => Math.sqrt(-2 * Math.log(1 - share())) * Math.cos(2 * Math.PI * share());
  return { binomial, poisson };

  function binomial(of: number, chance: number): number {
    if (chance > 0.5) return of - binomial(of, 1 - chance);
    if (of <= 0 || chance <= 0) return 0;
    if (of * chance > EXACT_UP_TO) {
      const drawn = Math.round(of * chance + normal() * Math.sqrt(of * chance * (1 - chance)));
      return Math.min(of, Math.max(0, drawn));
    }
    // Second waiting time method (Devroye 1986): jumps from one success to the next.
    const step = Math.log(1 - chance);
    let count = -1;
    for (let at = 0; at <= of; count++) at += Math.floor(Math.log(1 - share()) / step) + 1;
    return count;
  }

  function poisson(average: number): number {
    if (average > EXACT_UP_TO) return Math.max(0, Math.round(average + normal() * Math.sqrt(average)));
    let count = -1;
    for (let at = 0; at <= average; count++) at -= Math.log(1 - share());
    return count;
  }
}
