import { performance } from "node:perf_hooks";
import type { DatabaseClient } from "#db/client.ts";
import { quantile } from "../quantile.ts";
import type { ReadCase } from "./case.ts";

const WARM_UP = 5;

export type Times = { p50: number; p95: number };
export type CaseFigures = { ours: Times; raw: Times | null };

/**
 * Calls both ways in turn, so that what else the machine does meets both, each first every other time: who comes second
 * finds the pages read. Tells their times in milliseconds.
 */
export async function measureCase(
  { db, sql }: DatabaseClient,
  { ours, raw }: ReadCase,
  rounds: number,
): Promise<CaseFigures> {
  const times: { ours: number[]; raw: number[] } = { ours: [], raw: [] };
  for (let n = -WARM_UP; n < rounds; n += 1) {
    const round = Math.abs(n);
    const ways = [
      { to: times.ours, run: () => ours(db, round) },
      ...(raw === null ? [] : [{ to: times.raw, run: () => raw(sql, round) }]),
    ];
    for (const { to, run } of n % 2 === 0 ? ways : ways.reverse()) {
      const ms = await timed(run);
      if (n >= 0) to.push(ms);
    }
  }
  return { ours: timesOf(times.ours), raw: raw === null ? null : timesOf(times.raw) };
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
