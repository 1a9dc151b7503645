import { performance } from "node:perf_hooks";
import type { DatabaseClient } from "#db/client.ts";
import { quantile } from "../quantile.ts";
import type { ReadCase } from "./case.ts";

const WARM_UP = 5;

export type Times = { p50: number; p95: number };
export type CaseFigures = { ours: Times; raw: Times | null };

/** Calls both ways in turn, so that what else the machine does meets both, and tells their times in milliseconds. */
export async function measureCase(
  { db, sql }: DatabaseClient,
  { ours, raw }: ReadCase,
  rounds: number,
): Promise<CaseFigures> {
  const times: { ours: number[]; raw: number[] } = { ours: [], raw: [] };
  for (let n = -WARM_UP; n < rounds; n += 1) {
    const round = Math.abs(n);
    const own = await timed(() => ours(db, round));
    const hand = raw === null ? null : await timed(() => raw(sql, round));
    if (n < 0) continue;
    times.ours.push(own);
    if (hand !== null) times.raw.push(hand);
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
