import type { Grant } from "#lib/auth/policy.ts";
import { countOf, gotInOf, isFallback, isOffered, splitOf } from "#lib/fallback/rules.ts";
import type { LoginCell } from "#lib/fallback/types.ts";
import { changeOf, hidesSmall, shareOf, toldShare } from "#lib/rates/rules.ts";
import { percentileMs } from "#lib/recording/rules.ts";
import { armsOf, realisedShare, stageRunsOf } from "#lib/rollout/rules.ts";
import type { StageRun } from "#lib/rollout/types.ts";
import { isApiTrouble } from "#lib/service-health/rules.ts";
import { byStep, type TimeSteps } from "#lib/time-steps.ts";
import { lastSteps } from "#lib/trends/rules.ts";
import type { Recorded } from "#lib/trends/types.ts";
import type {
  Figures,
  FiguresData,
  Hour,
  KeyFigures,
  Stage,
  StageCard,
  StageData,
  Verdict,
} from "./types.ts";

/** The later half of the hours read are the last 24. */
const HOURS_LATELY = 24;
/** Both ways are compared over this many days of the present stage at most. */
export const DAYS_COMPARED = 30;

/** Every step with how its offered logins ended, also those in which nothing happened. */
export function splitByStep({ steps, logins }: Pick<Recorded, "steps" | "logins">): Hour[] {
  const cells = byStep(logins, steps.starts.length);
  return steps.starts.map((hour, place) => ({ hour, split: splitOf(cells[place] ?? []) }));
}

function topReasonOf(cells: readonly LoginCell[]): Figures["topReason"] {
  const counts = new Map<LoginCell["fallbackReason"], number>();
  for (const cell of cells.filter(isFallback))
    counts.set(cell.fallbackReason, (counts.get(cell.fallbackReason) ?? 0) + cell.count);
  const [top] = [...counts].sort(([, a], [, b]) => b - a);
  return top ? { reason: top[0], count: top[1] } : null;
}

/**
 * Fallback rate = logins offered the biometric path that ended on the legacy path ÷ logins offered the biometric path.
 * Where one part of a whole is hidden the others are too: the whole and the rest would give it away.
 */
function keyFiguresOf({ logins, calls, latencies }: Omit<Recorded, "steps">, people: number, grant: Grant) {
  const offered = countOf(logins.filter(isOffered));
  const whole = splitOf(logins);
  const split = hidesSmall(grant, ...Object.values(whole)) ? null : whole;
  const made = sumOf(calls.map((cell) => cell.calls));
  const errors = sumOf(calls.map((cell) => cell.errors));
  return {
    offered,
    split,
    completed: split && toldShare(shareOf(gotInOf(logins), offered, people), grant),
    fallback: split && shareOf(split.fellBack, offered, people),
    apiErrors: toldShare(shareOf(errors, made, people), grant),
    latencyMsP95: percentileMs(latencies, 0.95),
  } satisfies KeyFigures & Record<string, unknown>;
}

/** The halves of the hours read: the 24 before, and the last 24. */
function halvesOf(hours: Recorded): { before: Omit<Recorded, "steps">; lately: Recorded } {
  const isBefore = ({ step }: { step: number }) => step < hours.steps.starts.length - HOURS_LATELY;
  return {
    before: {
      logins: hours.logins.filter(isBefore),
      calls: hours.calls.filter(isBefore),
      latencies: hours.latencies.filter(isBefore),
    },
    lately: lastSteps(hours, HOURS_LATELY),
  };
}

