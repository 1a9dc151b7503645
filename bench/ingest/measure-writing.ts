import { performance } from "node:perf_hooks";
import type { Sql } from "postgres";
import { CLOSED_COLUMNS, OPENED_COLUMNS, VERIFICATION_COLUMNS } from "#lib/recording/columns.ts";
import { writeEvents } from "#lib/recording/write-events.ts";
import type { WholeLogin } from "./made-logins.ts";

export type Writer = (sql: Sql, logins: readonly WholeLogin[]) => Promise<void>;

/** As the gateway does: raw rows, working rows, every tier of the rollups and people, in one statement. */
export const record: Writer = async (sql, logins) => {
  await writeEvents(sql, {
    opened: logins.map(({ opened }) => opened),
    verifications: logins.map(({ verification }) => verification),
    closed: logins.map(({ closed }) => closed),
  });
};

/** The same raw rows in the same three tables and one commit, and nothing else. */
export const insertPlainly: Writer = async (sql, logins) => {
  const parts = [
    ["logins", OPENED_COLUMNS, logins.map(({ opened }) => opened)],
    ["verifications", VERIFICATION_COLUMNS, logins.map(({ verification }) => verification)],
    ["login_outcomes", CLOSED_COLUMNS, logins.map(({ closed }) => closed)],
  ] as const;
  const texts = parts.map(([, , rows]) => JSON.stringify(rows));
  const inserts = parts.map(([table, columns], place) => insertSql(table, columns, place + 1));
  await sql.unsafe(
    `with ${inserts.slice(0, 2).map((insert, n) => `i${n} as (${insert})`)} ${inserts[2]}`,
    texts,
    {
      prepare: true,
    },
  );
};

type AnyColumns = Record<string, readonly [type: string, column: string | null]>;

function insertSql(table: string, columns: AnyColumns, parameter: number): string {
  const stored = Object.entries(columns).flatMap(([field, [type, column]]) =>
    column === null ? [] : [{ field, type, column }],
  );
  const shape = stored.map(({ field, type }) => `"${field}" ${type}`);
  return `insert into ${table} (${stored.map(({ column }) => column)})
    select ${stored.map(({ field }) => `"${field}"`)} from json_to_recordset($${parameter}::text::json) as e(${shape})`;
}

/** Logins per second that `writer` commits, by `callers` at once, each with so many logins a statement. */
export async function measureWriting(
  sql: Sql,
  writer: Writer,
  {
    callers,
    perStatement,
    ms,
    make,
  }: { callers: number; perStatement: number; ms: number; make(): WholeLogin },
): Promise<number> {
  const started = performance.now();
  let written = 0;
  const work = async () => {
    while (performance.now() - started < ms) {
      await writer(sql, Array.from({ length: perStatement }, make));
      written += perStatement;
    }
  };
  await Promise.all(Array.from({ length: callers }, work));
  return (written / (performance.now() - started)) * 1000;
}
