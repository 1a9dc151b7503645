import type { Grant } from "#lib/auth/policy.ts";
import type { LoginOutcome } from "#lib/logins/schema.ts";
import { percentileMs } from "#lib/recording/rules.ts";
import type { Figures, Hour, LoginCell, OverviewData, Rate, Share, Split } from "./types.ts";

/** Below so many people a rate says more about who they were than about the login. */
const PEOPLE_FOR_RATES = 30;
/** Cells from 1 up to just below this could point at a person; some readers do not see them. */
const SMALL_CELL = 5;
const HOUR_MS = 3_600_000;
const Z_95 = 1.959964;

/** API trouble is said in the heading from this share of the last hour's calls, and not on a handful of them. */
const TROUBLE_SHARE = 0.2;
const TROUBLE_CALLS = 5;

/** The 95 % Wilson score interval of a share (Wilson 1927); it stays within 0 and 1 and holds for small numbers. */
export function wilsonInterval(count: number, of: number): Rate {
  const share = count / of;
  const spread = Z_95 ** 2 / of;
  const middle = (share + spread / 2) / (1 + spread);
  const half = (Z_95 / (1 + spread)) * Math.sqrt((share * (1 - share)) / of + spread / (4 * of));
  return { share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

function partOf(outcome: LoginOutcome): keyof Split {
  switch (outcome) {
    case "completed_biometric":
      return "completed";
    // Sent to the old way: how that ended is another question, and where it was not reported it is not known.
    case "fell_back":
    case "fell_back_failed":
    case "legacy_unreported":
    case "completed_legacy":
    case "legacy_failed":
      return "fellBack";
    case "rejected":
    case "abandoned":
      return "lost";
  }
}

/** In, with biometrics or the old way after it. */
const GOT_IN: ReadonlySet<LoginOutcome> = new Set(["completed_biometric", "fell_back"]);

const isOffered = (cell: LoginCell): boolean => cell.path === "biometric";
const countOf = (cells: LoginCell[]): number => cells.reduce((sum, cell) => sum + cell.count, 0);

function splitOf(cells: LoginCell[]): Split {
  const split: Split = { completed: 0, fellBack: 0, lost: 0 };
  for (const cell of cells) if (isOffered(cell)) split[partOf(cell.outcome)] += cell.count;
  return split;
}

/** Every hour from `since` to `now`, also those in which nothing happened. */
export function splitByHour(cells: LoginCell[], since: Date, now: Date): Hour[] {
  const hours: Hour[] = [];
  for (let start = since.getTime(); start <= now.getTime(); start += HOUR_MS) {
    const own = cells.filter((cell) => cell.hour.getTime() === start);
    hours.push({ hour: new Date(start), split: splitOf(own) });
  }
  return hours;
}

function topReasonOf(cells: LoginCell[]): Figures["topReason"] {
  const counts = new Map<LoginCell["fallbackReason"], number>();
  for (const cell of cells) {
    if (!isOffered(cell) || partOf(cell.outcome) !== "fellBack") continue;
    counts.set(cell.fallbackReason, (counts.get(cell.fallbackReason) ?? 0) + cell.count);
  }
  const [top] = [...counts].sort(([, a], [, b]) => b - a);
  return top ? { reason: top[0], count: top[1] } : null;
}

/**
 * The figures of the last 24 hours as this reader may see them. Where one part of a whole is hidden the others are too,
 * and where one hour is, all hours are: the whole and the rest would give it away.
 * Fallback rate = logins offered the biometric path that ended on the legacy path ÷ logins offered the biometric path.
 */
export function figuresOf(data: OverviewData, grant: Grant, now: Date): Figures {
  const { cells, calls } = data;
  const hides = (...counts: number[]): boolean =>
    grant === "small_hidden" && counts.some((count) => count > 0 && count < SMALL_CELL);
  const share = (count: number, of: number): Share => ({
    count,
    of,
    rate: data.peopleSeen >= PEOPLE_FOR_RATES && of > 0 ? wilsonInterval(count, of) : null,
  });
  const offeredCells = cells.filter(isOffered);
  const offered = countOf(offeredCells);
  const routed = countOf(cells) - offered;
  const whole = splitOf(cells);
  const split = hides(...Object.values(whole)) ? null : whole;
  const gotIn = countOf(offeredCells.filter((cell) => GOT_IN.has(cell.outcome)));
  const hours = splitByHour(cells, data.since, now);
  const topReason = split && topReasonOf(cells);
  return {
    since: data.since,
    offered,
    routed: hides(routed) ? null : routed,
    openLogins: hides(data.openLogins) ? null : data.openLogins,
    split,
    completed: split && !hides(offered - gotIn) ? share(gotIn, offered) : null,
    fallback: split && share(split.fellBack, offered),
    topReason: topReason && !hides(topReason.count) ? topReason : null,
    apiErrors: hides(calls.errors, calls.calls - calls.errors) ? null : share(calls.errors, calls.calls),
    apiTrouble:
      calls.lastHourCalls >= TROUBLE_CALLS && calls.lastHourErrors / calls.lastHourCalls >= TROUBLE_SHARE,
    latencyMsP50: percentileMs(data.latencies, 0.5),
    latencyMsP95: percentileMs(data.latencies, 0.95),
    hours: hides(...hours.flatMap((hour) => Object.values(hour.split))) ? null : hours,
  };
}
