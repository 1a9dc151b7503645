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
  const facets = { ...noFacets(), outcome: ["not_matched" as const], channel: ["app"] };
  return [
    { ...held, name: "overview, 90 days", ours: (db) => readOverview(db, now, timeZone) },
    { ...held, name: "verifications, counts of 90 days", ours: (db) => countCells(db, limitsOf(line)) },
    { ...held, name: "verifications, bars of 90 days", ours: (db) => listBars(db, line, facets) },
  ];
}
