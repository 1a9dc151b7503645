import { performance } from "node:perf_hooks";
import type { DatabaseClient } from "#db/client.ts";
import { quantile } from "../quantile.ts";
import type { ReadCase } from "./case.ts";

const WARM_UP = 5;

export type Times = { p50: number; p95: number };
/** Times of pages that were read once before; `first` are ours of that time before, which may have waited for the disk. */
export type CaseFigures = { ours: Times; raw: Times | null; first: Times };
type PairTimes = { ours: number[]; raw: number[] };

/**
 * Calls both ways in turn, so that what else the machine does meets both, each first every other time. Each page is read
 * once before it is timed: where ours reads names that the raw statement does not, a cold page would compare disks. Tells
 * their times in milliseconds.
 */
export async function measureCase(
  { db, sql }: DatabaseClient,
  { ours, raw }: ReadCase,
  rounds: number,
): Promise<CaseFigures> {
  const before: PairTimes = { ours: [], raw: [] };
  const times: PairTimes = { ours: [], raw: [] };
  for (let n = -WARM_UP; n < rounds; n += 1) {
    const round = Math.abs(n);
    for (const pair of [before, times]) {
      const ways = [
        { to: pair.ours, run: () => ours(db, round) },
        ...(raw === null ? [] : [{ to: pair.raw, run: () => raw(sql, round) }]),
      ];
      for (const { to, run } of n % 2 === 0 ? ways : ways.reverse()) {
        const ms = await timed(run);
        if (n >= 0) to.push(ms);
      }
    }
  }
  return {
    ours: timesOf(times.ours),
    raw: raw === null ? null : timesOf(times.raw),
    first: timesOf(before.ours),
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

const timesOf = (times: readonly number[]): Times => ({
  p50: quantile(times, 0.5),
  p95: quantile(times, 0.95),
});
