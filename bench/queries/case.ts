import type { Sql } from "postgres";
import type { Database } from "#db/client.ts";

/** A read of a screen: our function, called anew with `n` each time, beside the statement a hand would write for it. */
export type ReadCase = {
  name: string;
  ours(db: Database, n: number): Promise<unknown>;
  /** The same rows by one prepared statement of its own through the same driver; null for what is held against a time alone. */
  raw: ((sql: Sql, n: number) => Promise<unknown>) | null;
  /** Longest that it may take, in ms: with a raw statement beside it twice that and 5 ms, else so many. */
  mostMs: number | null;
};
