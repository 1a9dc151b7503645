import "server-only";
import type { Database } from "#db/client.ts";
import { listApplicationNames } from "#lib/applications/queries.ts";
import { type Grant, grantOf } from "#lib/auth/policy.ts";
import { requireViewer } from "#lib/auth/viewer.ts";
import { consoleDatabase, consoleSettings } from "#lib/console/runtime.ts";
import { countPeopleTried } from "#lib/fallback/queries.ts";
import { findWatchedSince, listIncidents } from "#lib/health-page/queries.ts";
import { listEndCells } from "#lib/login-ends/queries.ts";
import { apartOf, funnelOf, legacyEndsOf } from "#lib/login-ends/rules.ts";
import { listPolicyChanges } from "#lib/policies/queries.ts";
import { findOpenRollout } from "#lib/rollout/queries.ts";
import { listCallCells } from "#lib/service-health/call-queries.ts";
import { listHalts, listStagesBegun } from "#lib/stage-changes/queries.ts";
import { changesOf, runsOf, sidesOf } from "#lib/stage-changes/rules.ts";
import type { StageChange } from "#lib/stage-changes/types.ts";
import type { TimeSteps } from "#lib/time-steps.ts";
import { placeChanges } from "#lib/trends/rules.ts";
import { listFacetCells, listRateCells, readAllDays, readPeriodBefore, readSteps } from "./queries.ts";
import { choicesOf, comparedBy, noFilters, placesOf, rateSeriesOf, troublesOf, wholeOf } from "./rules.ts";
import { FACET_NAMES, type FacetName, type FallbackSearch, type Periods } from "./types.ts";

const MINUTE_MS = 60_000;

/** The running minute as a whole, so that what is counted is exactly what a list of it holds. */
const wholeMinute = (at: Date) => new Date(Math.ceil(at.getTime() / MINUTE_MS) * MINUTE_MS);

/** Fallback as this reader may see it: over time, two periods by every facet, and where the logins of the period went. */
export async function loadFallback(search: FallbackSearch) {
  const { grant, role } = await requireViewer("fallback.read");
  const db = consoleDatabase();
  const clock = { now: wholeMinute(new Date()), timeZone: consoleSettings().timeZone };
  const [steps, known] = await Promise.all([readSteps(db, search, clock), readChanges(db, clock)]);
  const { periods, change } = await readPeriods(db, { search, steps, known, ...clock });
  const { filters, split } = search;
  const [rateCells, facetCells, endCells, people, marks, applications, rollout] = await Promise.all([
    listRateCells(db, steps, filters, split),
    listFacetCells(db, periods, filters),
    listEndCells(db, periods.now, filters),
    countPeopleTried(db, periods.now),
    readMarks(db, steps, grant),
    listApplicationNames(db),
    findOpenRollout(db),
  ]);
  const judged = { filters, hasBefore: periods.before !== null, people, grant };
  const byFacet = <Told>(tell: (facet: FacetName) => Told) =>
    Object.fromEntries(FACET_NAMES.map((facet) => [facet, tell(facet)])) as Record<FacetName, Told>;
  const listGrant = grantOf(role, "verifications.read");
  return {
    now: clock.now,
    steps,
    series: rateSeriesOf(rateCells, { steps: steps.starts.length, split, grant }),
    marks,
    /** The share of offered logins that the rollout under way allows to fall back. */
    limit: rollout === null ? null : rollout.plan.limits.fallbackPercent / 100,
    periods,
    changes: known.changes,
    /** The stage change that is looked at, where that was asked for and is known. */
    change,
    whole: wholeOf(facetCells, judged),
    compared: byFacet((facet) => comparedBy(facet, facetCells, judged)),
    choices: byFacet((facet) => choicesOf(facet, facetCells, filters)),
    funnel: funnelOf(endCells, grant),
    legacy: legacyEndsOf(endCells, grant),
    apart: apartOf(endCells, grant),
    applications,
    /** Whether the logins behind a figure are theirs to see. */
    mayList: listGrant !== null && listGrant !== "figures",
  };
}

export type FallbackData = Awaited<ReturnType<typeof loadFallback>>;

type Clock = { now: Date; timeZone: string };

/** Where stages gave way to others within the days of the longest chart, and since when that is known. */
async function readChanges(db: Database, clock: Clock) {
  const days = await readAllDays(db, clock);
  const from = days.starts[0] ?? clock.now;
  const [cells, begun] = await Promise.all([
    listRateCells(db, days, noFilters(), "stage"),
    listStagesBegun(db, { from, to: clock.now }),
  ]);
  return { changes: changesOf(cells, days, begun), since: from };
}

type Asked = Clock & {
  search: FallbackSearch;
  steps: TimeSteps;
  known: Awaited<ReturnType<typeof readChanges>>;
};

/** What is looked at and what it is held against: both sides of a stage change, or the chart's time and another. */
async function readPeriods(
  db: Database,
  { search: { against }, steps, known: { changes, since }, now, timeZone }: Asked,
): Promise<{ periods: Periods; change: StageChange | null }> {
  const change =
    against.kind === "change"
      ? changes.find(({ beginsAt }) => beginsAt.getTime() === against.at.getTime())
      : undefined;
  const sides = change && sidesOf(change, changes, { from: since, to: now });
  if (change && sides) return { periods: sides, change };
  const before = await readPeriodBefore(db, steps, against, timeZone);
  return { periods: { now: { from: steps.starts[0] ?? now, to: steps.now }, before }, change: null };
}

/** What happened while the chart ran: stages, changes of the rules, halts, trouble at the API. */
async function readMarks(db: Database, steps: TimeSteps, grant: Grant) {
  const range = { from: steps.starts[0] ?? steps.now, to: steps.now };
  const [stageCells, policyChanges, halts, calls, incidents, watchedSince] = await Promise.all([
    listRateCells(db, steps, noFilters(), "stage"),
    listPolicyChanges(db, range.from),
    listHalts(db, range),
    listCallCells(db, steps),
    listIncidents(db, range.from),
    findWatchedSince(db),
  ]);
  const ofApi = incidents.filter(({ part }) => part === "api").toReversed();
  return {
    stages: runsOf(stageCells, steps.starts.length).map(({ from, exposurePercent }) => ({
      place: from,
      exposurePercent,
    })),
    policies: placeChanges(policyChanges, steps),
    halts: placesOf(halts, steps),
    troubles: troublesOf({ calls, incidents: ofApi, watchedSince }, steps, grant),
  };
}
