import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { loginOutcomes } from "#db/schema/logins.ts";
import { loginRollups } from "#db/schema/rollups.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { listFacetCells, listRateCells, readPeriodBefore, readSteps } from "#lib/fallback-page/queries.ts";
import { noFilters, rateSeriesOf, wholeOf } from "#lib/fallback-page/rules.ts";
import { FACET_NAMES, type FallbackFilters } from "#lib/fallback-page/types.ts";
import { newId } from "#lib/ids.ts";
import { recordStatement } from "#lib/recording/record-statement.ts";
import { sampleClosing, sampleLogin, sampleVerification } from "#lib/recording/testing/sample-events.ts";
import type { LoginClosed, LoginOpened } from "#lib/recording/types.ts";
import type { TimeRange } from "#lib/time-steps.ts";
import { countLogins, listEndCells, listEndedLogins } from "./queries.ts";
import { funnelOf, legacyEndsOf } from "./rules.ts";
import { LEGACY_ENDS, LOGIN_PARTS, type LoginsAsked } from "./types.ts";

const NOW = new Date(Math.ceil(Date.now() / 60_000) * 60_000);
const clock = { now: NOW, timeZone: "Asia/Kathmandu" };
const minutesAgo = (minutes: number, seconds = 0) =>
  new Date(NOW.getTime() - minutes * 60_000 - seconds * 1000);
const APPLICATION = newId();

type Made = { at: Date; login?: Partial<LoginOpened>; end?: Partial<LoginClosed> };
const LEGACY = { path: "legacy", reason: "not_exposed" } as const;
const FELL = { outcome: "fell_back", fallbackReason: "capture_quality" } as const;

/** A login of every kind, at times of which some share a minute and one lies just before the period. */
const MADE: Made[] = [
  { at: minutesAgo(3, 10) },
  { at: minutesAgo(3, 20), end: FELL },
  { at: minutesAgo(3, 40), login: { channel: "web", deviceClass: "kiosk" }, end: FELL },
  {
    at: minutesAgo(90),
    end: { outcome: "fell_back_failed", fallbackReason: "not_matched", lockedOut: true },
  },
  { at: minutesAgo(91), end: { outcome: "legacy_unreported", fallbackReason: "api_trouble" } },
  {
    at: minutesAgo(92),
    login: { exposurePercent: 25 },
    end: { outcome: "rejected", fallbackReason: "none" },
  },
  { at: minutesAgo(93), end: { outcome: "abandoned", fallbackReason: "not_finished", attempts: 0 } },
  { at: minutesAgo(94), login: { applicationId: APPLICATION }, end: { ...FELL, attempts: 0 } },
  { at: minutesAgo(5), login: LEGACY, end: { outcome: "completed_legacy", attempts: 0 } },
  { at: minutesAgo(6), login: LEGACY, end: { outcome: "legacy_failed", attempts: 0, lockedOut: true } },
  {
    at: minutesAgo(7),
    login: { ...LEGACY, reason: "not_enrolled" },
    end: { outcome: "completed_legacy", attempts: 0 },
  },
  {
    at: minutesAgo(8),
    login: { ...LEGACY, reason: "paused" },
    end: { outcome: "completed_legacy", attempts: 0 },
  },
];

async function made(tx: DatabaseOrTransaction) {
  await tx.delete(loginOutcomes);
  await tx.delete(loginRollups);
  const all = MADE.map(({ at, login, end }) => {
    const opened = sampleLogin(minutesAgo((NOW.getTime() - at.getTime()) / 60_000 + 0.1), login);
    return { opened, closed: sampleClosing(opened, at, end) };
  });
  const tried = all.filter(({ closed }) => closed.attempts > 0);
  await tx.execute(
    recordStatement({
      opened: all.map(({ opened }) => opened),
      verifications: tried.map(({ opened, closed }) => sampleVerification(opened, closed.at)),
      closed: all.map(({ closed }) => closed),
    }),
  );
}

const asked = (range: TimeRange, fields: Partial<LoginsAsked> = {}): LoginsAsked => ({
  range,
  part: "fell_back",
  end: null,
  why: null,
  filters: noFilters(),
  ...fields,
});
const FIRST = { order: "newest", cursor: null } as const;
const PERIOD = { from: minutesAgo(24 * 60), to: NOW };

const NARROWED: Partial<FallbackFilters>[] = [
  {},
  { reason: ["capture_quality"] },
  { stage: ["100"] },
  { channel: ["web"] },
  { application: [APPLICATION] },
  { device: ["phone_android"], reason: ["capture_quality", "api_trouble"] },
];

test("every point of the chart, split by any facet and narrowed in any way, counts exactly the logins listed behind it", () =>
  inRolledBackTransaction(async (tx) => {
    await made(tx);
    const steps = await readSteps(tx, { span: "24h", days: null }, clock);
    let points = 0;
    for (const narrowed of NARROWED) {
      const filters = { ...noFilters(), ...narrowed };
      // Split by everything where nothing narrows; narrowed, the whole is enough.
      const splits = Object.keys(narrowed).length === 0 ? [null, ...FACET_NAMES] : [null];
      for (const split of splits) {
        const cells = await listRateCells(tx, steps, filters, split);
        for (const { value, points: line } of rateSeriesOf(cells, { steps: 24, split, grant: "full" }) ??
          []) {
          for (const [place, point] of line.entries()) {
            if (!point || point.count === 0) continue;
            const range = { from: steps.starts[place] ?? NOW, to: steps.starts[place + 1] ?? NOW };
            const own = split === null ? filters : { ...filters, [split]: [value] };
            const listed = await listEndedLogins(tx, asked(range, { filters: own }), FIRST);
            expect(listed.rows).toHaveLength(point.count);
            expect(await countLogins(tx, asked(range, { filters: own }))).toBe(point.count);
            points += 1;
          }
        }
      }
    }
    expect(points).toBeGreaterThan(20);
  }));

