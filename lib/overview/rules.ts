import type { Grant } from "#lib/auth/policy.ts";
import type { LoginOutcome } from "#lib/logins/schema.ts";
import { percentileMs } from "#lib/recording/rules.ts";
import type { Figures, Hour, LoginCell, OverviewData, Rate, Share, Split } from "./types.ts";

/** Below so many people a rate says more about who they were than about the login. */
export const PEOPLE_FOR_RATES = 30;
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

/** A split with a cell from 1 to 4 is not told at all: the other cells would give the small one away. */
function tell(split: Split, grant: Grant): Split | null {
  const hidden =
    grant === "small_hidden" && Object.values(split).some((count) => count > 0 && count < SMALL_CELL);
  return hidden ? null : split;
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
 * The figures of the last 24 hours as this reader may see them.
 * Fallback rate = logins offered the biometric path that ended on the legacy path ÷ logins offered the biometric path.
 */
export function figuresOf(data: OverviewData, grant: Grant, now: Date): Figures {
  const { cells, calls } = data;
  const offered = countOf(cells.filter(isOffered));
  const split = tell(splitOf(cells), grant);
  const gotIn = countOf(
    cells.filter((cell) => isOffered(cell) && ["completed_biometric", "fell_back"].includes(cell.outcome)),
  );
  const share = (count: number, of: number): Share => ({
    count,
    of,
    rate: data.peopleSeen >= PEOPLE_FOR_RATES && of > 0 ? wilsonInterval(count, of) : null,
  });
  return {
    since: data.since,
    offered,
    routed: countOf(cells) - offered,
    openLogins: data.openLogins,
    split,
    completed: split && share(gotIn, offered),
    fallback: split && share(split.fellBack, offered),
    topReason: split && topReasonOf(cells),
    apiErrors: share(calls.errors, calls.calls),
    apiTrouble:
      calls.lastHourCalls >= TROUBLE_CALLS && calls.lastHourErrors / calls.lastHourCalls >= TROUBLE_SHARE,
    latencyMsP50: percentileMs(data.latencies, 0.5),
    latencyMsP95: percentileMs(data.latencies, 0.95),
    hours: splitByHour(cells, data.since, now).map((hour) => ({
      hour: hour.hour,
      split: tell(hour.split, grant),
    })),
  };
}
