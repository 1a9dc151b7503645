import type { Sql } from "postgres";
import {
  countLatenciesSql,
  countOutcomesSql,
  countVerificationsSql,
  LATENCY_ROLLUP_KEY,
  LOGIN_ROLLUP_KEY,
  VERIFICATION_ROLLUP_KEY,
} from "./statement.ts";

/** A rollup row that a recount of the raw rows does not give, or gives otherwise; null where a side has no such row. */
export type RollupDifference = {
  rollup: "verification_rollups" | "login_rollups" | "latency_rollups";
  key: Record<string, unknown>;
  recounted: Record<string, unknown> | null;
  stored: Record<string, unknown> | null;
};

const RECOUNTS = [
  {
    rollup: "verification_rollups",
    recount: countVerificationsSql("verifications"),
    key: VERIFICATION_ROLLUP_KEY,
    sums: ["count"],
  },
  {
    rollup: "login_rollups",
    recount: countOutcomesSql("login_outcomes"),
    key: LOGIN_ROLLUP_KEY,
    sums: ["count", "locked_out"],
  },
  {
    rollup: "latency_rollups",
    recount: countLatenciesSql("verifications"),
    key: LATENCY_ROLLUP_KEY,
    sums: ["count"],
  },
] as const;

/**
 * Counts all raw rows again and lists where the rollups say otherwise; empty means that they are equal. It reads the
 * whole history in one snapshot: for checks, not for a page. Rollups outlive raw rows, so give `from` where partitions
 * have been dropped.
 */
export async function findRollupDifferences(sql: Sql, from = new Date(0)): Promise<RollupDifference[]> {
  const parts = RECOUNTS.map(({ rollup, recount, key, sums }) => {
    const object = (row: string) => `jsonb_build_object(${sums.map((sum) => `'${sum}', ${row}.${sum}`)})`;
    const keys = key.split(", ").map((column) => `'${column}', ${column}`);
    return `
    select '${rollup}' as rollup, jsonb_build_object(${keys}) as key,
      case when a.count is null then null else ${object("a")} end as recounted,
      case when b.count is null then null else ${object("b")} end as stored
    from (select * from (${recount}) r where minute >= $1::text::timestamptz) a
      full join (select * from ${rollup} where minute >= $1::text::timestamptz) b using (${key})
    where ${object("a")} is distinct from ${object("b")}`;
  });
  return sql.unsafe<RollupDifference[]>(parts.join(" union all "), [from.toISOString()]);
}
