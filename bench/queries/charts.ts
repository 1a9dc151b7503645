import { listFacetCells, listRateCells, readAllDays } from "#lib/fallback-page/queries.ts";
import { noFilters } from "#lib/fallback-page/rules.ts";
import type { FallbackFilters } from "#lib/fallback-page/types.ts";
import { listEndCells } from "#lib/login-ends/queries.ts";
import { readOverview } from "#lib/overview/queries.ts";
import { countCells, listBars } from "#lib/verification-counts/queries.ts";
import { limitsOf, timeLineOf } from "#lib/verification-counts/rules.ts";
import { noFacets } from "#lib/verifications/rules.ts";
import type { ReadCase } from "./case.ts";

/** What the charts of 90 days may take on the server. */
const MOST_MS = 50;

/** The reads behind the charts, 90 days wherever they can look so far. */
export function chartCases(now: Date, timeZone: string): ReadCase[] {
  const held = { raw: null, mostMs: MOST_MS };
  const line = timeLineOf("90d", now, timeZone);
  const clock = { now, timeZone };
  const period = limitsOf(line);
  const before = { from: new Date(2 * period.from.getTime() - period.to.getTime()), to: period.from };
  const narrowed: FallbackFilters = { ...noFilters(), channel: ["app"], device: ["phone_android"] };
  const facets = { ...noFacets(), outcome: ["not_matched" as const], channel: ["app"] };
  return [
    { ...held, name: "overview, 90 days", ours: (db) => readOverview(db, now, timeZone) },
    { ...held, name: "verifications, counts of 90 days", ours: (db) => countCells(db, limitsOf(line)) },
    { ...held, name: "verifications, bars of 90 days", ours: (db) => listBars(db, line, facets) },
    {
      ...{ ...held, name: "fallback by reason, 90 days, two facets" },
      ours: async (db) => listRateCells(db, await readAllDays(db, clock), narrowed, "reason"),
    },
    {
      ...{ ...held, name: "fallback, 90 days" },
      ours: async (db) => listRateCells(db, await readAllDays(db, clock), noFilters(), null),
    },
    {
      ...{ ...held, name: "fallback by every facet, twice 90 days" },
      ours: (db) => listFacetCells(db, { now: period, before }, noFilters()),
    },
    {
      ...{ ...held, name: "fallback, funnel of 90 days" },
      ours: (db) => listEndCells(db, period, noFilters()),
    },
  ];
}
