import "server-only";
import { openLedger } from "#lib/ledger/open-ledger.ts";
import type { ErasureLedger } from "#lib/ledger/types.ts";
import { consoleSettings } from "./runtime.ts";

// Development reloads modules while the process lives on: each reload would begin another file.
const holder = globalThis as typeof globalThis & { gatehouseLedger?: ErasureLedger };

/** The erasure ledger as this process adds to it. */
export function consoleLedger(): ErasureLedger {
  holder.gatehouseLedger ??= openLedger(consoleSettings().ledger);
  return holder.gatehouseLedger;
}
