import type { Sql } from "postgres";
import type { Database } from "#db/client.ts";

/** A read of a screen: our function, called anew with `n` each time, beside the statement a hand would write for it. */
export type ReadCase = {
  name: string;
  ours(db: Database, n: number): Promise<unknown>;
  /** The same rows by one prepared statement of its own through the same driver; null for what is held against a time alone. */
  raw: ((sql: Sql, n: number) => Promise<unknown>) | null;
  /** Half of the times may be so long, in ms; with a raw statement beside it, it is enough to stay within twice that and 5 ms. */
  mostMs: number | null;
};
