import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#db/client.ts";
import { type FreshDatabase, freshDatabase } from "#db/testing/fresh-database.ts";
import { hasSpilled, plansOf, rowsReadOf, tablesScanned } from "#db/testing/plans.ts";
import { searchPeople } from "#lib/people-search/queries.ts";
import { listPeopleByCustomIds, listRecentPeople } from "./queries.ts";
import { type CustomIdSight, NO_FILTERS, type PeopleFilters } from "./types.ts";

const NOW = new Date("2026-03-13T12:00:00Z");
const PEOPLE = 20_000;
const EXPOSURE = { exposurePercent: 25, offersEarlyAdopters: true, halted: false };

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase(1);
  const now = NOW.toISOString();
  await database.sql`
    insert into people (id, custom_id, custom_id_folded, status, face_enrolled, fingers_enrolled, legal_basis, bucket,
      paused_until, created_at, enrolled_at)
    select md5('p' || n)::uuid, 'Id-' || lpad(n::text, 9, '0'), 'id-' || lpad(n::text, 9, '0'),
      case when n % 2003 = 0 then 'blocked' when n % 2011 = 0 then 'pending' else 'enrolled' end, n % 4001 <> 0,
      case when n % 4001 <> 0 and n % 999 = 0 then '{2}'::smallint[] else '{}' end, 'lgpd_11_i_consent', n % 100,
      case when n % 3001 = 0 then ${now}::text::timestamptz + interval '1 hour' end, ${now}::text::timestamptz,
      case when n % 2011 <> 0 then ${now}::text::timestamptz - n * interval '1 minute' end
    from generate_series(1, ${PEOPLE}::integer) n`;
  await database.sql`analyze people`;
});
afterAll(() => database.drop());

const listed =
  (filters: Partial<PeopleFilters>, exposure = EXPOSURE) =>
  (db: Database) =>
    listRecentPeople(db, { ...NO_FILTERS, ...filters }, exposure, NOW);
const searched =
  (text: string, filters: Partial<PeopleFilters> = {}, sight: CustomIdSight = "whole") =>
  (db: Database) =>
    searchPeople(db, { text, sight, filters: { ...NO_FILTERS, ...filters }, exposure: EXPOSURE }, NOW);
const everybody = { ...EXPOSURE, exposurePercent: 100 };
const pasted = Array.from({ length: 1_000 }, (_, n) => `ID - ${String(n * 7).padStart(9, "0")}`);

/** Each read of the room by name, with the most people that it may look at. */
const READS: Record<string, { most: number; read(db: Database): Promise<unknown> }> = {
  list: { most: 60, read: listed({}) },
  "list of the active": { most: 70, read: listed({ status: "enrolled" }) },
  "list of the waiting": { most: 60, read: listed({ status: "pending" }) },
  "list of the blocked": { most: 60, read: listed({ status: "blocked" }) },
  "list of the paused": { most: 60, read: listed({ status: "paused" }) },
  "list of those with fingers": { most: 60, read: listed({ enrolled: "fingers" }) },
  "list of those with both": { most: 60, read: listed({ enrolled: "both" }) },
  "list of those with nothing": { most: 60, read: listed({ enrolled: "nothing" }) },
  "list of the active with nothing": { most: 60, read: listed({ status: "enrolled", enrolled: "nothing" }) },
  "list of the biometric path": { most: 300, read: listed({ path: "biometric" }) },
  "list of the legacy path, everybody let in": { most: 120, read: listed({ path: "legacy" }, everybody) },
  "list of the last day": { most: 60, read: listed({ since: "24h" }) },
  exact: { most: 10, read: searched("ID-000012345") },
  "beginning of one": { most: 6_000, read: searched("Id-00001234") },
  "beginning of many": { most: 60, read: searched("Id-0000") },
  "beginning of the blocked": { most: 60, read: searched("Id-0000", { status: "blocked" }) },
  "part of one": { most: 6_000, read: searched("00012345") },
  "part of many": { most: 300, read: searched("0000") },
  "part of the paused": { most: 60, read: searched("0003", { status: "paused" }) },
  "ending, masked": { most: 60, read: searched("2345", {}, "masked") },
  "ending of many, masked": { most: 60, read: searched("345", {}, "masked") },
  "whole, masked": { most: 10, read: searched("Id-000012345", {}, "masked") },
  "pasted list": { most: 1_000, read: (db) => listPeopleByCustomIds(db, pasted) },
};

describe.each(Object.entries(READS))("%s", (_, { most, read }) => {
  it("walks indexes and looks at few people, however many there are", async () => {
    const plans = await plansOf(database.sql, read);
    expect(plans.length).toBeGreaterThan(0);
    expect(tablesScanned(plans)).toEqual([]);
    expect(hasSpilled(plans)).toBe(false);
    expect(rowsReadOf(plans, /^people$/)).toBeLessThanOrEqual(most);
  });
});

it("of what names people PostgreSQL keeps no samples", async () => {
  const kept = await database.sql`select tablename, attname from pg_stats
    where tablename like 'people%' and (attname like 'custom%' or attname in ('reverse', 'bio_pass_id'))`;
  expect([...kept]).toEqual([]);
  const others =
    await database.sql`select attname from pg_stats where tablename = 'people' and attname = 'bucket'`;
  expect([...others]).toHaveLength(1);
});
