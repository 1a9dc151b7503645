import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type DatabaseClient, openDatabase } from "#db/client.ts";
import { projectDir } from "#scripts/supervisor/child.ts";
import { say } from "#scripts/supervisor/print.ts";
import { type BenchSize, nameOf, openBenchPostgres, TIME_ZONE } from "./data/bench-postgres.ts";
import type { ReadCase } from "./queries/case.ts";
import { chartCases } from "./queries/charts.ts";
import { historyCases } from "./queries/history.ts";
import { type CaseFigures, measureCase } from "./queries/measure-case.ts";
import { peopleCases, sampleCustomIds } from "./queries/people.ts";
import { inColumns } from "./table.ts";

const HISTORY: BenchSize = { people: 2_000_000, events: 10_000_000 };
/** Of the larger one only what is counted is there. */
const LARGER: BenchSize = { people: 2_000_000, events: 50_000_000 };
/** People of a large bank, whom a search goes through; nothing of it looks at their history. */
const PEOPLE: BenchSize = { people: 10_000_000, events: 1_000 };
const CUSTOM_IDS = 1_000;
const TIMES_RAW = 2;
const MS_BESIDE_RAW = 5;
const MOST_GROWTH = 1.3;

const { values } = parseArgs({ options: { rounds: { type: "string", default: "100" } } });
const rounds = Number(values.rounds);
type Measured = { one: ReadCase; figures: CaseFigures };
const failures: string[] = [];
const all: Record<string, Record<string, CaseFigures>> = {};

const postgres = await openBenchPostgres();
try {
  const now = new Date();
  const cases = await measureAll(HISTORY, async ({ sql }) => {
    const people = await sql<{ id: string }[]>`select person_id as id from logins
      where opened_at >= now() - interval '2 days' and person_id is not null limit 200`;
    return [
      ...historyCases(
        now,
        TIME_ZONE,
        people.map(({ id }) => id),
      ),
      ...chartCases(now, TIME_ZONE),
    ];
  });
  report(HISTORY, cases);
  const larger = await measureAll(LARGER, async () => chartCases(now, TIME_ZONE));
  report(LARGER, larger);
  compare(cases, larger);
  const people = await measureAll(PEOPLE, async ({ sql }) =>
    peopleCases(now, await sampleCustomIds(sql, CUSTOM_IDS)),
  );
  report(PEOPLE, people);
} finally {
  await postgres.stop();
}
const machine = { cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length, node: process.version };
mkdirSync(join(projectDir, "test-results"), { recursive: true });
const file = join(projectDir, "test-results", "bench-queries.json");
writeFileSync(file, `${JSON.stringify({ machine, rounds, figures: all }, null, 2)}\n`);
for (const failure of failures) say(failure);
if (failures.length > 0) process.exitCode = 1;

async function measureAll(
  size: BenchSize,
  casesOf: (client: DatabaseClient) => Promise<ReadCase[]>,
): Promise<Measured[]> {
  const client = openDatabase(postgres.urlOf(nameOf(size)), {
    connections: 10,
    applicationName: "gatehouse-bench",
  });
  try {
    if (!(await isWhole(client))) {
      say(
        `\n${nameOf(size)} is not there. Make it: npm run bench:data -- --people ${size.people} --events ${size.events}`,
      );
      return [];
    }
    const measured: Measured[] = [];
    for (const one of await casesOf(client))
      measured.push({ one, figures: await measureCase(client, one, rounds) });
    return measured;
  } finally {
    await client.close();
  }
}

async function isWhole({ sql }: DatabaseClient): Promise<boolean> {
  try {
    const [row] = await sql<
      { comment: string | null }[]
    >`select obj_description('verifications'::regclass) as comment`;
    return row?.comment === "whole";
  } catch {
    return false;
  }
}

function report(size: BenchSize, measured: readonly Measured[]): void {
  if (measured.length === 0) return;
  const ms = (time: number | undefined) => (time === undefined ? "" : time.toFixed(1));
  const rows = measured.map(({ one, figures }) => {
    const { ours, raw, first } = figures;
    if (!isWithin(one, figures))
      failures.push(`${one.name}: ${ms(ours.p50)} ms, p95 ${ms(ours.p95)} ms, is over what it may take.`);
    const most = [one.mostMs ?? undefined, besideRaw(raw)];
    return [one.name, ...[ours.p50, ours.p95, raw?.p50, raw?.p95, ...most, first.p95].map(ms)];
  });
  say(
    `\n${size.people.toLocaleString("en")} people, ${size.events.toLocaleString("en")} verifications, ${rounds} times each, ms`,
  );
  say(
    inColumns(["read", "p50", "p95", "raw p50", "raw p95", "p50 at most", "p95 at most", "first p95"], rows),
  );
  all[nameOf(size)] = Object.fromEntries(measured.map(({ one, figures }) => [one.name, figures]));
}

function besideRaw(raw: CaseFigures["raw"]): number | undefined {
  return raw === null ? undefined : TIMES_RAW * raw.p95 + MS_BESIDE_RAW;
}

/** Whether one of the two bars that a read may have is met, where it has any. */
function isWithin({ mostMs }: ReadCase, { ours, raw }: CaseFigures): boolean {
  const most = besideRaw(raw);
  if (most === undefined && mostMs === null) return true;
  return (most !== undefined && ours.p95 <= most) || (mostMs !== null && ours.p50 <= mostMs);
}

/** How much slower the same charts are over five times as many events. */
function compare(smaller: readonly Measured[], larger: readonly Measured[]): void {
  for (const { one, figures } of larger) {
    const before = smaller.find((other) => other.one.name === one.name)?.figures.ours.p50;
    if (before === undefined) continue;
    const growth = figures.ours.p50 / before;
    say(
      `${one.name}: ${growth.toFixed(2)} times the time at ${(LARGER.events / HISTORY.events).toFixed(0)} times the events`,
    );
    if (growth > MOST_GROWTH)
      failures.push(`${one.name} grows by ${growth.toFixed(2)}, more than ${MOST_GROWTH}.`);
  }
}
