import { type ChildProcess, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { PostgresPlace } from "./place.ts";
import { endStaleServer } from "./stale-server.ts";

export const SUPERUSER = "postgres";
const READY = "database system is ready to accept connections";
/** A killed server's processes hold its memory for a moment; starting again within it is refused. */
const STILL_IN_USE = /pre-existing shared memory block|lock file .* already exists/;
const START_TRIES = 20;

export type RunningCluster = { readonly exited: Promise<number>; stop(): Promise<void> };

type StartOptions = {
  readonly port: number;
  readonly settings?: Readonly<Record<string, string>>;
  readonly onLog: (text: string) => void;
};

// Next adds NODE_ENV to the type of every environment; PostgreSQL has no use for it.
const environment = { LC_ALL: "C", TZ: "UTC", PATH: "/usr/bin:/bin" } as unknown as NodeJS.ProcessEnv;

function run(place: PostgresPlace, program: string, args: readonly string[]): ChildProcess {
  return spawn(join(place.programDir, "bin", program), args, {
    ...place.runAs,
    cwd: place.dataDir,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

function ended(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}

/** Makes a new cluster unless there is one. An interrupted attempt leaves nothing that a later start would trust. */
export async function initialiseCluster(place: PostgresPlace, superuserPassword: string): Promise<void> {
  const cluster = clusterDir(place);
  if (existsSync(cluster)) return;
  const unfinished = join(place.dataDir, "unfinished");
  rmSync(unfinished, { recursive: true, force: true });
  const passwordDir = mkdtempSync(join(tmpdir(), "gatehouse-initdb-"));
  const passwordFile = join(passwordDir, "password");
  writeFileSync(passwordFile, `${superuserPassword}\n`, { mode: 0o600 });
  if ("uid" in place.runAs) {
    for (const path of [passwordDir, passwordFile]) chownSync(path, place.runAs.uid, place.runAs.gid);
  }
  try {
    const flags = [
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
    ];
    const paths = [`--pgdata=${unfinished}`, `--pwfile=${passwordFile}`, `--username=${SUPERUSER}`];
    const child = run(place, "initdb", [...paths, ...flags, "--locale=C", "--no-instructions"]);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (text) => (output += String(text)));
    if ((await ended(child)) !== 0) throw new Error(`PostgreSQL could not make its files:\n${output}`);
    renameSync(unfinished, cluster);
  } finally {
    rmSync(passwordDir, { recursive: true, force: true });
  }
}

const clusterDir = (place: PostgresPlace): string => join(place.dataDir, "cluster");

function startOnce(place: PostgresPlace, options: StartOptions): Promise<RunningCluster> {
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    cluster_name: "gatehouse",
    max_connections: "200",
    shared_buffers: "256MB",
    timezone: "UTC",
    log_timezone: "UTC",
    ...options.settings,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const child = run(place, "postgres", ["-D", clusterDir(place), "-p", String(options.port), ...flags]);
  const exited = ended(child);
  return new Promise((resolve, reject) => {
    let output = "";
    child.stderr?.on("data", (chunk) => {
      const text = String(chunk);
      options.onLog(text);
      output = (output + text).slice(-4000);
      if (output.includes(READY)) resolve({ exited, stop: () => stopServer(child, exited) });
    });
    exited.then(() => reject(new Error(`PostgreSQL did not start:\n${output}`)), reject);
  });
}

/** Ends sessions and writes everything out ("fast"); a server that has not ended after 30 s is ended at once. */
async function stopServer(child: ChildProcess, exited: Promise<number>): Promise<void> {
  child.kill("SIGINT");
  const timer = setTimeout(() => child.kill("SIGQUIT"), 30_000);
  await exited;
  clearTimeout(timer);
}

/**
 * Starts the cluster on loopback, first ending a server a killed start may have left on it.
 * @throws Error with the server's last lines when it does not start.
 */
export async function startCluster(place: PostgresPlace, options: StartOptions): Promise<RunningCluster> {
  await endStaleServer(clusterDir(place));
  for (let tried = 1; ; tried += 1) {
    try {
      return await startOnce(place, options);
    } catch (error) {
      if (tried === START_TRIES || !STILL_IN_USE.test(String(error))) throw error;
      await delay(500);
    }
  }
}
