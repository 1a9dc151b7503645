import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { projectDir } from "#scripts/supervisor/child.ts";
import { say } from "#scripts/supervisor/print.ts";
import { putSection, sectionOf } from "./rollout/document.ts";
import { differences, type Table, tell } from "./rollout/finding.ts";
import { forecasts } from "./rollout/tables/forecasts.ts";
import { judged } from "./rollout/tables/judged.ts";
import { limits } from "./rollout/tables/limits.ts";
import { planned } from "./rollout/tables/planned.ts";
import { policies, policiesAsDesigned } from "./rollout/tables/policies.ts";
import { proofs } from "./rollout/tables/proofs.ts";
import { splits } from "./rollout/tables/splits.ts";
import { detection, falseAlarms, ramps } from "./rollout/tables/tests.ts";
import { inColumns } from "./table.ts";

/** Each table with as many runs as the design took for it; those that the design has not with as many as take minutes. */
const TABLES: Record<string, { make: (runs: number, seed: number) => Table; runs: number }> = {
  falseAlarms: { make: falseAlarms, runs: 400 },
  detection: { make: detection, runs: 400 },
  ramps: { make: ramps, runs: 400 },
  limits: { make: limits, runs: 2000 },
  splits: { make: splits, runs: 1000 },
  policies: { make: policies, runs: 300 },
  policiesAsDesigned: { make: policiesAsDesigned, runs: 300 },
  proofs: { make: proofs, runs: 300 },
  judged: { make: judged, runs: 300 },
  forecasts: { make: forecasts, runs: 200 },
  planned: { make: planned, runs: 50 },
};

const { values } = parseArgs({
  options: {
    runs: { type: "string" },
    seed: { type: "string", default: "1" },
    only: { type: "string" },
    write: { type: "boolean", default: false },
  },
});

const seed = Number(values.seed);
const machine = `${cpus()[0]?.model ?? "an unknown processor"}, Node.js ${process.version}`;
const results = join(projectDir, "test-results");
const page = join(projectDir, "docs/rollout-statistics.md");
mkdirSync(results, { recursive: true });
for (const [name, { make, runs }] of Object.entries(TABLES)) {
  if (values.only !== undefined && !values.only.split(",").includes(name)) continue;
  const started = Date.now();
  const table = make(values.runs === undefined ? runs : Number(values.runs), seed);
  const seconds = Math.round((Date.now() - started) / 1000);
  const foot = `${table.runs} runs, seed ${seed}, ${seconds} s on ${machine}`;
  say(
    `\n${table.title}\n${inColumns(
      table.head,
      table.rows.map((row) => row.map(tell)),
    )}\n${foot}`,
  );
  for (const each of differences(table)) say(`≠ ${each}`);
  writeFileSync(
    join(results, `bench-rollout-${name}.json`),
    `${JSON.stringify({ machine, seconds, seed, ...table }, null, 2)}\n`,
  );
  if (values.write) writeFileSync(page, putSection(readFileSync(page, "utf8"), name, sectionOf(table, foot)));
}
