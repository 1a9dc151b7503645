import type { Sql } from "postgres";
import { countSql, ROLLUPS, type Rollup, rowKeyOf } from "./rollup-statement.ts";

/** A rollup row that a recount of the raw rows does not give, or gives otherwise; null where a side has no such row. */
export type RollupDifference = {
  /** The rollup, or the dictionary of its cells where it lacks one that the rollup counts by. */
  rollup: Rollup["table"] | "verification_cells" | "login_cells";
  key: Record<string, unknown>;
  recounted: Record<string, number> | null;
  stored: Record<string, number> | null;
};

/** A stretch of time that begins and ends with a day of the rollups' zone. */
export type RecountedTime = { from: Date; to: Date };

const ALL_TIME: RecountedTime = { from: new Date(0), to: new Date("9999-12-31T00:00:00Z") };
const BETWEEN = "$1::text::timestamptz and %s < $2::text::timestamptz";
const within = (column: string) => `${column} >= ${BETWEEN.replace("%s", column)}`;

/**
 * Counts the raw rows of this time again and lists where a tier of the rollups says otherwise; empty means that they are
 * equal. One snapshot sees both sides, whatever is recorded meanwhile. Rollups outlive raw rows: leave out the time whose
 * partitions have been dropped. Minutes are compared as far as they are kept.
 */
export async function findRollupDifferences(
  sql: Sql,
  { from, to }: RecountedTime = ALL_TIME,
): Promise<RollupDifference[]> {
  const parts = ROLLUPS.flatMap((rollup) => [differencesSql(rollup), ...namelessSql(rollup)]);
  return sql.unsafe<RollupDifference[]>(parts.join(" union all "), [from.toISOString(), to.toISOString()]);
}

function differencesSql(rollup: Rollup): string {
  const sums = Object.keys(rollup.sums);
  const key = rowKeyOf(rollup);
  const object = (row: string) =>
    `case when ${row}.count is null then null else jsonb_build_object(${sums.map((sum) => `'${sum}', ${row}.${sum}`)}) end`;
  // A cell is a number beyond what JSON's readers keep exactly.
  const keys = key.split(", ").map((column) => `'${column}', ${column === "cell" ? "cell::text" : column}`);
  const kept = "(tier > 0 or starts_at >= (select minutes_from from rollup_clock))";
  return `
    select '${rollup.table}' as rollup, jsonb_build_object(${keys}) as key,
      ${object("a")} as recounted, ${object("b")} as stored
    from (select * from (${countSql(rollup, `(select * from ${rollup.raw} where ${within("at")})`)}) r where ${kept}) a
      full join (select * from ${rollup.table} where tier in (0, 1, 2) and ${within("starts_at")} and ${kept}) b using (${key})
    where ${object("a")} is distinct from ${object("b")}`;
}

/** Cells that are counted by on these days and stand in no dictionary: every chart would leave them out. */
function namelessSql({ table, cells }: Rollup): string[] {
  if (cells === null) return [];
  return [
    `select '${cells.table}', jsonb_build_object('cell', r.cell::text), jsonb_build_object('cells', 1), null
    from (select distinct cell from ${table} where tier = 2 and ${within("starts_at")}) r
    where not exists (select from ${cells.table} c where c.id = r.cell)`,
  ];
}
