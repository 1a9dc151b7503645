import type { Sql } from "postgres";
import type { Database } from "#db/client.ts";
import { listenForEver } from "#db/listen.ts";
import type { Clock } from "#lib/clock.ts";
import { VERIFICATIONS_CHANNEL } from "#lib/recording/statement.ts";
import type { VerificationFacets } from "#lib/verifications/types.ts";
import { beginTail, composeBatch, type Tail } from "./compose-batch.ts";
import { READ_EVERY_MS } from "./rules.ts";
import { touchLiveTail } from "./touch-live-tail.ts";
import type { TailBatch } from "./types.ts";

/** So often it is said that somebody watches, and looked without having been told: no word is relied on. */
const TICK_MS = 5_000;

export type Watcher = {
  memberId: string;
  /** After each reading; null where nothing came in. */
  onBatch(batch: TailBatch | null): void;
  onAway(): void;
};

/** Those who watch with the same facets share what is read. */
type Watched = { tail: Tail; watchers: Set<Watcher> };

type Desk = { db: Database; sql: Sql; clock: Clock; onTrouble(error: unknown): void };

export type HistoryWatch = {
  /** Tells what comes in from now on and passes the filters; returns what ends it. */
  watch(facets: VerificationFacets, watcher: Watcher): Promise<() => void>;
  /** How many of a member's pages watch here. */
  countOf(memberId: string): number;
};

/**
 * The one pair of ears of a process: listens from the first watcher on, on one connection, and reads at most once a
 * second for all of them, one reading for each set of filters. While nobody watches nothing is read or written.
 */
export function openHistoryWatch({ db, sql, clock, onTrouble }: Desk): HistoryWatch {
  const tails = new Map<string, Watched>();
  let isListening = false;
  let tick: NodeJS.Timeout | undefined;
  let reading: "none" | "planned" | "under_way" = "none";
  let isDue = false;

  function wake(): void {
    if (tails.size === 0) return;
    if (reading === "under_way") isDue = true;
    if (reading !== "none") return;
    reading = "planned";
    setTimeout(readAll, READ_EVERY_MS);
  }

  async function readAll(): Promise<void> {
    reading = "under_way";
    isDue = false;
    for (const { tail, watchers } of [...tails.values()]) {
      try {
        const batch = await composeBatch(db, tail, clock());
        for (const { onBatch } of watchers) onBatch(batch);
      } catch (error) {
        onTrouble(error);
        for (const { onAway } of watchers) onAway();
      }
    }
    reading = "none";
    if (isDue) wake();
  }

  function onTick(): void {
    touchLiveTail(db).catch(onTrouble);
    wake();
  }

  async function watch(facets: VerificationFacets, watcher: Watcher): Promise<() => void> {
    if (!isListening) listenForEver(sql, [VERIFICATIONS_CHANNEL], { onWord: wake, onTrouble });
    isListening = true;
    const key = JSON.stringify(facets);
    const own = { tail: beginTail(facets), watchers: new Set<Watcher>() };
    // Before anybody is told: what is there already is what the page shows.
    if (!tails.has(key)) await composeBatch(db, own.tail, clock());
    const watched = tails.get(key) ?? own;
    tails.set(key, watched);
    watched.watchers.add(watcher);
    if (tick === undefined) {
      tick = setInterval(onTick, TICK_MS);
      onTick();
    }
    return () => {
      watched.watchers.delete(watcher);
      if (watched.watchers.size === 0 && tails.get(key) === watched) tails.delete(key);
      if (tails.size > 0) return;
      clearInterval(tick);
      tick = undefined;
    };
  }
  const countOf = (memberId: string): number =>
    [...tails.values()].flatMap(({ watchers }) => [...watchers]).filter((one) => one.memberId === memberId)
      .length;
  return { watch, countOf };
}
