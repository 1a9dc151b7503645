import { fileURLToPath } from "node:url";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import type { Sql } from "postgres";
import { openDatabase } from "./client.ts";
import { installQueue } from "./queue.ts";

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
    await installQueue(databaseUrl);
  } finally {
    await client.close();
  }
}

/** Whether the database has the current schema: exactly the migrations this version knows. */
export async function isMigrated(sql: Sql): Promise<boolean> {
  const [made] = await sql<{ made: boolean }[]>`
    select to_regclass('drizzle.__drizzle_migrations') is not null as made`;
  if (!made?.made) return false;
  const applied = await sql<
    { hash: string }[]
  >`select hash from drizzle.__drizzle_migrations order by created_at`;
  const known = readMigrationFiles({ migrationsFolder });
  return applied.length === known.length && known.every(({ hash }, index) => applied[index]?.hash === hash);
}
