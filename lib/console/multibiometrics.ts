import "server-only";
import { log } from "#lib/log.ts";
import { createMultibiometrics } from "#lib/multibiometrics/client.ts";
import type { Multibiometrics } from "#lib/multibiometrics/types.ts";
import { consoleSettings } from "./runtime.ts";

// Development reloads modules while the process lives on: the circuit must not forget what it learnt.
const holder = globalThis as typeof globalThis & { gatehouseMultibiometrics?: Multibiometrics };

/** The one API client of this process, made at the first use. It holds the key; nothing else of the console does. */
export function consoleMultibiometrics(): Multibiometrics {
  holder.gatehouseMultibiometrics ??= createMultibiometrics({ ...consoleSettings().multibiometrics, log });
  return holder.gatehouseMultibiometrics;
}