/** The figures of the last 24 hours as this reader may see them, beside those of the 24 hours before. */
export function figuresOf(data: FiguresData, grant: Grant): Figures {
  const { before, lately } = halvesOf(data.hours);
  const key = keyFiguresOf(lately, data.people.lately, grant);
  const { offered: _, split: __, ...keyBefore } = keyFiguresOf(before, data.people.lately, grant);
  const routed = countOf(lately.logins) - key.offered;
  const topReason = key.split && topReasonOf(lately.logins);
  const hours = splitByStep(lately);
  const hidesHours = hidesSmall(grant, ...hours.flatMap((hour) => Object.values(hour.split)));
  const apiTrouble = isApiTrouble(data.lastHour);
  const openLogins = hidesSmall(grant, data.openLogins) ? null : data.openLogins;
  return {
    ...key,
    before: keyBefore,
    since: lately.steps.starts[0] ?? lately.steps.now,
    verdict: verdictOf({ ...key, before: keyBefore, openLogins, apiTrouble }, data.exposure),
    routed: hidesSmall(grant, routed) ? null : routed,
    openLogins,
    topReason: topReason && !hidesSmall(grant, topReason.count) ? topReason : null,
    apiCalledLately: data.lastHour.calls > 0,
    apiTrouble,
    latencyMsP50: percentileMs(lately.latencies, 0.5),
    // One hour hidden hides all: the whole and the others would give it away.
    hours: hidesHours ? null : hours,
  };
}

type Judged = Pick<
  Figures,
  "offered" | "split" | "completed" | "fallback" | "before" | "openLogins" | "apiTrouble"
>;

/** What the heading says: what is wrong first, then what cannot be told yet, and well only where nothing speaks against it. */
export function verdictOf(
  { offered, split, completed, fallback, before, openLogins, apiTrouble }: Judged,
  exposure: FiguresData["exposure"],
): Verdict {
  if (exposure?.halted) return "halted";
  if (exposure?.circuitHeldUntil != null) return "circuitHeld";
  if (apiTrouble) return "trouble";
  if (offered === 0) return openLogins ? "underWay" : "none";
  if (!split) return "hidden";
  if (!completed?.rate || !fallback?.rate) return "counts";
  if (before.completed?.rate && changeOf(before.completed.rate, completed.rate) === "fall")
    return "fewerCompleted";
  if (before.fallback?.rate && changeOf(before.fallback.rate, fallback.rate) === "rise")
    return "fallbackRose";
  return "healthy";
}

/** The stage the rollout is in by our own intent, and what the history knows of it and of those before. */
export function stageCardOf(data: StageData, grant: Grant): StageCard {
  const { days, hours, exposure, exposureChangedAt, people } = data;
  const { starts } = days.steps;
  const runs = stageRunsOf(days.logins, starts.length);
  const last = runs.at(-1);
  // A new exposure is in force before the first login meets it.
  const isMet = !exposure || last?.exposurePercent === exposure.exposurePercent;
  const from = Math.max(isMet && last ? last.from : starts.length, starts.length - DAYS_COMPARED);
  const inStage = ({ step }: { step: number }) => step >= from;
  // On the day a stage began, some logins still met the one before.
  const logins = days.logins.filter(
    (cell) => inStage(cell) && (!exposure || cell.exposurePercent === exposure.exposurePercent),
  );
  const calls = days.calls.filter(inStage);
  const made = sumOf(calls.map((cell) => cell.calls));
  const stages = runs.map((run) => stageOf(run, days.steps));
  return {
    exposure: exposure ?? null,
    // The last one was met until the present exposure took its place, which no login has met yet.
    past: isMet ? stages.slice(0, -1) : stages.map((one) => ({ ...one, to: one.to ?? exposureChangedAt })),
    since: isMet ? (stages.at(-1)?.from ?? null) : exposureChangedAt,
    comparedSince: starts[from] ?? null,
    realised: realisedShare(halvesOf(hours).lately.logins, people.lately, grant),
    arms: armsOf(logins, people.inAll, grant),
    fallback: toldShare(
      shareOf(splitOf(logins).fellBack, countOf(logins.filter(isOffered)), people.inAll),
      grant,
    ),
    apiErrors: toldShare(shareOf(sumOf(calls.map((cell) => cell.errors)), made, people.inAll), grant),
  };
}

const stageOf = ({ exposurePercent, from, to }: StageRun, { starts }: TimeSteps): Stage => ({
  exposurePercent,
  from: from === 0 ? null : (starts[from] ?? null),
  to: starts[to + 1] ?? null,
});

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
