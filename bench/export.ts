import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openDatabase } from "#db/client.ts";
import { projectDir } from "#scripts/supervisor/child.ts";
import { say } from "#scripts/supervisor/print.ts";
import { nameOf, openBenchPostgres } from "./data/bench-postgres.ts";
import { type ExportFigures, measureExport } from "./export/measure-export.ts";
import { inColumns } from "./table.ts";

const LEAST_ROWS_PER_SECOND = 30_000;
const MOST_GROWTH_MB = 150;
const { values } = parseArgs({
  options: {
    people: { type: "string", default: "2000000" },
    events: { type: "string", default: "10000000" },
    rows: { type: "string", default: "1000000" },
    /** A database of that kind that runs already. */
    url: { type: "string" },
  },
});
const rows = Number(values.rows);
const size = { people: Number(values.people), events: Number(values.events) };

const postgres = values.url === undefined ? await openBenchPostgres() : null;
const url = values.url ?? postgres?.urlOf(nameOf(size)) ?? "";
// As many connections as the console has.
const { db, close } = openDatabase(url, { connections: 10, applicationName: "gatehouse-bench" });
try {
  say("The file is made by the console's own function, in this process alone, and read as fast as it comes.");
  const figures = {
    "without CustomIDs": await measureExport(db, { rows, namesPeople: false }),
    "with CustomIDs": await measureExport(db, { rows, namesPeople: true }),
  };
  report(figures);
} finally {
  await close();
  await postgres?.stop();
}

/** Prints the table, keeps it as JSON, and fails the command where the bar is not met. */
function report(figures: Record<string, ExportFigures>): void {
  const lines = Object.entries(figures).map(([name, one]) => [
    name,
    one.rows.toLocaleString("en"),
    (one.bytes / 1e6).toFixed(1),
    one.seconds.toFixed(1),
    one.cpuSeconds.toFixed(1),
    Math.round(one.rows / one.seconds).toLocaleString("en"),
    one.growthMb.toFixed(0),
  ]);
  const head = ["file", "rows", "MB", "s", "s of processor here", "rows/s", "memory grown, MB"];
  say(`\n${inColumns(head, lines)}`);
  const machine = { cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length, node: process.version };
  const results = join(projectDir, "test-results");
  mkdirSync(results, { recursive: true });
  writeFileSync(join(results, "bench-export.json"), `${JSON.stringify({ machine, figures }, null, 2)}\n`);
  for (const [name, one] of Object.entries(figures)) {
    if (one.rows / one.seconds >= LEAST_ROWS_PER_SECOND && one.growthMb <= MOST_GROWTH_MB) continue;
    say(`${name}: under ${LEAST_ROWS_PER_SECOND} rows/s, or over ${MOST_GROWTH_MB} MB.`);
    process.exitCode = 1;
  }
}
