import { quantile } from "../quantile.ts";
import { type Part, processorTime } from "./processor-time.ts";
import type { BenchWorld } from "./start-world.ts";
import type { LoadResult } from "./types.ts";

const SIDES = ["proxy", "gateway"] as const;
export type Side = (typeof SIDES)[number];

/** One side in one round. Times in milliseconds; the processor's are for one login. */
export type Figures = {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  processorMs: Record<Part, number> | null;
};

export type Round = Record<Side, Figures>;
export type Load = { connections: number; seconds: number; perSecond: number | null };

/**
 * Both sides, one after the other, and the other one first in the next round: what the machine does hits both alike.
 * `tell` hears of each round when it is over.
 */
export async function measureRounds(
  world: BenchWorld,
  rounds: number,
  load: Load,
  tell: (round: Round, number: number) => void,
): Promise<Round[]> {
  const measured: Round[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? SIDES : SIDES.toReversed();
    const pair: Partial<Round> = {};
    for (const side of order) pair[side] = await measureSide(world, side, load);
    measured.push(pair as Round);
    tell(pair as Round, measured.length);
  }
  return measured;
}

async function measureSide(world: BenchWorld, side: Side, load: Load): Promise<Figures> {
  const before = processorTime();
  const result = await world.load.run({ target: world[side], ...load });
  const after = processorTime();
  world.answered[side] += result.approved;
  world.others[side] += result.others;
  return {
    perSecond: result.approved / result.seconds,
    p50Ms: quantile(result.latenciesMs, 0.5),
    p99Ms: quantile(result.latenciesMs, 0.99),
    processorMs: before && after ? perLogin(before, after, result) : null,
  };
}

const perLogin = (before: Record<Part, number>, after: Record<Part, number>, { approved }: LoadResult) =>
  Object.fromEntries(
    Object.entries(after).map(([part, ms]) => [part, (ms - before[part as Part]) / approved]),
  ) as Record<Part, number>;

/** The median over the rounds of what a round is worth. */
export const median = (rounds: readonly Round[], worth: (round: Round) => number): number =>
  quantile(rounds.map(worth), 0.5);
