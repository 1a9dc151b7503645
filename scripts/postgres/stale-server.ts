import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { commandOf, endsWithin, isAlive } from "../supervisor/processes.ts";
import { rememberedDataDir } from "./place.ts";

/**
 * Ends a server that an earlier, killed start left running on these files. A lock file whose process number now
 * belongs to another program is removed: PostgreSQL would take that program for itself and refuse to start.
 */
export async function endStaleServer(clusterDir: string): Promise<void> {
  const lockFile = join(clusterDir, "postmaster.pid");
  if (!existsSync(lockFile)) return;
  const pid = Number.parseInt(readFileSync(lockFile, "utf8"), 10);
  if (!Number.isInteger(pid) || !isAlive(pid)) return;
  if (!commandOf(pid).includes(clusterDir)) {
    rmSync(lockFile);
    return;
  }
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    process.kill(pid, signal);
    if (await endsWithin(pid, 10_000)) return;
  }
  throw new Error(`An earlier PostgreSQL (process ${pid}) on ${clusterDir} does not end.`);
}

/** The same for the server whose state lies in this folder, before its port is asked for. */
export async function endStaleServerOf(stateDir: string): Promise<void> {
  const dataDir = rememberedDataDir(stateDir);
  if (dataDir) await endStaleServer(join(dataDir, "cluster"));
}
