import { inject } from "vitest";
import { type DatabaseClient, type DatabaseOrTransaction, openDatabase } from "#db/client.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A migrated database of this test run alone. */
    databaseUrl: string;
  }
}

let client: DatabaseClient | undefined;

/** The test run's own PostgreSQL, migrated; one small pool per test file. */
export function testDatabase(): DatabaseClient {
  client ??= openDatabase(inject("databaseUrl"), { connections: 4, applicationName: "gatehouse-test" });
  return client;
}

class RollBack extends Error {}

/** Runs a test against the real database and leaves nothing behind, whatever the test did. */
export async function inRolledBackTransaction(
  test: (tx: DatabaseOrTransaction) => Promise<void>,
): Promise<void> {
  try {
    await testDatabase().db.transaction(async (tx) => {
      await test(tx);
      throw new RollBack();
    });
  } catch (error) {
    if (!(error instanceof RollBack)) throw error;
  }
}
