import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { migrate } from "#db/migrate.ts";
import {
  initialiseCluster,
  type RunningCluster,
  SUPERUSER,
  startCluster,
} from "#scripts/postgres/cluster.ts";
import { ensureDatabases, localDatabaseUrl } from "#scripts/postgres/databases.ts";
import { preparePlace } from "#scripts/postgres/place.ts";
import { findFreePort } from "#scripts/supervisor/ports.ts";

const PASSWORD = "for-this-test-only";
const NAME = "faults";

export type OwnPostgres = {
  url: string;
  /** Another database of the cluster, as its superuser. */
  superuserUrl(database: string): string;
  /** Where its files lie. */
  clusterDir: string;
  /** A file outside of them that it may write. */
  copyFile: string;
  /** Kills the server as a power switch would; its files stay as they are. */
  kill(): Promise<void>;
  /** Starts it again; it recovers from its log by itself. */
  start(): Promise<void>;
  /** Ends it in order: everything is on the disk. */
  stop(): Promise<void>;
  /** Lays the files of the ended server aside, and puts them back in the place of what is there. */
  keepCold(): void;
  putColdBack(): void;
  /** Kills one of its session processes: it ends all sessions, recovers and goes on. */
  killSession(): void;
  /** Stops and continues all its processes: connections stay, nothing answers. */
  freeze(): void;
  thaw(): void;
  remove(): Promise<void>;
};

/** A PostgreSQL of this test alone, which really waits for the disk, so that it can be killed. */
export async function startOwnPostgres(): Promise<OwnPostgres> {
  const stateDir = mkdtempSync(join(tmpdir(), "gatehouse-faults-"));
  chmodSync(stateDir, 0o711);
  const place = preparePlace(stateDir);
  await initialiseCluster(place, PASSWORD);
  const port = await findFreePort();
  const settings = { fsync: "on", synchronous_commit: "on", shared_buffers: "64MB" };
  const run = () => startCluster(place, { port, settings, onLog: () => {} });
  let cluster: RunningCluster | undefined = await run();
  await ensureDatabases(port, PASSWORD, [{ name: NAME, password: PASSWORD }]);
  const url = localDatabaseUrl(port, NAME, PASSWORD, NAME);
  await migrate(url);
  const serverPid = () =>
    Number.parseInt(readFileSync(join(place.dataDir, "cluster", "postmaster.pid"), "utf8"), 10);
  const signalAll = (signal: NodeJS.Signals) => {
    for (const { pid } of childrenOf(serverPid())) {
      try {
        process.kill(pid, signal);
      } catch (error) {
        // One that ended since we looked needs no signal.
        if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
      }
    }
  };
  const clusterDir = join(place.dataDir, "cluster");
  const aside = join(place.dataDir, "kept");
  // With their owner, who is not us where we are root.
  const copy = (from: string, to: string) => {
    rmSync(to, { recursive: true, force: true });
    execFileSync("cp", ["-a", from, to]);
  };
  const stop = async () => {
    await cluster?.stop();
    cluster = undefined;
  };
  return {
    url,
    superuserUrl: (database) => localDatabaseUrl(port, SUPERUSER, PASSWORD, database),
    clusterDir,
    copyFile: join(place.dataDir, "copy"),
    stop,
    keepCold: () => copy(clusterDir, aside),
    putColdBack: () => copy(aside, clusterDir),
    async kill() {
      process.kill(serverPid(), "SIGKILL");
      await cluster?.exited;
      cluster = undefined;
    },
    killSession() {
      const session = childrenOf(serverPid()).find(({ command }) => command.includes(` ${NAME} ${NAME} `));
      if (session) process.kill(session.pid, "SIGKILL");
    },
    freeze() {
      signalAll("SIGSTOP");
    },
    thaw() {
      signalAll("SIGCONT");
    },
    async start() {
      cluster ??= await run();
    },
    async remove() {
      await stop();
      for (const path of new Set([dirname(place.dataDir), stateDir])) {
        rmSync(path, { recursive: true, force: true });
      }
    },
  };
}

function childrenOf(parent: number): { pid: number; command: string }[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, "utf8");
        const [, parentPid] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        if (Number(parentPid) !== parent) return [];
        return [{ pid: Number(name), command: readFileSync(`/proc/${name}/cmdline`, "utf8") }];
      } catch {
        // Ended while we looked.
        return [];
      }
    });
}
