import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { systemEnvironment } from "#lib/env.ts";
import { say } from "#scripts/supervisor/print.ts";
import type { Cookies } from "./sign-in-by-http.ts";

export type Finding = { category: string; path: string; info: string };

export type Scan = { url: string; start: readonly string[]; folder: string; cookies?: Cookies };

/** Longest the scanner may look for pages, and may spend on each of its attacks. */
const CRAWL_SECONDS = 60;
const ATTACK_SECONDS = 20;

/**
 * All attacks of the scanner but six: `nikto` and `wapp` need lists from the network, `ssrf` and `xxe` a server of the
 * scanner's makers to call, guessing passwords would only try the throttle, which has tests of its own, and `buster`
 * tries thousands of names in every folder, whatever time it is given, where nothing here serves a folder.
 */
const MODULES =
  "backup blindsql cookieflags crlf csp csrf exec file htaccess http_headers methods permanentxss redirect " +
  "shellshock sql xss";

const found = z.object({ path: z.string(), info: z.string() });
const reportSchema = z.object({
  vulnerabilities: z.record(z.string(), z.array(found)),
  anomalies: z.record(z.string(), z.array(found)),
});
/** What it says of how far it got; a scan that found nothing to look at has found nothing. */
const LOOKED_AT = /Wapiti found (\d+) URLs and forms/;

/**
 * Runs Debian's wapiti over one server and returns what it found.
 * @throws Error where it is not installed or gave no report.
 */
export async function runWapiti({ url, start, folder, cookies = {} }: Scan) {
  const work = mkdtempSync(join(folder, "wapiti-"));
  const report = join(work, "report.json");
  const jar = join(work, "cookies.json");
  writeFileSync(jar, JSON.stringify(cookieFile(url, cookies)));
  try {
    const said = await wapiti([
      ...["-u", `${url}/`, "--scope", "folder", "--flush-session", "--store-session", work, "-c", jar],
      ...start.flatMap((path) => ["-s", new URL(path, url).href]),
      ...["-d", "6", "--max-files-per-dir", "40"],
      ...["-m", MODULES.replaceAll(" ", ","), "--max-attack-time", String(ATTACK_SECONDS)],
      ...["--max-scan-time", String(CRAWL_SECONDS), "-S", "polite", "-t", "10", "-v", "1"],
      ...["--no-bugreport", "-f", "json", "-o", report],
    ]);
    const { vulnerabilities, anomalies } = reportSchema.parse(JSON.parse(readFileSync(report, "utf8")));
    const findings = Object.entries({ ...vulnerabilities, ...anomalies }).flatMap(([category, list]) =>
      list.map(({ path, info }): Finding => ({ category, path, info })),
    );
    return { pages: Number(LOOKED_AT.exec(said)?.[1] ?? 0), modules: MODULES.split(" ").length, findings };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Cookies in the scanner's own form. */
function cookieFile(url: string, cookies: Cookies) {
  const facts = { expires: null, secure: false, port: null, version: 0 };
  const jar = Object.entries(cookies).map(([name, value]) => [name, { value, ...facts }]);
  return { [new URL(url).hostname]: { "/": Object.fromEntries(jar) } };
}

/** Runs the scanner; returns what it said. */
async function wapiti(args: readonly string[]): Promise<string> {
  const env = { ...systemEnvironment() } as NodeJS.ProcessEnv;
  const child = spawn("wapiti", args, { env, stdio: ["ignore", "pipe", "pipe"] });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => output.push(String(text)));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", (error) => {
      say("Install the scanner first: apt-get install wapiti");
      reject(error);
    });
    child.once("close", resolve);
  });
  if (code !== 0) throw new Error(`wapiti ended with ${code}:\n${output.join("").slice(-2000)}`);
  return output.join("");
}
