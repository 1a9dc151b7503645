import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { projectDir } from "#scripts/supervisor/child.ts";
import { say } from "#scripts/supervisor/print.ts";
import { detection, falseAlarms, limits, policies, splits, type Table } from "./rollout/tables.ts";
import { inColumns } from "./table.ts";

const TABLES = { falseAlarms, detection, limits, splits, policies };

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "300" },
    seed: { type: "string", default: "1" },
    only: { type: "string" },
  },
});

const started = Date.now();
const made: Record<string, Table> = {};
for (const [name, make] of Object.entries(TABLES)) {
  if (values.only !== undefined && values.only !== name) continue;
  const table = make(Number(values.runs), Number(values.seed));
  made[name] = table;
  say(`\n${table.title}\n${inColumns(table.head, table.rows)}`);
}
const machine = { cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length, node: process.version };
const seconds = (Date.now() - started) / 1000;
const results = join(projectDir, "test-results");
mkdirSync(results, { recursive: true });
writeFileSync(
  join(results, "bench-rollout.json"),
  `${JSON.stringify({ machine, seconds, runs: Number(values.runs), seed: Number(values.seed), tables: made }, null, 2)}\n`,
);
say(
  `\n${values.runs} runs, seed ${values.seed}, ${seconds.toFixed(0)} s on ${machine.cpu}, Node.js ${machine.node}`,
);
