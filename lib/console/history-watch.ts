import "server-only";
import { systemClock } from "#lib/clock.ts";
import { type HistoryWatch, openHistoryWatch } from "#lib/live-tail/watch-history.ts";
import { log } from "#lib/log.ts";
import { consoleClient } from "./runtime.ts";

// Development reloads modules while the process lives on: each reload would listen once more.
const holder = globalThis as typeof globalThis & { gatehouseHistoryWatch?: HistoryWatch };

/** What this process hears of the history as it comes in; it listens from the first page that watches on. */
export function consoleHistoryWatch(): HistoryWatch {
  holder.gatehouseHistoryWatch ??= openHistoryWatch({
    ...consoleClient(),
    clock: systemClock,
    onTrouble: (err) => log.warn({ err }, "the history cannot be watched; it is tried again"),
  });
  return holder.gatehouseHistoryWatch;
}
