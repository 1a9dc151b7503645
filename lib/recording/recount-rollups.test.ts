import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type FreshDatabase, freshDatabase } from "#db/testing/fresh-database.ts";
import { keepRollupZone } from "./keep-rollup-zone.ts";
import { findRollupDifferences } from "./queries.ts";
import { type RecountedDay, recountRollups } from "./recount-rollups.ts";
import { sampleClosing, sampleLogin, sampleVerification } from "./testing/sample-events.ts";
import { writeEvents } from "./write-events.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** New York's clocks go back at 6:00 UTC on the first of November 2026, Lord Howe's forward by half an hour in October. */
const START = new Date("2026-10-29T00:00:00Z").getTime();
const at = (hours: number) => new Date(START + hours * HOUR_MS);
const NOW = at(200);

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.sql`truncate logins, verifications, login_outcomes, login_states, people, history_floors,
    verification_rollups, login_rollups, latency_rollups, verification_cells, login_cells`;
  await database.sql`update rollup_clock set time_zone = 'UTC', minutes_from = '1970-01-01'`;
  await database.sql`select make_event_partitions('2026-09-01', '2026-11-30')`;
});

const recordLogin = (hours: number, more: { madeAt?: Date } = {}) => {
  const login = sampleLogin(at(hours));
  const madeAt = more.madeAt ?? at(hours + 0.01);
  return writeEvents(database.sql, {
    opened: [login],
    verifications: [sampleVerification(login, madeAt)],
    closed: [sampleClosing(login, madeAt)],
  });
};

async function recount(repair = false): Promise<RecountedDay[]> {
  const days: RecountedDay[] = [];
  for await (const day of recountRollups(database.sql, { repair, now: NOW })) days.push(day);
  return days;
}
const differing = (days: RecountedDay[]) =>
  days.flatMap(({ from, differences }) => differences.map(({ rollup }) => `${from.toISOString()} ${rollup}`));

it("finds nothing where nothing is wrong, and goes through every day between the first and the last", async () => {
  for (const hours of [1, 23.99, 60, 150]) await recordLogin(hours);
  const days = await recount();
  expect(days).toHaveLength(9);
  expect(differing(days)).toEqual([]);
});

it("puts right what was changed, lost, made up or left without a name, and finds nothing after that", async () => {
  for (const hours of [1, 1, 30, 60]) await recordLogin(hours);
  await database.sql`update login_rollups set count = count + 3 where tier = 1 and starts_at < ${at(24).toISOString()}`;
  await database.sql`delete from latency_rollups where tier = 2 and starts_at >= ${at(24).toISOString()}`;
  await database.sql`insert into verification_rollups (tier, starts_at, cell, count) values (0, ${at(5).toISOString()}, 1, 9)`;
  await database.sql`delete from login_cells`;
  const [first, second, third] = ["2026-10-29", "2026-10-30", "2026-10-31"].map(
    (day) => `${day}T00:00:00.000Z`,
  );
  expect(differing(await recount(true)).sort()).toEqual([
    ...[`${first} login_cells`, `${first} login_rollups`, `${first} verification_rollups`],
    ...[`${second} latency_rollups`, `${third} latency_rollups`],
  ]);
  expect(await findRollupDifferences(database.sql)).toEqual([]);
});

it("finds nothing after events that came late, twice, or by a clock that was a day off", async () => {
  await recordLogin(100);
  await recordLogin(2);
  const login = sampleLogin(at(50));
  const batch = { opened: [login], closed: [sampleClosing(login, at(50.1))] };
  await writeEvents(database.sql, batch);
  await writeEvents(database.sql, batch);
  await recordLogin(75, { madeAt: at(75 - 24) });
  await recordLogin(75, { madeAt: at(75 + 24) });
  await recordLogin(190, { madeAt: new Date(NOW.getTime() + DAY_MS) });
  expect(differing(await recount())).toEqual([]);
  expect(await findRollupDifferences(database.sql)).toEqual([]);
});

it("leaves out the days whose raw rows went with their month, and the day after them, which is not whole", async () => {
  for (const hours of [1, 71.995, 72.5, 97]) await recordLogin(hours);
  await database.sql`select drop_event_partitions('2026-10-01')`;
  const days = await recount();
  expect(days[0]?.from).toEqual(at(96 + 24));
  expect(differing(days)).toEqual([]);
});

it("does not ask for minutes that are no longer kept", async () => {
  for (const hours of [1, 40, 100]) await recordLogin(hours);
  const kept = at(40.5).toISOString();
  await database.sql`update rollup_clock set minutes_from = ${kept}`;
  for (const table of ["verification_rollups", "login_rollups", "latency_rollups"])
    await database.sql`delete from ${database.sql(table)} where tier = 0 and starts_at < ${kept}`;
  expect(differing(await recount())).toEqual([]);
});

const ZONES = ["America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"];

it.each(ZONES)(
  "counts by the hours and days of %s once asked to, whatever zone it was before",
  async (zone) => {
    for (let hours = 0; hours < 190; hours += 7.3) await recordLogin(hours);
    expect(await keepRollupZone(database.sql, zone)).toBe(true);
    expect(await keepRollupZone(database.sql, zone)).toBe(false);
    await recordLogin(191);
    expect(await findRollupDifferences(database.sql)).toEqual([]);
  },
);

it("counts nothing twice where the zone changes by half an hour after minutes have gone", async () => {
  for (let hours = 0; hours < 190; hours += 0.4) await recordLogin(hours);
  const kept = at(100.3).toISOString();
  await database.sql`update rollup_clock set minutes_from = ${kept}`;
  await database.sql`delete from login_rollups where tier = 0 and starts_at < ${kept}`;
  const totals = () => database.sql`
    select tier, sum(count)::int from login_rollups where tier > 0 group by 1 order by 1`;
  const before = await totals();
  await keepRollupZone(database.sql, "Asia/Kathmandu");
  expect(await totals()).toEqual(before);
});

it.each(["UTC", ...ZONES])("the tiles of any time in %s hold what its raw rows say", async (zone) => {
  await keepRollupZone(database.sql, zone);
  for (let hours = 0; hours < 190; hours += 1.7) await recordLogin(hours);
  const minute = (n: number) => new Date(START + n * 60_000).toISOString();
  for (let round = 0; round < 60; round += 1) {
    const from = minute((round * 7919) % 9000);
    const to = minute(((round * 7919) % 9000) + ((round * 104_729) % 4000));
    const [row] = await database.sql`
      select (select coalesce(sum(r.count), 0)::int from rollup_tiles(${from}, ${to}) tile
          join login_rollups r on r.tier = tile.tier and r.starts_at >= tile.starts_at and r.starts_at < tile.ends_at) as tiles,
        (select count(*)::int from login_outcomes where at >= ${from} and at < ${to}) as raw`;
    expect(row, `${from} ${to}`).toEqual({ tiles: row?.raw, raw: row?.raw });
  }
});
