import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#db/client.ts";
import { type FreshDatabase, freshDatabase } from "#db/testing/fresh-database.ts";
import { hasSpilled, plansOf, rowsReadOf, tablesRead, tablesScanned } from "#db/testing/plans.ts";
import { listFacetCells, listRateCells } from "#lib/fallback-page/queries.ts";
import { noFilters } from "#lib/fallback-page/rules.ts";
import { listEndCells, listEndedLogins } from "#lib/login-ends/queries.ts";
import { readOverview } from "#lib/overview/queries.ts";
import { type SampleHistory, sampleHistory } from "#lib/recording/testing/sample-history.ts";
import { readDaySteps } from "#lib/time-steps.ts";
import { countCells, listBars } from "#lib/verification-counts/queries.ts";
import { limitsOf, timeLineOf } from "#lib/verification-counts/rules.ts";
import { listVerifications } from "#lib/verification-list/queries.ts";
import { noFacets } from "#lib/verifications/rules.ts";
import type { TimeWindow, VerificationFacets } from "#lib/verifications/types.ts";
import { findLastLogin, getPersonFigures, listTimeline } from "./queries.ts";

const HISTORY = /^(logins|verifications|login_outcomes)_\d{4}_\d{2}$/;
const NOW = new Date("2026-03-13T12:00:00Z");
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

let database: FreshDatabase;
let history: SampleHistory;
beforeAll(async () => {
  database = await freshDatabase(1);
  history = await sampleHistory(database.sql, { people: 5_000, logins: 40_000, days: 120, now: NOW });
});
afterAll(() => database.drop());

const lineOf = (window: TimeWindow) => timeLineOf(window, NOW, "UTC");
const listed = (window: TimeWindow, more: Partial<VerificationFacets> = {}) => ({
  limits: limitsOf(lineOf(window)),
  facets: { ...noFacets(), ...more },
});
const page = { order: "newest", cursor: null } as const;
const deep = {
  order: "newest",
  cursor: { at: daysAgo(20), id: "ffffffff-ffff-ffff-ffff-ffffffffffff", direction: "after" },
} as const;

const last90 = { now: { from: daysAgo(45), to: NOW }, before: { from: daysAgo(90), to: daysAgo(45) } };
const lastDays = (days: number) => ({ from: daysAgo(days), to: NOW });
const rare = { ...noFilters(), reason: ["spoof_suspected" as const] };
const fallbacks = { part: "fell_back", end: null, why: null, filters: noFilters() } as const;

/** Each screen's reads by name, with the most rows of the history that one of them may look at. */
const READS: Record<string, { most: number; read(db: Database): Promise<unknown> }> = {
  "verifications, first page": { most: 500, read: (db) => listVerifications(db, listed("30d"), page) },
  "verifications, a deep page": { most: 500, read: (db) => listVerifications(db, listed("30d"), deep) },
  // 41 of 40,000 are so, and each is found by the hour or minute that counts it.
  "verifications, a rare outcome": {
    most: 1_500,
    read: (db) => listVerifications(db, listed("90d", { outcome: ["spoof_suspected"] }), page),
  },
  "verifications, nothing passes": {
    most: 0,
    read: (db) => listVerifications(db, listed("90d", { reason: ["glasses"] }), page),
  },
  "verifications, bars": { most: 0, read: (db) => listBars(db, lineOf("90d"), noFacets()) },
  "verifications, counts": { most: 0, read: (db) => countCells(db, limitsOf(lineOf("90d"))) },
  overview: { most: 12_000, read: (db) => readOverview(db, NOW, "UTC") },
  "fallback, rates by device": {
    most: 0,
    read: async (db) =>
      listRateCells(
        db,
        await readDaySteps(db, { count: 90, now: NOW, timeZone: "UTC" }),
        noFilters(),
        "device",
      ),
  },
  "fallback, both periods": { most: 0, read: (db) => listFacetCells(db, last90, noFilters()) },
  "fallback, where logins went": { most: 0, read: (db) => listEndCells(db, last90.now, noFilters()) },
  "fallback, the logins behind a figure": {
    most: 500,
    read: (db) => listEndedLogins(db, { ...fallbacks, range: last90.now }, page),
  },
  "fallback, the logins of a rare reason": {
    most: 1_500,
    read: (db) => listEndedLogins(db, { ...fallbacks, filters: rare, range: lastDays(90) }, page),
  },
  "fallback, those who were locked out": {
    most: 1_500,
    read: (db) => listEndedLogins(db, { ...fallbacks, end: "locked_out", range: lastDays(90) }, page),
  },
  "fallback, logins of a kind that was never": {
    most: 0,
    read: (db) => listEndedLogins(db, { ...fallbacks, part: "abandoned", range: lastDays(90) }, page),
  },
  "person, timeline": {
    most: 200,
    read: (db) => listTimeline(db, { personId: history.personId, kind: null, before: null, limit: 50 }),
  },
  "person, last login": { most: 50, read: (db) => findLastLogin(db, history.personId) },
  "person, figures": { most: 200, read: (db) => getPersonFigures(db, history.personId, daysAgo(30)) },
};

describe.each(Object.entries(READS))("%s", (_, { most, read }) => {
  it("walks indexes, sorts in memory and looks at few rows of the history", async () => {
    const plans = await plansOf(database.sql, read);
    expect(plans.length).toBeGreaterThan(0);
    expect(tablesScanned(plans)).toEqual([]);
    expect(hasSpilled(plans)).toBe(false);
    expect(rowsReadOf(plans, HISTORY)).toBeLessThanOrEqual(most);
  });
});

it("a page takes no row of a month outside of what it looks at", async () => {
  const plans = await plansOf(database.sql, (db) => listVerifications(db, listed("7d"), page));
  expect(
    tablesRead(plans)
      .filter((table) => HISTORY.test(table))
      .sort(),
  ).toEqual(["login_outcomes_2026_03", "verifications_2026_03"]);
});
