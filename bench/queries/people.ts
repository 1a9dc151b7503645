import type { Sql } from "postgres";
import { listPeopleByCustomIds, listRecentPeople } from "#lib/people/queries.ts";
import { foldCustomId } from "#lib/people/schema.ts";
import { type CustomIdSight, NO_FILTERS, type PeopleFilters } from "#lib/people/types.ts";
import { searchPeople } from "#lib/people-search/queries.ts";
import type { ReadCase } from "./case.ts";

const ROWS = 51;
const LISTED = 1_000;
/** What somebody who types may wait for. */
const MOST_MS = 50;
const LAST_CHARACTER = "\u{10FFFF}";
const EXPOSURE = { exposurePercent: 25, offersEarlyAdopters: true, halted: false };

/** So many CustomIDs from all over the table. */
export async function sampleCustomIds(sql: Sql, count: number): Promise<string[]> {
  const rows = await sql<{ customId: string }[]>`select custom_id as "customId"
    from people tablesample system (0.5) repeatable (7) order by hashtextextended(custom_id, 7) limit ${count}`;
  return rows.map(({ customId }) => customId);
}

const exactly = (sql: Sql, folded: string) =>
  sql.unsafe(
    `select * from people where custom_id_folded ~>=~ $1::text and custom_id_folded ~<=~ $1::text limit ${ROWS}`,
    [folded],
    { prepare: true },
  );

/** Those who begin so, then those who hold it, in one statement: what the room shows of a text that few begin with. */
const beginningOrHolding = (sql: Sql, folded: string) =>
  sql.unsafe(
    `(select * from people where custom_id_folded ~>=~ $1::text and custom_id_folded ~<~ $2::text
      order by custom_id_folded using ~<~ limit ${ROWS})
     union all (select * from people where custom_id_folded like $3::text and position($1::text in custom_id_folded) > 1
      limit ${ROWS}) limit ${ROWS}`,
    [folded, folded + LAST_CHARACTER, `%${folded.replace(/[\\%_]/g, "\\$&")}%`],
    { prepare: true },
  );

/** Search in the room People by ids that are there, another one each time, and its list under each kind of filter. */
export function peopleCases(now: Date, customIds: readonly string[]): ReadCase[] {
  const idOf = (n: number) => customIds[n % customIds.length] ?? "";
  const beginningOf = (n: number) => idOf(n).slice(0, Math.max(4, Math.floor(idOf(n).length / 2)));
  const partOf = (n: number, length: number) => {
    const from = 1 + ((n * 7919) % Math.max(1, idOf(n).length - length));
    return idOf(n).slice(from, from + length);
  };
  const search = (text: string, sight: CustomIdSight = "whole"): ReadCase["ours"] => {
    const wanted = { text, sight, filters: NO_FILTERS, exposure: EXPOSURE };
    return (db) => searchPeople(db, wanted, now);
  };
  const list = (name: string, filters: Partial<PeopleFilters>): ReadCase => ({
    ...{ name: `people, list ${name}`, raw: null, mostMs: MOST_MS },
    ours: (db) => listRecentPeople(db, { ...NO_FILTERS, ...filters }, EXPOSURE, now),
  });
  const part = (length: number): ReadCase => ({
    ...{ name: `people, part of ${length}`, mostMs: null },
    ours: (db, n) => search(partOf(n, length))(db, n),
    raw: (sql, n) => beginningOrHolding(sql, foldCustomId(partOf(n, length))),
  });
  const typed = (text: string): ReadCase => ({
    ...{ name: `people, “${text}”`, mostMs: MOST_MS },
    ours: search(text),
    raw: (sql) => beginningOrHolding(sql, foldCustomId(text)),
  });
  return [
    {
      ...{ name: "people, exact", mostMs: null },
      ours: (db, n) => search(idOf(n))(db, n),
      raw: (sql, n) => exactly(sql, foldCustomId(idOf(n))),
    },
    {
      ...{ name: "people, first four, then parts", mostMs: null },
      ours: (db, n) => search(idOf(n).slice(0, 4))(db, n),
      raw: (sql, n) => beginningOrHolding(sql, foldCustomId(idOf(n).slice(0, 4))),
    },
    {
      ...{ name: "people, first half, then parts", mostMs: null },
      ours: (db, n) => search(beginningOf(n))(db, n),
      raw: (sql, n) => beginningOrHolding(sql, foldCustomId(beginningOf(n))),
    },
    ...[4, 6, 10].map(part),
    ...["0000", "bench", "example", "00000000", "qqqq"].map(typed),
    {
      ...{ name: "people, last four, masked", raw: null, mostMs: MOST_MS },
      ours: (db, n) => search(idOf(n).slice(-4), "masked")(db, n),
    },
    {
      ...{ name: "people, pasted list", raw: null, mostMs: null },
      ours: (db) => listPeopleByCustomIds(db, customIds.slice(0, LISTED)),
    },
    list("", {}),
    list("of the waiting", { status: "pending" }),
    list("of the blocked", { status: "blocked" }),
    list("of the paused", { status: "paused" }),
    list("of those with fingers", { enrolled: "fingers" }),
    list("of those with nothing", { enrolled: "nothing" }),
    list("of the biometric path", { path: "biometric" }),
    list("of the last 30 days", { since: "30d" }),
  ];
}
