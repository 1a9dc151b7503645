import PgBoss from "pg-boss";

/** The queue's tables lie beside ours, in a schema of their own that only its owner can change. */
export const QUEUE_SCHEMA = "pgboss";
/** Requests the worker carries out, by their ids alone. */
export const EXECUTION_QUEUE = "execute-request";

/** How long one turn may take before another worker may take it over; a turn that is cut off is safe to repeat. */
const LEASE_SECONDS = 300;
const POLL_SECONDS = 0.5;
const KEPT_SECONDS = 3_600;

type Payload = { requestId: string };

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
    // `stately`: of one request at most one turn waits and one runs, on however many workers.
    await boss.createQueue(EXECUTION_QUEUE, { name: EXECUTION_QUEUE, policy: "stately" });
  } finally {
    await boss.stop({ graceful: false, close: true });
  }
}

export type ExecutionQueue = {
  /** Connects and begins to take turns; to be called again after a failure. */
  open(): Promise<void>;
  /** Asks for a turn of this request; nothing happens where one already waits. */
  send(requestId: string): Promise<void>;
  /** How many turns wait or run. */
  size(): Promise<number>;
  /** Lets the turns that run come to their end. */
  close(): Promise<void>;
};

/** The queue of requests to carry out. `take` does one turn; it may be cut off anywhere. `onTrouble` hears of its connection. */
export function openExecutionQueue(
  databaseUrl: string,
  {
    take,
    atOnce,
    onTrouble,
  }: { take: (requestId: string) => Promise<void>; atOnce: number; onTrouble: (error: unknown) => void },
): ExecutionQueue {
  let opening: Promise<PgBoss> | undefined;
  const begin = async (): Promise<PgBoss> => {
    const boss = new PgBoss({
      connectionString: databaseUrl,
      schema: QUEUE_SCHEMA,
      application_name: "gatehouse-queue",
      max: 3,
      migrate: false,
      schedule: false,
      archiveCompletedAfterSeconds: KEPT_SECONDS,
      deleteAfterHours: 24,
    });
    boss.on("error", onTrouble);
    await boss.start();
    await boss.work<Payload>(
      EXECUTION_QUEUE,
      { batchSize: atOnce, pollingIntervalSeconds: POLL_SECONDS },
      async (jobs) => {
        // A turn that fails is found again by its request; it must not take the others of its batch with it.
        const ends = await Promise.allSettled(jobs.map(({ data }) => take(data.requestId)));
        for (const end of ends) if (end.status === "rejected") onTrouble(end.reason);
      },
    );
    return boss;
  };
  const opened = (): Promise<PgBoss> => {
    opening ??= begin().catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };
  return {
    open: async () => void (await opened()),
    send: async (requestId) => {
      const boss = await opened();
      await boss.send(
        EXECUTION_QUEUE,
        { requestId },
        { singletonKey: requestId, retryLimit: 0, expireInSeconds: LEASE_SECONDS },
      );
    },
    size: async () => (await opened()).getQueueSize(EXECUTION_QUEUE, { before: "completed" }),
    close: async () => {
      const boss = await opening?.catch(() => undefined);
      await boss?.stop({ graceful: true, wait: true, timeout: 10_000 });
    },
  };
}