test("every part of the funnel and every end of the old way counts exactly the logins listed behind it", () =>
  inRolledBackTransaction(async (tx) => {
    await made(tx);
    for (const part of LOGIN_PARTS)
      for (const end of [null, ...LEGACY_ENDS]) {
        const { rows } = await listEndedLogins(tx, asked(PERIOD, { part, end }), FIRST);
        expect(await countLogins(tx, asked(PERIOD, { part, end }))).toBe(rows.length);
      }
    const cells = await listEndCells(tx, PERIOD, noFilters());
    const funnel = funnelOf(cells, "full");
    expect(funnel).toEqual({
      ...{ eligible: 11, offered: 8, captured: 6, approved: 1, fellBack: 5, rejected: 1, abandoned: 1 },
    });
    expect(legacyEndsOf(cells, "full")).toEqual({
      fellBack: { all: 5, completed: 3, failed: 1, unreported: 1, lockedOut: 1 },
      keptApart: { all: 2, completed: 1, failed: 1, unreported: 0, lockedOut: 1 },
    });
  }));

test("the list goes on from where a page ends, in both orders and both ways, and names person and tries", () =>
  inRolledBackTransaction(async (tx) => {
    await made(tx);
    const whole = await listEndedLogins(tx, asked(PERIOD, { part: "eligible" }), FIRST);
    const times = whole.rows.map(({ at }) => at.getTime());
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    const third = whole.rows[2];
    if (third === undefined) throw new Error("there are eleven");
    const place = { at: third.at, id: third.id };
    const after = { order: "newest", cursor: { ...place, direction: "after" } } as const;
    const older = await listEndedLogins(tx, asked(PERIOD, { part: "eligible" }), after);
    expect(older.rows).toEqual(whole.rows.slice(3));
    const before = { order: "newest", cursor: { ...place, direction: "before" } } as const;
    const newer = await listEndedLogins(tx, asked(PERIOD, { part: "eligible" }), before);
    expect(newer.rows).toEqual(whole.rows.slice(0, 2));
    const oldest = await listEndedLogins(tx, asked(PERIOD, { part: "eligible" }), {
      order: "oldest",
      cursor: null,
    });
    expect(oldest.rows).toEqual(whole.rows.toReversed());
    expect(whole.rows.filter(({ tries }) => tries.length === 1)).toHaveLength(6);
  }));

test("the period before is told apart from the period, and reasons narrow fallbacks, not what was offered", () =>
  inRolledBackTransaction(async (tx) => {
    await made(tx);
    const steps = await readSteps(tx, { span: "24h", days: null }, clock);
    const before = await readPeriodBefore(tx, steps, { kind: "before" }, clock.timeZone);
    expect(before).toEqual({
      from: new Date((steps.starts[0]?.getTime() ?? 0) - 86_400_000),
      to: steps.starts[0],
    });
    const split = minutesAgo(60);
    const periods = { before: { from: minutesAgo(600), to: split }, now: { from: split, to: NOW } };
    const judged = { hasBefore: true, people: 100, grant: "full" } as const;
    const all = await listFacetCells(tx, periods, noFilters());
    expect(wholeOf(all, { ...judged, filters: noFilters() })).toMatchObject({
      before: { count: 3, of: 5 },
      now: { count: 2, of: 3 },
      reading: "too_few",
    });
    const filters = { ...noFilters(), reason: ["not_matched" as const] };
    const some = await listFacetCells(tx, periods, filters);
    expect(wholeOf(some, { ...judged, filters })).toMatchObject({
      before: { count: 1, of: 5 },
      now: { count: 0, of: 3 },
    });
  }));

test("chosen days are shown by day, one alone by its hours, and as many days from another one are held against them", () =>
  inRolledBackTransaction(async (tx) => {
    const days = { from: "2026-03-01", to: "2026-03-03" };
    const three = await readSteps(tx, { span: "30d", days }, clock);
    expect(three.starts.map((start) => start.toISOString())).toEqual(
      ["2026-02-28", "2026-03-01", "2026-03-02"].map((day) => `${day}T18:15:00.000Z`),
    );
    expect(three.now).toEqual(new Date("2026-03-03T18:15:00Z"));
    const one = await readSteps(tx, { span: "30d", days: { from: "2026-03-03", to: "2026-03-03" } }, clock);
    expect([one.unit, one.starts.length]).toEqual(["hour", 24]);
    const other = { kind: "days", from: "2026-01-10" } as const;
    expect(await readPeriodBefore(tx, three, other, clock.timeZone)).toEqual({
      from: new Date("2026-01-09T18:15:00Z"),
      to: new Date("2026-01-12T18:15:00Z"),
    });
  }));
