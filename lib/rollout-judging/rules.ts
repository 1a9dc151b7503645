import { Temporal } from "temporal-polyfill";
import type { PlannedStage, RolloutPlan } from "#lib/rollout/schema.ts";
import { judgeStage } from "#lib/rollout-evidence/judge-stage.ts";
import type { ComparedMetric } from "#lib/rollout-evidence/schema.ts";
import type { Stratum, Verdict } from "#lib/rollout-evidence/types.ts";
import type { ArmSums, LivedStage, SliceSums, StoredVerdict } from "./types.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Gateways record before they answer; this is for what is on its way and for clocks that differ a little. */
const RECORDED_WITHIN_MS = 2_000;

export const NOBODY: ArmSums = {
  people: 0,
  approved: 0,
  notCompleted: 0,
  lockedOut: 0,
  slow: 0,
  onLegacy: 0,
  reported: 0,
};

/**
 * Of the people counted those whose end is known. How a login ended on the legacy way that nobody reported is neither good
 * nor bad: it is left out of what is compared, and makes the comparison void where there are many.
 */
export const knownOf = ({ people, onLegacy, reported }: ArmSums): number => people - onLegacy + reported;

const BAD: Record<ComparedMetric, (sums: ArmSums) => number> = {
  not_completed: ({ notCompleted }) => notCompleted,
  lockout: ({ lockedOut }) => lockedOut,
  slow_login: ({ slow }) => slow,
};

/** From when on logins of a stage are counted: gateways may hear of it late. */
export const countingFrom = ({ beganAt }: LivedStage, { coolDownMinutes }: RolloutPlan): Date =>
  new Date(beganAt.getTime() + coolDownMinutes * MINUTE_MS);

/** The shortest stretch that is counted or left out as one: a minute, or a slice where that is shorter. */
export const unitMsOf = ({ sliceMinutes }: RolloutPlan): number =>
  Math.round(Math.min(1, sliceMinutes) * MINUTE_MS);

/** Up to when outcome windows have closed by now, in whole units from the first login that counts. */
export function countedUpTo(stage: LivedStage, plan: RolloutPlan, now: Date): Date {
  const from = countingFrom(stage, plan).getTime();
  const closed = now.getTime() - plan.outcomeMinutes * MINUTE_MS - RECORDED_WITHIN_MS;
  const unitMs = unitMsOf(plan);
  return new Date(from + Math.max(0, Math.floor((closed - from) / unitMs)) * unitMs);
}

/**
 * The slices of which nothing more will be counted. One that still grows is no stratum yet: the test is valid at any number
 * of looks at whole ones.
 */
export function wholeSlices(
  slices: readonly SliceSums[],
  { countedTo }: Pick<LivedStage, "countedTo">,
  { sliceMinutes }: RolloutPlan,
): SliceSums[] {
  const counted = countedTo?.getTime() ?? 0;
  return slices.filter(({ startsAt }) => startsAt.getTime() + sliceMinutes * MINUTE_MS <= counted);
}

/** Slices as strata of one metric, in the order of time: who got there on each way with a known end, and how many badly. */
export function strataOf(slices: readonly SliceSums[], metric: ComparedMetric): Stratum[] {
  const strata = new Map<number, Stratum>();
  for (const slice of slices) {
    const at = slice.startsAt.getTime();
    const sum = strata.get(at) ?? { treated: 0, treatedBad: 0, control: 0, controlBad: 0 };
    const [known, bad] = [knownOf(slice), BAD[metric](slice)];
    if (slice.arm === "biometric") {
      sum.treated += known;
      sum.treatedBad += bad;
    } else {
      sum.control += known;
      sum.controlBad += bad;
    }
    strata.set(at, sum);
  }
  return [...strata].sort(([a], [b]) => a - b).map(([, stratum]) => stratum);
}

export const sumOfArm = (slices: readonly SliceSums[], arm: SliceSums["arm"]): ArmSums =>
  slices
    .filter((slice) => slice.arm === arm)
    .reduce<ArmSums>(
      (sum, each) => ({
        people: sum.people + each.people,
        approved: sum.approved + each.approved,
        notCompleted: sum.notCompleted + each.notCompleted,
        lockedOut: sum.lockedOut + each.lockedOut,
        slow: sum.slow + each.slow,
        onLegacy: sum.onLegacy + each.onLegacy,
        reported: sum.reported + each.reported,
      }),
      NOBODY,
    );

/**
 * The end of a stage's least time: so many hours and, where the plan asks for it, a whole Saturday and a whole Sunday of the
 * installation's zone.
 */
export function dwellEndsAt(beganAt: Date, planned: PlannedStage, timeZone: string): Date {
  const least = beganAt.getTime() + planned.minDwellHours * HOUR_MS;
  return new Date(planned.spansWeekend ? Math.max(least, weekendEnd(beganAt, timeZone)) : least);
}

const SATURDAY = 6;
const SUNDAY = 7;

function weekendEnd(beganAt: Date, timeZone: string): number {
  const began = Temporal.Instant.fromEpochMilliseconds(beganAt.getTime()).toZonedDateTimeISO(timeZone);
  const isMidnight = began.equals(began.startOfDay());
  const first = began.toPlainDate().add({ days: isMidnight ? 0 : 1 });
  const endOf = (weekday: number) =>
    first.add({ days: ((weekday - first.dayOfWeek + 7) % 7) + 1 }).toZonedDateTime(timeZone)
      .epochMilliseconds;
  return Math.max(endOf(SATURDAY), endOf(SUNDAY));
}

/** When the quiet hours that it is now are over; null outside of them. Both the same hour: there are none. */
export function quietUntil(
  now: Date,
  { from, to }: RolloutPlan["quietHours"],
  timeZone: string,
): Date | null {
  const local = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone);
  const isQuiet = from < to ? local.hour >= from && local.hour < to : local.hour >= from || local.hour < to;
  if (from === to || !isQuiet) return null;
  const days = local.hour < to ? 0 : 1;
  const end = local.toPlainDate().add({ days });
  return new Date(end.toZonedDateTime({ timeZone, plainTime: new Temporal.PlainTime(to) }).epochMilliseconds);
}

const SLOWEST_PACE_MS = MINUTE_MS;
const QUICKEST_PACE_MS = 1_000;
/** Whether there is something to judge by now, or whether what was decided can be done by now, is asked so often. */
const ASKING_PACE_MS = 5_000;

/** How long after a turn the next one is due: each minute, or each slice where they are shorter; null for no open stage. */
export function paceMsOf(sliceMinutes: number | null, wasRefused = false): number {
  if (sliceMinutes === null) return ASKING_PACE_MS;
  const slowest = wasRefused ? ASKING_PACE_MS : SLOWEST_PACE_MS;
  return Math.min(slowest, Math.max(QUICKEST_PACE_MS, sliceMinutes * MINUTE_MS));
}

/** What the rule says of a verdict's inputs as they were kept: the verdict itself, to the byte. */
export const replayVerdict = ({ inputs }: Pick<StoredVerdict, "inputs">): Verdict => judgeStage(inputs);
