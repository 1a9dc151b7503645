import type { Sql } from "postgres";

const ROWS_AT_ONCE = 5_000;

type Sweep = {
  table: string;
  /** A condition in SQL, never text from outside; `$1` is the time. */
  where: string;
  time: Date;
  signal: AbortSignal;
};

/** Deletes rows in small steps, passing over those in use, and says how many went. */
export async function sweepRows(sql: Sql, { table, where, time, signal }: Sweep): Promise<number> {
  const statement = `delete from ${table} where ctid in
    (select ctid from ${table} where ${where} limit ${ROWS_AT_ONCE} for update skip locked)`;
  let swept = 0;
  while (!signal.aborted) {
    const { count } = await sql.unsafe(statement, [time.toISOString()]);
    swept += count;
    if (count < ROWS_AT_ONCE) break;
  }
  return swept;
}
