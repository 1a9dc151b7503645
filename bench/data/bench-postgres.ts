import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { migrate } from "#db/migrate.ts";
import { initialiseCluster, startCluster } from "#scripts/postgres/cluster.ts";
import { ensureDatabases, localDatabaseUrl } from "#scripts/postgres/databases.ts";
import { preparePlace } from "#scripts/postgres/place.ts";
import { projectDir } from "#scripts/supervisor/child.ts";
import { findFreePort, findPortProblems } from "#scripts/supervisor/ports.ts";

const PASSWORD = "for-benches-only";
/** Where the days of the made history begin, and of the charts over it. */
export const TIME_ZONE = "America/Sao_Paulo";

export type BenchSize = { people: number; events: number };
export const nameOf = ({ people, events }: BenchSize): string => `bench_${people}_${events}`;

/**
 * The embedded PostgreSQL of the benches: below the installation's folder, kept from run to run, and used where it runs
 * already. What is in it is made up and made again in minutes, so that it waits for no disk.
 */
export async function openBenchPostgres(): Promise<{
  urlOf(database: string): string;
  stop(): Promise<void>;
}> {
  const stateDir = join(projectDir, ".gatehouse", "bench");
  mkdirSync(stateDir, { recursive: true });
  chmodSync(stateDir, 0o711);
  const memory = join(stateDir, "port");
  const known = existsSync(memory) ? Number(readFileSync(memory, "utf8")) : undefined;
  const urlAt = (port: number) => (database: string) => localDatabaseUrl(port, database, PASSWORD, database);
  const isRunning = known !== undefined && (await findPortProblems([wanted(known)])).length > 0;
  if (known !== undefined && isRunning) return { urlOf: urlAt(known), stop: async () => {} };
  const place = preparePlace(stateDir);
  await initialiseCluster(place, PASSWORD);
  const port = await findFreePort();
  const settings = {
    ...{ fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_wal_size: "8GB" },
    ...{
      shared_buffers: "2GB",
      maintenance_work_mem: "1GB",
      effective_cache_size: "8GB",
      random_page_cost: "1.1",
    },
  };
  const cluster = await startCluster(place, { port, settings, onLog: () => {} });
  writeFileSync(memory, String(port));
  return { urlOf: urlAt(port), stop: () => cluster.stop() };
}

const wanted = (port: number) => ({ part: "the benches' PostgreSQL", port, variable: "port" });

/** Makes the database of this size, with the current schema, where there is none. */
export async function ensureBenchDatabase(
  { urlOf }: { urlOf(database: string): string },
  size: BenchSize,
): Promise<string> {
  const name = nameOf(size);
  const url = urlOf(name);
  await ensureDatabases(Number(new URL(url).port), PASSWORD, [{ name, password: PASSWORD }]);
  await migrate(url);
  return url;
}
