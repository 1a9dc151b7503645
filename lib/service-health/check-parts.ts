import { sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { within } from "#lib/within.ts";
import type { PartCheck, PartName } from "./types.ts";

const PATIENCE_MS = 1500;

export type PartAddresses = {
  gatewayUrl: string;
  unleashUrl: string;
  /** The sandbox's own address; null for a real API, which is not called just to see whether it is there. */
  sandboxUrl: string | null;
};

/** Asks every part whether it is well, all at once, each for at most 1.5 s. Never throws: no answer is an answer. */
export function checkParts(db: DatabaseOrTransaction, addresses: PartAddresses): Promise<PartCheck[]> {
  const { gatewayUrl, unleashUrl, sandboxUrl } = addresses;
  return Promise.all([
    timed("gateway", () => isWell(new URL("/health", gatewayUrl))),
    ...(sandboxUrl === null ? [] : [timed("api", () => isWell(new URL("/health", sandboxUrl)))]),
    timed("database", () => answers(db)),
    timed("unleash", () => isWell(healthAddressOf(unleashUrl))),
  ]);
}

/** Where an Unleash says whether it is well, by the address its API has. */
export const healthAddressOf = (unleashUrl: string): URL =>
  new URL(`${unleashUrl.replace(/\/(api\/?)?$/, "")}/health`);

async function timed(part: PartName, ask: () => Promise<boolean>): Promise<PartCheck> {
  const startedAt = performance.now();
  const ok = await ask().catch(() => false);
  return { part, ok, latencyMs: ok ? Math.max(1, Math.round(performance.now() - startedAt)) : null };
}

async function isWell(address: string | URL): Promise<boolean> {
  const response = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
  await response.body?.cancel();
  return response.ok;
}

async function answers(db: DatabaseOrTransaction): Promise<boolean> {
  await within(PATIENCE_MS, Promise.resolve(db.execute(sql`select 1`)));
  return true;
}
