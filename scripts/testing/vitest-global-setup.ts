import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { grantApplication } from "#db/grant-application.ts";
import { migrate } from "#db/migrate.ts";
import { initialiseCluster, startCluster } from "#scripts/postgres/cluster.ts";
import { ensureDatabases, localDatabaseUrl } from "#scripts/postgres/databases.ts";
import { preparePlace } from "#scripts/postgres/place.ts";
import { findFreePort } from "#scripts/supervisor/ports.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A migrated database all test files share; leave it as it was found. */
    databaseUrl: string;
    /** The migrated database to copy for a test that must write for good: `create database x template …`. */
    databaseTemplate: string;
    /** The role the parts sign in as: it owns nothing. */
    databaseParts: { username: string; password: string };
  }
}

const PASSWORD = "for-this-test-run-only";
const TEMPLATE = "gatehouse_template";
const PARTS = "gatehouse_test_parts";
const SHARED = "gatehouse_test";

/** Starts one real PostgreSQL for the whole run. Nothing in it outlives the run, so it need not wait for the disk. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const stateDir = mkdtempSync(join(tmpdir(), "gatehouse-test-"));
  chmodSync(stateDir, 0o711);
  const place = preparePlace(stateDir);
  await initialiseCluster(place, PASSWORD);
  const port = await findFreePort();
  const settings = {
    fsync: "off",
    synchronous_commit: "off",
    full_page_writes: "off",
    shared_buffers: "64MB",
  };
  const cluster = await startCluster(place, { port, settings, onLog: () => {} });

  const application = { name: PARTS, password: PASSWORD };
  await ensureDatabases(port, PASSWORD, [{ name: TEMPLATE, password: PASSWORD, application }]);
  const owner = localDatabaseUrl(port, TEMPLATE, PASSWORD, TEMPLATE);
  await migrate(owner);
  await grantApplication(owner, PARTS);
  const superuser = postgres(localDatabaseUrl(port, "postgres", PASSWORD, "postgres"), { max: 1 });
  await superuser`alter role ${superuser(TEMPLATE)} createdb`;
  await superuser`create database ${superuser(SHARED)} template ${superuser(TEMPLATE)} owner ${superuser(TEMPLATE)}`;
  await superuser.end();
  project.provide("databaseUrl", localDatabaseUrl(port, TEMPLATE, PASSWORD, SHARED));
  project.provide("databaseTemplate", TEMPLATE);
  project.provide("databaseParts", { username: PARTS, password: PASSWORD });

  return async () => {
    await cluster.stop();
    for (const path of new Set([dirname(place.dataDir), stateDir]))
      rmSync(path, { recursive: true, force: true });
  };
}
