import type { Sql } from "postgres";
import { ENDED_ON_LEGACY } from "#lib/fallback/rules.ts";
import { noFilters } from "#lib/fallback-page/rules.ts";
import type { FallbackFilters } from "#lib/fallback-page/types.ts";
import { listTimeline } from "#lib/history/queries.ts";
import { listEndedLogins } from "#lib/login-ends/queries.ts";
import type { LoginsAsked } from "#lib/login-ends/types.ts";
import { limitsOf, timeLineOf } from "#lib/verification-counts/rules.ts";
import { listVerifications } from "#lib/verification-list/queries.ts";
import { noFacets } from "#lib/verifications/rules.ts";
import type { Cursor, VerificationFacets } from "#lib/verifications/types.ts";
import type { ReadCase } from "./case.ts";

const DAY_MS = 86_400_000;
const LAST_ID = "ffffffff-ffff-ffff-ffff-ffffffffffff";
const ROWS = 51;
const ENDS = { table: "login_outcomes", id: "login_id" };
const FELL_BACK = `path = 'biometric' and outcome = any('{${[...ENDED_ON_LEGACY].join(",")}}')`;

/** Somewhere in the last month, another place each time. */
const cursorOf = (now: Date, n: number): Cursor => ({
  at: new Date(now.getTime() - (1 + (n % 27)) * DAY_MS - ((n * 7919) % 80_000_000)),
  id: LAST_ID,
  direction: "after",
});

const walk = (
  sql: Sql,
  from: Date,
  to: Date,
  more: string,
  values: string[] = [],
  { table, id } = { table: "verifications", id: "id" },
) =>
  sql.unsafe(
    `select * from ${table} where at >= $1::text::timestamptz and at < $2::text::timestamptz ${more}
     order by at desc nulls last, ${id} desc nulls last limit ${ROWS}`,
    [from.toISOString(), to.toISOString(), ...values],
    { prepare: true },
  );

/** The history page: its first page, a deep one, with filters common and rare, and that of a person. */
export function historyCases(now: Date, timeZone: string, personIds: readonly string[]): ReadCase[] {
  const month = limitsOf(timeLineOf("30d", now, timeZone));
  const listed = (facets: Partial<VerificationFacets> = {}) => ({
    limits: month,
    facets: { ...noFacets(), ...facets },
  });
  const page = { order: "newest", cursor: null } as const;
  const filtered = listed({ outcome: ["capture_refused"], channel: ["app"] });
  const rare = listed({ reason: ["spoof_suspected"] });
  const quarter = limitsOf(timeLineOf("90d", now, timeZone));
  const behind = (filters: Partial<FallbackFilters>): LoginsAsked => ({
    ...{ range: quarter, part: "fell_back", end: null, why: null },
    filters: { ...noFilters(), ...filters },
  });
  const personOf = (n: number) => personIds[n % personIds.length] ?? "";
  const held = { mostMs: null };
  return [
    {
      ...{ ...held, name: "history, first page" },
      ours: (db) => listVerifications(db, listed(), page),
      raw: (sql) => walk(sql, month.from, month.to, ""),
    },
    {
      ...{ ...held, name: "history, deep page" },
      ours: (db, n) => listVerifications(db, listed(), { order: "newest", cursor: cursorOf(now, n) }),
      raw: (sql, n) => walk(sql, month.from, cursorOf(now, n).at, ""),
    },
    {
      ...{ ...held, name: "history, filtered" },
      ours: (db) => listVerifications(db, filtered, page),
      raw: (sql) =>
        walk(sql, month.from, month.to, "and outcome = $3 and channel = $4", ["capture_refused", "app"]),
    },
    {
      ...{ ...held, name: "history, filtered to 1 in 50,000" },
      ours: (db) => listVerifications(db, rare, page),
      raw: (sql) => walk(sql, month.from, month.to, "and reason = $3", ["spoof_suspected"]),
    },
    {
      ...{ ...held, name: "logins behind a figure, 90 days" },
      ours: (db) => listEndedLogins(db, behind({}), page),
      raw: (sql) => walk(sql, quarter.from, quarter.to, `and ${FELL_BACK}`, [], ENDS),
    },
    {
      ...{ ...held, name: "logins behind a rare figure, 90 days" },
      ours: (db) => listEndedLogins(db, behind({ reason: ["spoof_suspected"] }), page),
      raw: (sql) =>
        walk(
          sql,
          quarter.from,
          quarter.to,
          `and ${FELL_BACK} and fallback_reason = $3`,
          ["spoof_suspected"],
          ENDS,
        ),
    },
    {
      ...{ ...held, name: "history of a person" },
      ours: (db, n) => listTimeline(db, { personId: personOf(n), kind: null, before: null, limit: 50 }),
      raw: (sql, n) =>
        sql.unsafe(
          `select * from verifications where person_id = $1::text::uuid order by at desc nulls last limit ${ROWS}`,
          [personOf(n)],
          { prepare: true },
        ),
    },
  ];
}
