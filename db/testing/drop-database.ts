import { setTimeout as sleep } from "node:timers/promises";
import type { Sql } from "postgres";

// "Permission denied to terminate process": autovacuum, which runs as a superuser, is in the database at this moment.
const BUSY = "42501";
const TRIES = 60;

/** Drops a test's database and ends whoever is connected to it, once autovacuum has left it. */
export async function dropDatabase(sql: Sql, name: string): Promise<void> {
  for (let tried = 1; ; tried++) {
    try {
      await sql`drop database if exists ${sql(name)} with (force)`;
      return;
    } catch (error) {
      const isBusy = error instanceof Error && "code" in error && error.code === BUSY;
      if (!isBusy || tried === TRIES) throw error;
      await sleep(500);
    }
  }
}
