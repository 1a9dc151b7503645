import type { Chance } from "./chance.ts";
import { takeChance } from "./chance.ts";
import type { Watch } from "./watches.ts";
import { drawHour, type World } from "./world.ts";

/** Something to be watched: who comes, how many of them are treated in which hour, and what that does to them. */
export type Watched = { world: World; exposureAt: (hour: number) => number; odds: number; hours: number };

/** Of so many runs, after how many hours each watch found harm; runs in which it found none are left out. */
export function watchRuns(
  runs: number,
  seed: number,
  { world, exposureAt, odds, hours }: Watched,
  makers: readonly ((chance: Chance) => Watch)[],
): number[][] {
  const found: number[][] = makers.map(() => []);
  for (let run = 0; run < runs; run++) {
    const chance = takeChance(seed, run);
    // What a watch draws for itself must not change what happens to the others.
    const watches = makers.map((make, at) => make(takeChance(seed + 1000 * (at + 1), run)));
    const isOpen = makers.map(() => true);
    for (let hour = 1; hour <= hours; hour++) {
      const stratum = drawHour(world, hour, exposureAt(hour), odds, chance);
      for (const [at, watch] of watches.entries()) {
        if (!isOpen[at] || !watch(stratum)) continue;
        isOpen[at] = false;
        found[at]?.push(hour);
      }
    }
  }
  return found;
}
