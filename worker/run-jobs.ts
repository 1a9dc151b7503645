import { setTimeout as delay } from "node:timers/promises";
import type { DatabaseClient } from "#db/client.ts";
import { listenForEver } from "#db/listen.ts";
import type { Clock } from "#lib/clock.ts";
import type { Log } from "#lib/log.ts";

export type JobTools = { database: DatabaseClient; clock: Clock; log: Log; signal: AbortSignal };

/** A job that fails does not fill the log with it. */
const AFTER_FAILURE_MS = 1_000;

/** Something done again and again by one worker at a time. It may be cut off anywhere and run again from its start. */
export type Job = {
  /** Also names the lock: two jobs of one name never run at once, on however many workers. */
  name: string;
  everyMs: number;
  /** A channel of the database: a word on it begins the next turn at once, and the turn is told of it. */
  wokenBy?: string;
  run(tools: JobTools, wasWoken?: boolean): Promise<void>;
};

/**
 * Runs every job at once and then at its pace until the signal ends it; resolves when none is running any more. A job
 * that fails, because the database is away for one, is tried again at its next turn.
 */
export async function runJobs(jobs: readonly Job[], tools: JobTools): Promise<void> {
  const bells = jobs.map((job) => hangBell(job, tools));
  tools.signal.addEventListener("abort", () => {
    for (const bell of bells) bell.end();
  });
  await Promise.all(bells.map((bell) => repeat(bell, tools)));
}

async function repeat({ job, takeWord, wait }: Bell, tools: JobTools): Promise<void> {
  const { log, signal } = tools;
  while (!signal.aborted) {
    let pauseMs = job.everyMs;
    try {
      await runAlone(job, tools, takeWord());
    } catch (err) {
      pauseMs = Math.max(pauseMs, AFTER_FAILURE_MS);
      if (!signal.aborted) log.warn({ job: job.name, err }, "a job failed; it runs again at its next turn");
    }
    await wait(pauseMs);
  }
}

type Bell = ReturnType<typeof hangBell>;

/** What ends a job's pause early: a word on its channel, also one said during its turn, or the worker's end. */
function hangBell(job: Job, { database, log, signal }: JobTools) {
  const { name, wokenBy } = job;
  let hasWord = false;
  let pause = new AbortController();
  const stop =
    wokenBy === undefined
      ? () => undefined
      : listenForEver(database.sql, [wokenBy], {
          onWord: () => {
            hasWord = true;
            pause.abort();
          },
          onTrouble: (err) => log.warn({ job: name, err }, "a job cannot be woken yet; it runs at its pace"),
        });
  return {
    job,
    end(): void {
      stop();
      pause.abort();
    },
    takeWord(): boolean {
      const had = hasWord;
      hasWord = false;
      return had;
    },
    async wait(ms: number): Promise<void> {
      pause = new AbortController();
      if (hasWord || signal.aborted) return;
      await delay(ms, undefined, { signal: pause.signal }).catch(() => undefined);
    },
  };
}

/**
 * Runs the job unless another worker is at it. The lock belongs to an open transaction, so that it ends with this
 * worker, however that ends.
 */
export async function runAlone(job: Job, tools: JobTools, wasWoken = false): Promise<boolean> {
  return tools.database.sql.begin(async (tx) => {
    const [row] = await tx<{ isOurs: boolean }[]>`
      select pg_try_advisory_xact_lock(hashtext('gatehouse-worker'), hashtext(${job.name})) as "isOurs"`;
    if (!row?.isOurs) return false;
    await job.run(tools, wasWoken);
    return true;
  });
}
