import type { Grant } from "#lib/auth/policy.ts";
import { LOGIN_OUTCOMES, type LoginOutcome } from "#lib/logins/schema.ts";
import { hidesSmall, shareOf, toldShare } from "#lib/rates/rules.ts";
import { byStep } from "#lib/time-steps.ts";
import type { FallbackPoint, LoginCell, ReasonSeries, Split } from "./types.ts";

/** More reasons than this cannot be told apart in one picture. */
const REASONS_APART = 4;

export function partOf(outcome: LoginOutcome): keyof Split {
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

/** Where an offered login ended so, it fell back: for statements, which cannot ask `partOf`. */
export const ENDED_ON_LEGACY: ReadonlySet<LoginOutcome> = new Set(
  LOGIN_OUTCOMES.filter((outcome) => partOf(outcome) === "fellBack"),
);

export const isOffered = (cell: Pick<LoginCell, "path">): boolean => cell.path === "biometric";
export const isFallback = (cell: LoginCell): boolean =>
  isOffered(cell) && partOf(cell.outcome) === "fellBack";
export const countOf = (cells: readonly LoginCell[]): number =>
  cells.reduce((sum, cell) => sum + cell.count, 0);

/** In, with biometrics or the old way after it. */
const GOT_IN: ReadonlySet<LoginOutcome> = new Set(["completed_biometric", "fell_back"]);

/** How many of the offered logins ended with the person in. */
export const gotInOf = (cells: readonly LoginCell[]): number =>
  countOf(cells.filter((cell) => isOffered(cell) && GOT_IN.has(cell.outcome)));

/** How the offered logins among these ended. */
export function splitOf(cells: readonly LoginCell[]): Split {
  const split: Split = { completed: 0, fellBack: 0, lost: 0 };
  for (const cell of cells) if (isOffered(cell)) split[partOf(cell.outcome)] += cell.count;
  return split;
}

/**
 * Fallback step by step. The counts of different people are not kept per step, so a step needs that many logins before
 * it has a rate. Logins are the most people there can have been.
 */
export function fallbackPoints(cells: readonly LoginCell[], steps: number, grant: Grant): FallbackPoint[] {
  return byStep(cells, steps).map((own) => {
    const offered = countOf(own.filter(isOffered));
    return toldShare(shareOf(splitOf(own).fellBack, offered, offered), grant);
  });
}

/**
 * Fallbacks by reason, step by step: the most frequent ones apart, the rest together. Null for a reader who may not
 * know one of the cells: the others and the rate would give it away.
 */
export function reasonSeries(
  cells: readonly LoginCell[],
  steps: number,
  grant: Grant,
): ReasonSeries[] | null {
  const counts = new Map<LoginCell["fallbackReason"], number[]>();
  for (const cell of cells.filter(isFallback)) {
    const own = counts.get(cell.fallbackReason) ?? new Array<number>(steps).fill(0);
    own[cell.step] = (own[cell.step] ?? 0) + cell.count;
    counts.set(cell.fallbackReason, own);
  }
  const series: ReasonSeries[] = [...counts]
    .map(([reason, own]) => ({ reason, counts: own, total: sumOf(own) }))
    .sort((a, b) => b.total - a.total);
  if (hidesSmall(grant, ...series.flatMap((one) => one.counts))) return null;
  const rest = series.slice(REASONS_APART);
  return rest.length < 2 ? series : [...series.slice(0, REASONS_APART), together(rest, steps)];
}

function together(series: ReasonSeries[], steps: number): ReasonSeries {
  const counts = Array.from({ length: steps }, (_, step) =>
    sumOf(series.map((one) => one.counts[step] ?? 0)),
  );
  return { reason: "others", counts, total: sumOf(counts) };
}

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
