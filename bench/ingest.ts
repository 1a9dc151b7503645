import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openDatabase } from "#db/client.ts";
import { newId } from "#lib/ids.ts";
import { findRollupDifferences } from "#lib/recording/queries.ts";
import { PLANNING } from "#lib/recording/recorder.ts";
import { projectDir } from "#scripts/supervisor/child.ts";
import { say } from "#scripts/supervisor/print.ts";
import { makeLogin } from "./ingest/made-logins.ts";
import { insertPlainly, measureWriting, record } from "./ingest/measure-writing.ts";
import { temporaryPostgres } from "./ingest/temporary-postgres.ts";
import { quantile } from "./quantile.ts";
import { inColumns } from "./table.ts";

/** What recording may cost beside a plain insert of the same rows, where a gateway is busy. */
const LEAST_SHARE = 0.4;
const PEOPLE = 200_000;
const SIZES = [1, 10, 50, 200];
/** As the recorder: two statements at once. */
const CALLERS = 2;
const { values } = parseArgs({
  options: { rounds: { type: "string", default: "5" }, seconds: { type: "string", default: "3" } },
});
const rounds = Number(values.rounds);
const ms = Number(values.seconds) * 1000;

const postgres = await temporaryPostgres();
const { sql, close } = openDatabase(postgres.url, {
  connections: CALLERS,
  applicationName: "gatehouse-bench",
  settings: PLANNING,
});
try {
  say(
    `${PEOPLE.toLocaleString("en")} people, ${rounds} rounds of ${ms / 1000} s each way, one after the other…`,
  );
  const personIds = await makePeople();
  let made = 0;
  const make = () => makeLogin(made++, personIds);
  const figures: Record<string, { recorded: number; plain: number; share: number }> = {};
  for (const perStatement of SIZES) {
    const pairs: { recorded: number; plain: number }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const wanted = { callers: CALLERS, perStatement, ms, make };
      const plain = await measureWriting(sql, insertPlainly, wanted);
      await emptyHistory();
      const recorded = await measureWriting(sql, record, wanted);
      const differences = await findRollupDifferences(sql);
      if (differences.length > 0) throw new Error("The counts are not what was recorded.");
      await emptyHistory();
      pairs.push({ recorded, plain });
    }
    figures[perStatement] = {
      recorded: quantile(
        pairs.map(({ recorded }) => recorded),
        0.5,
      ),
      plain: quantile(
        pairs.map(({ plain }) => plain),
        0.5,
      ),
      share: quantile(
        pairs.map(({ recorded, plain }) => recorded / plain),
        0.5,
      ),
    };
  }
  report(figures);
} finally {
  await close();
  await postgres.stop();
}

async function makePeople(): Promise<string[]> {
  const ids = Array.from({ length: PEOPLE }, () => newId());
  await sql`insert into people (id, custom_id, custom_id_folded, status, face_enrolled, legal_basis, bucket, created_at)
    select id, id::text, id::text, 'enrolled', true, 'lgpd_11_i_consent', 1, now() from unnest(${`{${ids.join(",")}}`}::text::uuid[]) id`;
  await sql`analyze people`;
  return ids;
}

async function emptyHistory(): Promise<void> {
  await sql`truncate logins, verifications, login_outcomes, login_states, verification_rollups,
    login_rollups, latency_rollups`;
}

function report(figures: Record<string, { recorded: number; plain: number; share: number }>): void {
  const rows = Object.entries(figures).map(([size, { recorded, plain, share }]) => [
    ...[size, recorded.toFixed(0), plain.toFixed(0), share.toFixed(2)],
  ]);
  say(`\n${inColumns(["logins a statement", "recorded / s", "plain insert / s", "share"], rows)}`);
  say(
    "\nA login is three raw rows. Recorded: with working rows, three tiers of three rollups, and the person; every round's counts equal its raw rows.",
  );
  const machine = { cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length, node: process.version };
  mkdirSync(join(projectDir, "test-results"), { recursive: true });
  const file = join(projectDir, "test-results", "bench-ingest.json");
  writeFileSync(file, `${JSON.stringify({ machine, people: PEOPLE, rounds, figures }, null, 2)}\n`);
  const busiest = Object.values(figures).at(-1);
  if (busiest !== undefined && busiest.share < LEAST_SHARE) {
    say(`Recording reaches ${busiest.share.toFixed(2)} of a plain insert, below ${LEAST_SHARE}.`);
    process.exitCode = 1;
  }
}
