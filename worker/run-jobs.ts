import { setTimeout as delay } from "node:timers/promises";
import type { DatabaseClient } from "#db/client.ts";
import type { Clock } from "#lib/clock.ts";
import type { Log } from "#lib/log.ts";

export type JobTools = { database: DatabaseClient; clock: Clock; log: Log; signal: AbortSignal };

/** Something done again and again by one worker at a time. It may be cut off anywhere and run again from its start. */
export type Job = {
  /** Also names the lock: two jobs of one name never run at once, on however many workers. */
  name: string;
  everyMs: number;
  run(tools: JobTools): Promise<void>;
};

/**
 * Runs every job at once and then at its pace until the signal ends it; resolves when none is running any more. A job
 * that fails, because the database is away for one, is tried again at its next turn.
 */
export async function runJobs(jobs: readonly Job[], tools: JobTools): Promise<void> {
  await Promise.all(jobs.map((job) => repeat(job, tools)));
}

async function repeat(job: Job, tools: JobTools): Promise<void> {
  const { log, signal } = tools;
  while (!signal.aborted) {
    try {
      await runAlone(job, tools);
    } catch (err) {
      if (!signal.aborted) log.warn({ job: job.name, err }, "a job failed; it runs again at its next turn");
    }
    await delay(job.everyMs, undefined, { signal }).catch(() => undefined);
  }
}

/**
 * Runs the job unless another worker is at it. The lock belongs to an open transaction, so that it ends with this
 * worker, however that ends.
 */
export async function runAlone(job: Job, tools: JobTools): Promise<boolean> {
  return tools.database.sql.begin(async (tx) => {
    const [row] = await tx<{ isOurs: boolean }[]>`
      select pg_try_advisory_xact_lock(hashtext('gatehouse-worker'), hashtext(${job.name})) as "isOurs"`;
    if (!row?.isOurs) return false;
    await job.run(tools);
    return true;
  });
}
