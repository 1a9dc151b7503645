import { fileURLToPath } from "node:url";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import { openDatabase } from "./client.ts";

const migrationsFolder = fileURLToPath(new URL("../drizzle", import.meta.url));

/** Brings the database to the current schema. Waits for another migration already under way; safe to repeat. */
export async function migrate(databaseUrl: string): Promise<void> {
  const client = openDatabase(databaseUrl, {
    connections: 1,
    applicationName: "gatehouse-migrate",
    statementTimeoutMs: 0,
  });
  try {
    await client.sql`select pg_advisory_lock(hashtext('gatehouse-migrate'))`;
    await applyMigrations(client.db, { migrationsFolder });
  } finally {
    await client.close();
  }
}
