import type { Grant } from "#lib/auth/policy.ts";
import { ENDED_ON_LEGACY } from "#lib/fallback/rules.ts";
import type { LoginOutcome, PathReason } from "#lib/logins/schema.ts";
import { hidesSmall } from "#lib/rates/rules.ts";
import type { ApartCount, EndCell, Funnel, LegacyEnd, LegacyEnds } from "./types.ts";

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
/** Nobody who was not enrolled, or whose enrolment is not confirmed, could have been offered the path. */
export const NOT_ELIGIBLE: readonly PathReason[] = ["not_enrolled", "enrollment_pending"];

/** The outcomes of either path that say how the legacy way ended. */
export const LEGACY_OUTCOMES = {
  completed: ["fell_back", "completed_legacy"],
  failed: ["fell_back_failed", "legacy_failed", "rejected", "abandoned"],
  unreported: ["legacy_unreported"],
} as const satisfies Partial<Record<LegacyEnd, readonly LoginOutcome[]>>;

const countOf = (cells: readonly EndCell[]): number => sumOf(cells.map(({ count }) => count));
const isOffered = ({ path }: EndCell) => path === "biometric";

const isEligible = ({ pathReason }: EndCell) => !NOT_ELIGIBLE.includes(pathReason);

/**
 * Where the logins of enrolled people went. Those offered the path are eligible; approved, fallen back, rejected and
 * abandoned add up to those offered. Null where one of the parts is too small for this reader.
 */
export function funnelOf(cells: readonly EndCell[], grant: Grant): Funnel | null {
  const offered = cells.filter(isOffered);
  const ended = (...outcomes: EndCell["outcome"][]) =>
    countOf(offered.filter(({ outcome }) => outcomes.includes(outcome)));
  const funnel = {
    eligible: countOf(cells.filter((cell) => isOffered(cell) || isEligible(cell))),
    offered: countOf(offered),
    captured: sumOf(offered.map(({ captured }) => captured)),
    approved: ended("completed_biometric"),
    fellBack: ended(...ENDED_ON_LEGACY),
    rejected: ended("rejected"),
    abandoned: ended("abandoned"),
  };
  const { eligible, offered: all, captured, ...parts } = funnel;
  return hidesSmall(grant, eligible - all, all - captured, captured, ...Object.values(parts)) ? null : funnel;
}

/** How the legacy way ended for those who fell back, and for those whom the rollout alone kept on it. */
export function legacyEndsOf(cells: readonly EndCell[], grant: Grant) {
  const fellBack = endsOf(cells.filter((cell) => isOffered(cell) && ENDED_ON_LEGACY.has(cell.outcome)));
  const keptApart = endsOf(
    cells.filter(({ path, pathReason }) => path === "legacy" && pathReason === "not_exposed"),
  );
  const parts = [fellBack, keptApart].flatMap(({ all: _, ...ends }) => Object.values(ends));
  return hidesSmall(grant, ...parts) ? null : { fellBack, keptApart };
}

function endsOf(cells: readonly EndCell[]): LegacyEnds {
  const ended = (outcomes: readonly LoginOutcome[]) =>
    countOf(cells.filter(({ outcome }) => outcomes.includes(outcome)));
  return {
    all: countOf(cells),
    completed: ended(LEGACY_OUTCOMES.completed),
    failed: ended(LEGACY_OUTCOMES.failed),
    unreported: ended(LEGACY_OUTCOMES.unreported),
    lockedOut: sumOf(cells.map(({ lockedOut }) => lockedOut)),
  };
}

/** Logins that were never offered the path, by why, the most frequent first. */
export function apartOf(cells: readonly EndCell[], grant: Grant): ApartCount[] | null {
  const counts = new Map<ApartCount["reason"], number>();
  for (const { path, pathReason, count } of cells)
    if (path === "legacy") counts.set(pathReason, (counts.get(pathReason) ?? 0) + count);
  if (hidesSmall(grant, ...counts.values())) return null;
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count);
}
