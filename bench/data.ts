import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { openDatabase } from "#db/client.ts";
import { say } from "#scripts/supervisor/print.ts";
import { type BenchSize, ensureBenchDatabase, openBenchPostgres } from "./data/bench-postgres.ts";
import { makeHistory } from "./data/make-history.ts";
import { makePeople } from "./data/make-people.ts";

/** As far back as raw history is kept unless somebody chose otherwise. */
const DAYS = 400;
const { values } = parseArgs({
  options: {
    people: { type: "string", default: "2000000" },
    events: { type: "string", default: "10000000" },
    "counts-only": { type: "boolean" },
    keep: { type: "boolean" },
  },
});
const size: BenchSize = { people: Number(values.people), events: Number(values.events) };
const countsOnly = values["counts-only"] === true;

const postgres = await openBenchPostgres();
try {
  const url = await ensureBenchDatabase(postgres, size);
  await fill(url);
  if (values.keep) {
    say(`\n${url}\nPostgreSQL keeps running; Ctrl-C stops it.`);
    await new Promise((resolve) => process.once("SIGINT", resolve).once("SIGTERM", resolve));
  }
} finally {
  await postgres.stop();
}

/** Fills the database, unless it is full; one that was left half full is made again. */
async function fill(url: string): Promise<void> {
  const { sql, close } = openDatabase(url, {
    connections: availableParallelism(),
    statementTimeoutMs: 0,
    applicationName: "gatehouse-bench",
  });
  try {
    const [made] = await sql<{ comment: string | null }[]>`
      select obj_description('verifications'::regclass) as comment`;
    if (made?.comment !== "whole") await make(sql);
    const [row] = await sql<{ people: number; tries: number; logins: number; size: string }[]>`
      select (select sum(reltuples) from pg_class where relname = 'people')::float8 as people,
        (select sum(reltuples) from pg_class where relname like 'verifications_2%' and relkind = 'r')::float8 as tries,
        (select sum(reltuples) from pg_class where relname like 'logins_2%' and relkind = 'r')::float8 as logins,
        pg_size_pretty(pg_database_size(current_database())) as size`;
    const told = [row?.people, row?.tries, row?.logins].map((count) =>
      Math.round(count ?? 0).toLocaleString("en"),
    );
    say(`About ${told[0]} people, ${told[1]} verifications in ${told[2]} logins: ${row?.size}.`);
  } finally {
    await close();
  }
}

async function make(sql: ReturnType<typeof openDatabase>["sql"]): Promise<void> {
  const started = Date.now();
  const until = new Date();
  const tell = (what: string) => (share: number) => {
    const seconds = Math.round((Date.now() - started) / 1000);
    say(`  ${what}: ${Math.round(share * 100)} % after ${seconds} s`);
  };
  await sql`truncate people, applications, logins, verifications, login_outcomes, login_states, verification_rollups,
    login_rollups, latency_rollups, verification_cells, login_cells cascade`;
  await makePeople(sql, { people: size.people, until }, tell("people"));
  const history = tell("history");
  let told = 0;
  await makeHistory(
    sql,
    { days: DAYS, people: size.people, tries: size.events, until, countsOnly },
    (share) => {
      if (share - told < 0.05 && share < 1) return;
      told = share;
      history(share);
    },
  );
  await sql`vacuum analyze`;
  await sql`comment on table verifications is 'whole'`;
}
