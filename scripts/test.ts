import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildConsole, isBuildStale } from "./parts/console-build.ts";
import { projectDir } from "./supervisor/child.ts";
import { LogFile } from "./supervisor/log-file.ts";
import { say, seconds, tolerateClosedOutput } from "./supervisor/print.ts";
import { type Counts, inOneLine, readCounts } from "./testing/counts.ts";
import { findBrowser } from "./testing/find-browser.ts";
import { findProgram } from "./testing/find-program.ts";
import { type GatehouseForTests, startForTests } from "./testing/start-for-tests.ts";
import { run, step } from "./testing/steps.ts";

const results = join(projectDir, "test-results");
const reports = join(projectDir, "test-results", "counts");
const bin = (path: string) => join(projectDir, "node_modules", path);
const counts: Counts[] = [];

async function runVitest(mode: "unit" | "long"): Promise<void> {
  const report = join(reports, `vitest-${mode}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  try {
    await run(bin("vitest/vitest.mjs"), ["run", "--mode", mode === "long" ? "long" : "test", ...reporters]);
  } finally {
    counts.push(readCounts("vitest", report));
  }
}

async function buildForProduction(): Promise<void> {
  if (!isBuildStale()) return say("The build is up to date.");
  await buildConsole(new LogFile(results, "console-build"));
}

/** A thousand erasures in minutes, not in a quarter of an hour. */
const LONG_SETTINGS = { GATEHOUSE_ERASURES_PER_MINUTE: "1200" };

let gatehouse: GatehouseForTests | undefined;

/** `secrets` comes after all others, so that it stands for them. */
async function runJourneys(chromePath: string, project: "secrets" | "long"): Promise<void> {
  const report = join(reports, "playwright.json");
  gatehouse = await startForTests(say, project === "long" ? LONG_SETTINGS : {});
  const env = { ...gatehouse.env, CHROME_PATH: chromePath, PLAYWRIGHT_JSON_OUTPUT_NAME: report };
  try {
    await run(bin("@playwright/test/cli.js"), ["test", `--project=${project}`, "--reporter=list,json"], env);
  } finally {
    counts.push(readCounts("playwright", report));
    await gatehouse.stop();
  }
}

async function runEverything(): Promise<void> {
  const chromePath = await step("Browser", findBrowser);
  say(chromePath);
  await step("Python", () => say(findProgram("python3")));
  await step("PDF reader", () => say(findProgram("pdftotext")));
  await step("Lint and format", () => run(bin("@biomejs/biome/bin/biome"), ["check", "."]));
  await step("Types", async () => {
    await run(bin("next/dist/bin/next"), ["typegen"]);
    await run(bin("typescript/bin/tsc"), ["--noEmit"]);
  });
  await step("Architecture", () => run("--import", ["tsx", "scripts/check-architecture.ts"]));
  await step("Unit and contract tests", () => runVitest("unit"));
  await step("Production build", buildForProduction);
  await step("Journeys", () => runJourneys(chromePath, "secrets"));
}

async function runLong(): Promise<void> {
  const chromePath = await step("Browser", findBrowser);
  await step("Java", () => say(findProgram("java")));
  await step("Long suites", () => runVitest("long"));
  await step("Production build", buildForProduction);
  await step("Long journeys", () => runJourneys(chromePath, "long"));
}

tolerateClosedOutput();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void (gatehouse?.stop() ?? Promise.resolve()).then(() => process.exit(130)));
}
const since = performance.now();
for (const folder of [results, reports]) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}
try {
  await (process.argv.includes("--long") ? runLong() : runEverything());
  say(`\nEverything passed after ${seconds(since)}.`);
} catch (error) {
  process.exitCode = 1;
  say(
    `\nStopped at the first failure after ${seconds(since)}: ${error instanceof Error ? error.message : error}`,
  );
}
say(inOneLine(counts));
