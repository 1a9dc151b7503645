import type { Periods, RateCell } from "#lib/fallback-page/types.ts";
import { stageRunsOf } from "#lib/rollout/rules.ts";
import type { TimeRange, TimeSteps } from "#lib/time-steps.ts";
import type { StageChange } from "./types.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** The stages that offered logins met, from their cells by stage. */
export const runsOf = (cells: readonly RateCell[], steps: number) =>
  stageRunsOf(
    cells.map(({ step, value, offered }) => ({
      step,
      path: "biometric" as const,
      exposurePercent: Number(value),
      count: offered,
    })),
    steps,
  );

/**
 * Where one stage gave way to another. By the history alone that is known to the day, and the day itself belongs to
 * neither side; where the rollout wrote down when the stage began, to the hour.
 */
export function changesOf(
  cells: readonly RateCell[],
  days: TimeSteps,
  begun: readonly { exposurePercent: number; beganAt: Date }[],
): StageChange[] {
  const runs = runsOf(cells, days.starts.length);
  return runs.slice(1).flatMap((run, place): StageChange[] => {
    const before = runs[place];
    const day = days.starts[run.from];
    if (before === undefined || day === undefined) return [];
    const next = days.starts[run.from + 1] ?? days.now;
    const known = begun.find(
      ({ exposurePercent, beganAt }) =>
        exposurePercent === run.exposurePercent &&
        beganAt >= new Date(day.getTime() - DAY_MS) &&
        beganAt < next,
    );
    const hour = known && Math.floor(known.beganAt.getTime() / HOUR_MS) * HOUR_MS;
    const sides =
      hour === undefined
        ? { endsAt: day, beginsAt: next }
        : { endsAt: new Date(hour), beginsAt: new Date(hour + HOUR_MS) };
    return [{ from: before.exposurePercent, to: run.exposurePercent, ...sides }];
  });
}

/**
 * As much time on either side of a stage change, whole days or else whole hours, and no more than the shorter side has
 * before another stage is met. Null where less than an hour has passed.
 */
export function sidesOf(
  change: StageChange,
  changes: readonly StageChange[],
  all: TimeRange,
): Periods | null {
  const place = changes.indexOf(change);
  const since = changes[place - 1]?.beginsAt ?? all.from;
  const until = changes[place + 1]?.endsAt ?? all.to;
  const mostMs = Math.min(
    change.endsAt.getTime() - since.getTime(),
    until.getTime() - change.beginsAt.getTime(),
  );
  const unitMs = mostMs >= DAY_MS ? DAY_MS : HOUR_MS;
  const lengthMs = Math.floor(mostMs / unitMs) * unitMs;
  if (lengthMs <= 0) return null;
  return {
    before: { from: new Date(change.endsAt.getTime() - lengthMs), to: change.endsAt },
    now: { from: change.beginsAt, to: new Date(change.beginsAt.getTime() + lengthMs) },
  };
}
