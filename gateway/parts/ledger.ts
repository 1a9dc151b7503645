import type { Sql } from "postgres";
import { type Database, type DatabaseClient, openDatabase } from "#db/client.ts";
import type { Log } from "#lib/log.ts";
import type { Asked, Ledger, ReadTogether } from "#lib/logins/types.ts";
import { troubleOf } from "#lib/recording/database-trouble.ts";
import { TooLate, within } from "#lib/within.ts";
import { createGathering } from "./gathering.ts";

/** The database cannot be asked now. */
export class LedgerAway extends Error {
  override readonly name = "LedgerAway";
}

/** The gateway's way to PostgreSQL: it knows when the database is away and then answers at once. */
export type GatewayLedger = Ledger & {
  isReachable(): boolean;
  /** Runs longer work. Throws LedgerAway when the database is away or goes away meanwhile. */
  run<T>(work: (db: Database) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

export type LedgerOptions = {
  databaseUrl: string;
  log: Pick<Log, "info" | "warn" | "error">;
  /** Longest a login waits for a read. */
  readBudgetMs?: number;
  runBudgetMs?: number;
  probeEveryMs?: number;
};

const DEFAULTS = { readBudgetMs: 800, runBudgetMs: 8_000, probeEveryMs: 500 };

/** Opens the gateway's pool; it is thrown away and made anew when the database stops answering. */
export function openLedger(options: LedgerOptions): GatewayLedger {
  const { databaseUrl, log, readBudgetMs, runBudgetMs, probeEveryMs } = { ...DEFAULTS, ...options };
  const connect = () =>
    openDatabase(databaseUrl, {
      applicationName: "gatehouse-gateway",
      connections: 20,
      connectTimeoutSeconds: 2,
    });
  let client: DatabaseClient = connect();
  let reachable = true;
  let probe: NodeJS.Timeout | undefined;
  let closed = false;

  function lose(error: unknown): void {
    if (!reachable || closed) return;
    reachable = false;
    log.warn({ err: error }, "The database is away");
    // A connection that hangs would be handed out again.
    void client.close().catch(() => undefined);
    client = connect();
    // Often only a connection broke, not the database.
    void look();
  }

  async function look(): Promise<void> {
    const answered = await within(readBudgetMs, client.sql`select 1`).then(
      () => true,
      () => false,
    );
    if (closed) return;
    if (answered) {
      reachable = true;
      log.info({}, "The database is back");
      return;
    }
    probe = setTimeout(look, probeEveryMs);
    probe.unref();
  }

  async function guarded<T>(work: (client: DatabaseClient) => Promise<T>, budgetMs: number): Promise<T> {
    if (!reachable) throw new LedgerAway("The database is away");
    const asked = client;
    try {
      return await within(budgetMs, work(asked));
    } catch (error) {
      if (!isAway(error)) throw error;
      if (asked === client) lose(error);
      throw new LedgerAway("The database went away", { cause: error });
    }
  }

  async function ask<T>(read: (sql: Sql) => Promise<T>): Promise<Asked<T>> {
    try {
      return { ok: true, value: await guarded(({ sql }) => read(sql), readBudgetMs) };
    } catch (error) {
      if (!(error instanceof LedgerAway)) log.error({ err: error }, "A read of the ledger failed");
      return { ok: false };
    }
  }

  return {
    isReachable: () => reachable,
    run: (work) => guarded(({ db }) => work(db), runBudgetMs),
    ask,
    askTogether: togetherBy(ask),
    async close() {
      closed = true;
      clearTimeout(probe);
      await client.close();
    },
  };
}

/** Each reading gathers for itself, so that a list holds what the same statement answers. */
function togetherBy(ask: Ledger["ask"]): Ledger["askTogether"] {
  // A gathering has the types of the reading that is its key.
  const gatherings = new WeakMap<object, (of: never) => Promise<Asked<never>>>();
  return <Of, T>(read: ReadTogether<Of, T>, of: Of): Promise<Asked<T>> => {
    const known = gatherings.get(read) as ((of: Of) => Promise<Asked<T>>) | undefined;
    const gathering =
      known ??
      createGathering(async (list: readonly Of[]): Promise<Asked<T>[]> => {
        const asked = await ask((sql) => read(sql, list));
        return asked.ok ? asked.value.map((value) => ({ ok: true, value })) : list.map(() => asked);
      });
    if (known === undefined) gatherings.set(read, gathering as (of: never) => Promise<Asked<never>>);
    return gathering(of);
  };
}

/** PostgreSQL's own refusals of what was asked are bugs or conflicts; everything else means that it is not there. */
function isAway(error: unknown): boolean {
  if (error instanceof TooLate) return true;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : "";
  if (cause instanceof Error && cause.name === "PostgresError") {
    return /^(08|57P|53)/.test(code) && troubleOf(cause) === "away";
  }
  return /^(CONNECT|ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_AGAIN)/.test(code);
}
