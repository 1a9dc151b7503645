// Starts a whole Gatehouse for tests and runs the journeys given as arguments.
import { spawnSync } from "node:child_process";
import { buildConsole, isBuildStale } from "#scripts/parts/console-build.ts";
import { LogFile } from "#scripts/supervisor/log-file.ts";
import { startForTests } from "#scripts/testing/start-for-tests.ts";
import { mkdirSync } from "node:fs";
mkdirSync("test-results",{recursive:true});
if (isBuildStale()) await buildConsole(new LogFile("test-results", "console-build"));
const g = await startForTests(() => {});
try {
  const r = spawnSync(process.execPath, ["node_modules/@playwright/test/cli.js", "test", "--reporter=list", ...process.argv.slice(2)], { stdio: "inherit", env: { ...process.env, ...g.env, CHROME_PATH: "/usr/bin/chromium", CI: "true" } });
  process.exitCode = r.status ?? 1;
} finally { await g.stop(); }
