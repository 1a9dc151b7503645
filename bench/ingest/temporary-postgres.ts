import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { migrate } from "#db/migrate.ts";
import { initialiseCluster, startCluster } from "#scripts/postgres/cluster.ts";
import { ensureDatabases, localDatabaseUrl } from "#scripts/postgres/databases.ts";
import { preparePlace } from "#scripts/postgres/place.ts";
import { findFreePort } from "#scripts/supervisor/ports.ts";

const PASSWORD = "for-this-bench-only";
const NAME = "gatehouse_bench";

/** An embedded PostgreSQL of its own with the current schema and nothing in it; `stop` removes it. */
export async function temporaryPostgres(): Promise<{ url: string; stop(): Promise<void> }> {
  const stateDir = mkdtempSync(join(tmpdir(), "gatehouse-bench-"));
  chmodSync(stateDir, 0o711);
  const place = preparePlace(stateDir);
  await initialiseCluster(place, PASSWORD);
  const port = await findFreePort();
  const cluster = await startCluster(place, { port, onLog: () => {} });
  await ensureDatabases(port, PASSWORD, [{ name: NAME, password: PASSWORD }]);
  const url = localDatabaseUrl(port, NAME, PASSWORD, NAME);
  await migrate(url);
  return {
    url,
    stop: async () => {
      await cluster.stop();
      for (const path of [dirname(place.dataDir), stateDir]) rmSync(path, { recursive: true, force: true });
    },
  };
}
