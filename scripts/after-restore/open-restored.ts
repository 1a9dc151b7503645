import { existsSync } from "node:fs";
import { join } from "node:path";
import { type DatabaseClient, openDatabase } from "#db/client.ts";
import { migrate } from "#db/migrate.ts";
import { isDatabaseAway } from "#lib/action/database-away.ts";
import { startCluster } from "../postgres/cluster.ts";
import { preparePlace } from "../postgres/place.ts";
import type { Installation } from "../supervisor/installation.ts";
import { RunningRecord } from "../supervisor/running-record.ts";
import { CannotStart } from "../supervisor/state-dir.ts";

export type Restored = { database: DatabaseClient; close(): Promise<void> };

/** A large ledger is laid beside the tables in one statement for each few thousand lines. */
const STATEMENT_TIMEOUT_MS = 600_000;

/**
 * Opens the restored database as the owner of its tables, on one connection that lasts, and brings it to this version.
 * An embedded PostgreSQL is started for it and ended by `close`, since its usual start would run the worker too.
 * @throws CannotStart where Gatehouse runs, a worker is connected or the database does not answer.
 */
export async function openRestored(site: Installation): Promise<Restored> {
  const embedded = site.embedded.database ? await startEmbedded(site) : null;
  try {
    await migrate(site.databaseOwnerUrl);
    const database = openDatabase(site.databaseOwnerUrl, {
      connections: 1,
      lastsForEver: true,
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
      applicationName: "gatehouse-after-restore",
    });
    const close = async () => {
      await database.close();
      await embedded?.end();
    };
    await refuseWorkers(database).catch(async (error) => {
      await database.close();
      throw error;
    });
    return { database, close };
  } catch (error) {
    await embedded?.end();
    if (!isDatabaseAway(error)) throw error;
    const { host } = new URL(site.databaseOwnerUrl);
    throw new CannotStart(`PostgreSQL at ${host} does not answer. Look at DATABASE_URL.`, { cause: error });
  }
}

async function startEmbedded(site: Installation): Promise<{ end(): Promise<void> }> {
  const record = new RunningRecord(site.stateDir);
  await record.takeOver();
  const place = preparePlace(site.stateDir);
  if (!existsSync(join(place.dataDir, "cluster"))) {
    record.clear();
    throw new CannotStart(`There is no database in ${place.dataDir}. Put the backup back first.`);
  }
  const cluster = await startCluster(place, { port: site.ports.postgres, onLog: () => {} }).catch((error) => {
    record.clear();
    throw error;
  });
  return {
    async end() {
      await cluster.stop();
      record.clear();
    },
  };
}

/** A worker would meanwhile carry out what the backup holds for approved, and erase people who enrolled anew since. */
async function refuseWorkers({ sql }: DatabaseClient): Promise<void> {
  const [found] = await sql<{ workers: number }[]>`
    select count(*)::int as workers from pg_stat_activity
    where datname = current_database() and application_name = 'gatehouse-worker'`;
  if (found?.workers === 0) return;
  throw new CannotStart(
    "A worker is connected to this database. Stop every worker first: it would carry out requests that the backup holds for open. Gateways and consoles may run.",
  );
}
