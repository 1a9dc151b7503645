import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { systemEnvironment } from "#lib/env.ts";
import { projectDir } from "../supervisor/child.ts";
import type { LogFile } from "../supervisor/log-file.ts";

const FOLDERS = ["app", "components", "lib", "db", "messages", "public"];
const FILES = ["next.config.ts", "proxy.ts", "package-lock.json", "package.json", "tsconfig.json"];
const BUILD_ID = join(projectDir, ".next/BUILD_ID");
const INPUTS = join(projectDir, ".next/gatehouse-inputs");

function filesBelow(folder: string): string[] {
  if (!existsSync(join(projectDir, folder))) return [];
  return readdirSync(join(projectDir, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.includes(".test."))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** A fingerprint of everything the console is built from. */
function fingerprintInputs(): string {
  const hash = createHash("sha256").update(process.version);
  const single = FILES.map((file) => join(projectDir, file)).filter((file) => existsSync(file));
  for (const file of [...single, ...FOLDERS.flatMap(filesBelow)]) {
    hash.update(`\0${file.slice(projectDir.length)}\0`).update(readFileSync(file));
  }
  return hash.digest("hex");
}

/** Whether the console must be built: never built, or built from other sources or libraries. */
export function isBuildStale(): boolean {
  if (!existsSync(BUILD_ID) || !existsSync(INPUTS)) return true;
  return readFileSync(INPUTS, "utf8") !== fingerprintInputs();
}

/**
 * Builds the console for production. No setting and no secret is known to the build.
 * @throws Error with the build's last lines when it fails, or when `signal` ends it.
 */
export async function buildConsole(log: LogFile, signal?: AbortSignal): Promise<void> {
  const inputs = fingerprintInputs();
  const nextProgram = createRequire(import.meta.url).resolve("next/dist/bin/next");
  const child = spawn(process.execPath, [nextProgram, "build"], {
    cwd: projectDir,
    env: { ...systemEnvironment(), NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    ...(signal ? { signal } : {}),
  });
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => log.append(String(chunk)));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new Error(`The console could not be built. Its last lines:\n${log.lastLines()}`);
  writeFileSync(INPUTS, inputs);
}
