import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { buildConsole, isBuildStale } from "#scripts/parts/console-build.ts";
import { projectDir } from "#scripts/supervisor/child.ts";
import { LogFile } from "#scripts/supervisor/log-file.ts";
import { say } from "#scripts/supervisor/print.ts";
import { startForTests } from "#scripts/testing/start-for-tests.ts";
import { run } from "#scripts/testing/steps.ts";
import { type Finding, runWapiti } from "./scan/run-wapiti.ts";
import { isSignedIn, signInByHttp } from "./scan/sign-in-by-http.ts";

/**
 * Findings of the scanner that are none, each with its reason; docs/security.md says more. A finding that is not here
 * fails the command.
 */
const EXPLAINED: readonly { category: string; info: RegExp; because: string }[] = [
  {
    category: "HTTP Secure Headers",
    info: /X-XSS-Protection/,
    because: "No browser has that filter any more, and where there was one it opened holes of its own.",
  },
  {
    category: "HTTP Secure Headers",
    info: /Strict-Transport-Security/,
    because: "This trial is reached by http; by https console and gateway send it (docs/security.md).",
  },
  {
    category: "Secure Flag cookie",
    info: /Secure flag is not set/,
    because: "For the same reason; by https every cookie has it (app/api/cookies.test.ts).",
  },
  {
    category: "Cross Site Request Forgery",
    info: /Lack of anti CSRF token/,
    because: "Writes of other sites are refused by where they come from (e2e/journeys/hardening.spec.ts).",
  },
];

const SAMPLE = ["--people", "60", "--days", "7"];

const results = join(projectDir, "test-results", "scan");
mkdirSync(results, { recursive: true });
if (isBuildStale()) await buildConsole(new LogFile(results, "console-build"));

// An installation of its own, thrown away afterwards: what a scanner writes into forms is nobody's data.
const gatehouse = await startForTests(say);
try {
  const { env, stateDir } = gatehouse;
  const at = (name: string) => env[name] ?? "";
  const consoleUrl = at("GATEHOUSE_URL");
  await run("--import", ["tsx", "scripts/seed.ts", ...SAMPLE], {
    GATEHOUSE_DATA_DIR: stateDir,
    DATABASE_URL: at("GATEHOUSE_DATABASE_URLS").split(",")[0] ?? "",
  });
  const member = { email: at("GATEHOUSE_ADMIN_EMAIL"), password: at("GATEHOUSE_ADMIN_PASSWORD") };
  const cookies = await signInByHttp(consoleUrl, member);
  const scans = [
    { name: "console, not signed in", url: consoleUrl, start: ["/sign-in", "/sample"] },
    { name: "console, signed in as an administrator", url: consoleUrl, start: ["/people"], cookies },
    { name: "gateway", url: at("GATEHOUSE_GATEWAY_URL"), start: ["/docs", "/openapi.json", "/health"] },
    { name: "local API", url: at("GATEHOUSE_SANDBOX_URL"), start: ["/", "/health"] },
  ];
  const open: Finding[] = [];
  for (const { name, url, start, ...more } of scans) {
    const scan = await runWapiti({ url, start, folder: results, ...more });
    say(
      `\n${name}: ${scan.pages} pages and forms, ${scan.modules} modules, ${scan.findings.length} findings`,
    );
    open.push(...report(scan.findings));
  }
  say(`\nStill signed in after it: ${(await isSignedIn(consoleUrl, cookies)) ? "yes" : "no"}`);
  say(open.length === 0 ? "No finding is open." : `${open.length} findings are open.`);
  if (open.length > 0) process.exitCode = 1;
} finally {
  await gatehouse.stop();
}

/** Says each finding, explained or not; returns those that are not. */
function report(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ category, path, info }) => {
    const known = EXPLAINED.find((one) => one.category === category && one.info.test(info));
    say(`  ${known ? "explained" : "OPEN     "} ${category}: ${path} ${info}`);
    if (known) say(`            ${known.because}`);
    return !known;
  });
}
