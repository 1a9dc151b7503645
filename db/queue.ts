import { setTimeout as delay } from "node:timers/promises";
import PgBoss from "pg-boss";

/** The queue's tables lie beside ours, in a schema of their own that only its owner can change. */
export const QUEUE_SCHEMA = "pgboss";
/** Requests the worker carries out, by their ids alone. */
export const EXECUTION_QUEUE = "execute-request";

/**
 * How long one turn may take before another worker may take it over; a turn that is cut off is safe to repeat. What a
 * killed worker had sent is asked about after the quiet time, which is about as long.
 */
const LEASE_SECONDS = 60;
const POLL_MS = 500;
const LEASES_LOOKED_AT_MS = 5_000;
/** The queue never gives a request up: what comes of failures is decided by the request. */
const RETRIES = 1_000_000;

/**
 * Makes the queue's schema and queue, or brings them up to date. To be called by the owner of the database with every
 * migration; safe to repeat. Throws what PostgreSQL throws.
 */
export async function installQueue(ownerUrl: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: ownerUrl,
    schema: QUEUE_SCHEMA,
    max: 1,
    supervise: false,
    schedule: false,
  });
  boss.on("error", () => undefined);
  await boss.start();
  try {
    await boss.createQueue(EXECUTION_QUEUE, { name: EXECUTION_QUEUE, policy: "stately" });
  } finally {
    await boss.stop({ graceful: false, close: true });
  }
}

export type ExecutionQueue = {
  /** Connects and begins to take turns; to be called again after a failure. */
  open(): Promise<void>;
  /** Asks for a turn of this request; nothing happens where one waits or runs. */
  send(requestId: string): Promise<void>;
  /** How many turns wait or run. */
  size(): Promise<number>;
  /** Lets the turns that run come to their end. */
  close(): Promise<void>;
};

type Options = {
  take: (requestId: string) => Promise<void>;
  atOnce: number;
  onTrouble: (error: unknown) => void;
};

/**
 * The queue of requests to carry out. `take` does one turn; it may be cut off anywhere. A job bears its request's id, so
 * that of one request there is one, waiting or running, on however many workers; it goes with the end of its turn, and of
 * a worker that ended it comes back with its lease. `onTrouble` hears of turns that failed and of the connection.
 */
export function openExecutionQueue(databaseUrl: string, options: Options): ExecutionQueue {
  const { onTrouble } = options;
  const stop = new AbortController();
  let opening: Promise<PgBoss> | undefined;
  let taking: Promise<void> | undefined;
  const opened = (): Promise<PgBoss> => {
    opening ??= connect(databaseUrl, onTrouble).catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };
  return {
    open: async () => {
      const boss = await opened();
      taking ??= takeTurns(boss, options, stop.signal);
    },
    send: async (requestId) => {
      const boss = await opened();
      const once = { id: requestId, singletonKey: requestId };
      await boss.send(EXECUTION_QUEUE, {}, { ...once, retryLimit: RETRIES, expireInSeconds: LEASE_SECONDS });
    },
    size: async () => (await opened()).getQueueSize(EXECUTION_QUEUE, { before: "completed" }),
    close: async () => {
      stop.abort();
      await taking;
      const boss = await opening?.catch(() => undefined);
      await boss?.stop({ graceful: false, close: true });
    },
  };
}

async function connect(databaseUrl: string, onTrouble: (error: unknown) => void): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    schema: QUEUE_SCHEMA,
    application_name: "gatehouse-queue",
    max: 3,
    migrate: false,
    schedule: false,
    supervise: false,
  });
  boss.on("error", onTrouble);
  return boss.start();
}

/**
 * Takes turns until the signal, so many at once, and then waits for those that run. Fetching, and giving back what is
 * done, is ours and not the library's `work`: that one leaves the giving back to itself, and when the database is away
 * then, its error ends the process.
 */
async function takeTurns(
  boss: PgBoss,
  { take, atOnce, onTrouble }: Options,
  signal: AbortSignal,
): Promise<void> {
  const running = new Set<Promise<void>>();
  const pause = () => delay(POLL_MS, undefined, { signal }).catch(() => undefined);
  let leasesLookedAt = Number.NEGATIVE_INFINITY;
  while (!signal.aborted) {
    let ids: string[] = [];
    try {
      if (performance.now() - leasesLookedAt > LEASES_LOOKED_AT_MS) {
        await boss.expire();
        leasesLookedAt = performance.now();
      }
      const batchSize = atOnce - running.size;
      if (batchSize > 0) ids = (await boss.fetch(EXECUTION_QUEUE, { batchSize })).map(({ id }) => id);
    } catch (error) {
      onTrouble(error);
    }
    for (const id of ids) {
      const turn = take(id)
        .catch(onTrouble)
        .then(() => boss.deleteJob(EXECUTION_QUEUE, id))
        .catch(onTrouble)
        .finally(() => running.delete(turn));
      running.add(turn);
    }
    if (running.size === atOnce) await Promise.race(running);
    else if (ids.length === 0) await pause();
  }
  await Promise.all(running);
}
