import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium } from "@playwright/test";
import { BROWSER_ARGUMENTS } from "#e2e/fixtures/browser.ts";
import { buildConsole, isBuildStale } from "#scripts/parts/console-build.ts";
import { projectDir } from "#scripts/supervisor/child.ts";
import { LogFile } from "#scripts/supervisor/log-file.ts";
import { say } from "#scripts/supervisor/print.ts";
import { findBrowser } from "#scripts/testing/find-browser.ts";
import { startForTests } from "#scripts/testing/start-for-tests.ts";
import { run } from "#scripts/testing/steps.ts";
import { inColumns } from "./table.ts";
import { findScreens } from "./web/find-screens.ts";
import { measureScreen, type ScreenFigures } from "./web/measure-screen.ts";

/** What one page may send and take: kilobytes of script as sent, warm milliseconds of the server, and until it stands. */
const MOST_SCRIPT_KB = 250;
const MOST_PAINT_MS = 1500;
const MOST_SERVER_MS = 100;
const SAMPLE = ["--people", "2000", "--days", "60"];

const results = join(projectDir, "test-results");
mkdirSync(results, { recursive: true });
const executablePath = findBrowser();
if (isBuildStale()) await buildConsole(new LogFile(results, "console-build"));

const gatehouse = await startForTests(say);
const browser = await chromium.launch({ executablePath, args: [...BROWSER_ARGUMENTS] });
try {
  const databaseUrl = gatehouse.env.GATEHOUSE_DATABASE_URLS?.split(",")[0] ?? "";
  await run("--import", ["tsx", "scripts/seed.ts", ...SAMPLE], {
    GATEHOUSE_DATA_DIR: gatehouse.stateDir,
    DATABASE_URL: databaseUrl,
  });
  const context = await browser.newContext({
    baseURL: gatehouse.env.GATEHOUSE_URL ?? "",
    locale: "en-GB",
    viewport: { width: 1440, height: 900 },
  });
  await signIn(context);
  report(await measureAll(context));
} finally {
  await browser.close();
  await gatehouse.stop();
}

async function signIn(context: BrowserContext): Promise<void> {
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.getByLabel("Work e-mail").fill(gatehouse.env.GATEHOUSE_ADMIN_EMAIL ?? "");
  await page.getByLabel("Password", { exact: true }).fill(gatehouse.env.GATEHOUSE_ADMIN_PASSWORD ?? "");
  await page.getByRole("button", { name: /^Continue/ }).click();
  await page.waitForURL("/");
  await page.close();
}

async function measureAll(context: BrowserContext): Promise<Record<string, ScreenFigures>> {
  const page = await context.newPage();
  const screens = await findScreens(page);
  await page.close();
  const figures: Record<string, ScreenFigures> = {};
  for (const { name, path } of screens) figures[name] = await measureScreen(context, path);
  return figures;
}

/** Prints the table, keeps it as JSON, and fails the command where a page is over what it may cost. */
function report(figures: Record<string, ScreenFigures>): void {
  const rows = Object.entries(figures).map(([name, one]) => [
    name,
    (one.scriptBytes / 1000).toFixed(0),
    (one.documentBytes / 1000).toFixed(1),
    one.serverMsMedian.toFixed(1),
    one.serverMsP95.toFixed(1),
    one.wholeMsMedian.toFixed(1),
    one.largestPaintMs.toFixed(0),
    one.layoutShift.toFixed(4),
  ]);
  const head = ["page", "script kB", "document kB", "server ms", "p95 ms", "whole ms", "paint ms", "shift"];
  say(`\n${inColumns(head, rows)}`);
  const machine = { cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length, node: process.version };
  writeFileSync(join(results, "bench-web.json"), `${JSON.stringify({ machine, figures }, null, 2)}\n`);
  const over = Object.entries(figures).filter(
    ([, one]) =>
      one.scriptBytes / 1000 > MOST_SCRIPT_KB ||
      one.serverMsMedian > MOST_SERVER_MS ||
      one.largestPaintMs > MOST_PAINT_MS ||
      one.layoutShift > 0,
  );
  for (const [name] of over)
    say(
      `${name}: over ${MOST_SCRIPT_KB} kB of script, ${MOST_SERVER_MS} ms on the server, a paint at ${MOST_PAINT_MS} ms, or it moves.`,
    );
  if (over.length > 0) process.exitCode = 1;
}
