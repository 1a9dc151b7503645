import { setTimeout as delay } from "node:timers/promises";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { listNeededCalls } from "#lib/incidents/queries.ts";
import type { ApiProbe } from "#lib/incidents/schema.ts";
import { touchRound } from "#lib/incidents/touch-round.ts";
import type { Round } from "#lib/incidents/types.ts";
import type { Log } from "#lib/log.ts";
import { type ProbedParts, probeParts } from "#lib/service-health/probe-parts.ts";
import { within } from "#lib/within.ts";

const EVERY_MS = 15_000;
/** After a start of everything together the other parts first need a moment. */
const SETTLED_AFTER_MS = 20_000;
/** Rounds that wait for the database: four hours of them. */
const MOST_KEPT = 960;
const KEEP_WITHIN_MS = 10_000;

export type HealthWatch = ProbedParts & {
  log: Log;
  signal: AbortSignal;
  /** Called after each round that the database has kept. */
  onKept?: () => void;
  everyMs?: number;
  settledAfterMs?: number;
};

/**
 * Asks all parts every 15 s until the signal ends it, and keeps what was found. It is no job of `runJobs`, whose lock is
 * in the database: while that is away the rounds wait in memory, and are kept in their order when it is back, so that
 * its own outage is known by its beginning and its end. Two workers' rounds of the same moment count once.
 */
export async function watchHealth(watch: HealthWatch): Promise<void> {
  const { db, log, signal, onKept, everyMs = EVERY_MS, settledAfterMs = SETTLED_AFTER_MS } = watch;
  await delay(settledAfterMs, undefined, { signal }).catch(() => undefined);
  const waiting: Round[] = [];
  let operations: ApiProbe[] = ["verify"];
  let wasKept = true;
  while (!signal.aborted) {
    const startedAt = performance.now();
    try {
      operations = await within(KEEP_WITHIN_MS, listNeededCalls(db));
    } catch {
      // Those of the last round are asked again; that the database is away is what this round finds.
    }
    waiting.push(await probeParts(watch, operations));
    waiting.splice(0, waiting.length - MOST_KEPT);
    const isKept = await keep(db, waiting);
    if (!isKept && wasKept) log.warn("the database does not take what the probes found; it waits in memory");
    wasKept = isKept;
    if (isKept) onKept?.();
    const pauseMs = Math.max(0, everyMs - (performance.now() - startedAt));
    await delay(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}

/** Keeps what waits, the oldest first; what was kept although no answer said so is known again by its time. */
async function keep(db: DatabaseOrTransaction, waiting: Round[]): Promise<boolean> {
  try {
    for (let round = waiting[0]; round !== undefined; round = waiting[0]) {
      await within(KEEP_WITHIN_MS, touchRound(db, round));
      waiting.shift();
    }
    return true;
  } catch {
    return false;
  }
}
