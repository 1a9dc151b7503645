import { touchApplicationKeys } from "#lib/applications/touch-application-keys.ts";
import type { KeyUse, LiveKey } from "#lib/applications/types.ts";
import type { Clock } from "#lib/clock.ts";
import type { Log } from "#lib/log.ts";
import { type GatewayLedger, LedgerAway } from "./ledger.ts";

/** Counts calls per key in memory and tells the database every few seconds; a call never waits for it. */
export type KeyUses = {
  count(key: Pick<LiveKey, "keyId" | "applicationId">): void;
  /** Tells what is still to be told, if the database is there. */
  close(): Promise<void>;
};

export type KeyUsesOptions = {
  ledger: Pick<GatewayLedger, "run">;
  clock: Clock;
  log: Pick<Log, "error">;
  tellEveryMs?: number;
};

const TELL_EVERY_MS = 5_000;
const MINUTE_MS = 60_000;
/** A day of minutes of ten busy keys: what is kept of an outage, the latest of it. */
const MOST_KEPT = 14_400;

export function createKeyUses({ ledger, clock, log, tellEveryMs = TELL_EVERY_MS }: KeyUsesOptions): KeyUses {
  let uses = new Map<string, KeyUse>();
  const seconds = new Map<string, { second: number; calls: number }>();
  let telling: Promise<void> = Promise.resolve();

  /** How many calls of the application fell into this second so far. */
  function callsInSecond(applicationId: string, second: number): number {
    const seen = seconds.get(applicationId);
    const calls = seen?.second === second ? seen.calls + 1 : 1;
    seconds.set(applicationId, { second, calls });
    return calls;
  }

  function add(use: KeyUse): void {
    const id = `${use.keyId} ${use.minute.getTime()}`;
    const known = uses.get(id);
    uses.set(id, known === undefined ? use : together(known, use));
    if (uses.size > MOST_KEPT) for (const oldest of uses.keys()) return void uses.delete(oldest);
  }

  async function tell(): Promise<void> {
    const told = uses;
    if (told.size === 0) return;
    uses = new Map();
    try {
      await ledger.run((db) => touchApplicationKeys(db, [...told.values()]));
    } catch (error) {
      if (!(error instanceof LedgerAway)) log.error({ err: error }, "The use of keys could not be told");
      const since = uses;
      uses = told;
      for (const use of since.values()) add(use);
    }
  }

  const tellInTurn = () => {
    telling = telling.then(tell);
    return telling;
  };
  const timer = setInterval(tellInTurn, tellEveryMs);
  timer.unref();

  return {
    count({ keyId, applicationId }) {
      const at = clock();
      const mostPerSecond = callsInSecond(applicationId, Math.floor(at.getTime() / 1000));
      const minute = new Date(Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS);
      add({ keyId, minute, calls: 1, mostPerSecond, firstAt: at, lastAt: at });
    },
    async close() {
      clearInterval(timer);
      await tellInTurn();
    },
  };
}

const together = (a: KeyUse, b: KeyUse): KeyUse => ({
  ...a,
  calls: a.calls + b.calls,
  mostPerSecond: Math.max(a.mostPerSecond, b.mostPerSecond),
  lastAt: b.lastAt,
});
