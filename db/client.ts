import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres, { type Sql } from "postgres";
import { ARRAY_TYPES } from "./array-types.ts";

export type Database = PostgresJsDatabase;
/** A running transaction, or the database itself: what every query and write takes. */
export type DatabaseOrTransaction = Database | Parameters<Parameters<Database["transaction"]>[0]>[0];

export type DatabaseClient = { db: Database; sql: Sql; close(): Promise<void> };

export type DatabaseOptions = {
  /** Connections kept open at most. */
  connections?: number;
  connectTimeoutSeconds?: number;
  /** Longest a statement may run before PostgreSQL ends it. */
  statementTimeoutMs?: number;
  applicationName: string;
  /** Settings of PostgreSQL that its sessions begin with. */
  settings?: Readonly<Record<string, string>>;
  /** Its connections are never closed for their age or rest: what was laid aside on one of them stays. */
  lastsForEver?: boolean;
};

/** Opens a pool; it connects at the first query and reconnects by itself after an outage. */
export function openDatabase(url: string, options: DatabaseOptions): DatabaseClient {
  const sql = postgres(url, {
    max: options.connections ?? 10,
    connect_timeout: options.connectTimeoutSeconds ?? 3,
    ...(options.lastsForEver ? { max_lifetime: null } : { idle_timeout: 60 }),
    // The driver's own pauses grow to 20 s, which would keep a restarted database waiting.
    backoff: (attempt) => Math.min(2 ** attempt / 50, 1),
    onnotice: () => {},
    fetch_types: false,
    types: ARRAY_TYPES,
    connection: {
      application_name: options.applicationName,
      statement_timeout: options.statementTimeoutMs ?? 30_000,
      TimeZone: "UTC",
      ...options.settings,
    },
  });
  return { db: drizzle(sql), sql, close: () => sql.end({ timeout: 5 }) };
}
