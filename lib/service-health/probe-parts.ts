import { setTimeout as delay } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import type { Clock } from "#lib/clock.ts";
import type { ApiProbe, Probe, TroubleCause } from "#lib/incidents/schema.ts";
import type { Finding, Round } from "#lib/incidents/types.ts";
import type { ApiProbing } from "#lib/multibiometrics/probe-api.ts";
import { isServiceFailure } from "#lib/multibiometrics/remedies.ts";
import type { ApiFailureCode } from "#lib/multibiometrics/types.ts";
import { TooLate, within } from "#lib/within.ts";
import { healthAddressOf } from "./check-parts.ts";

export type ProbedParts = {
  api: Pick<ApiProbing, "ask">;
  /** Null where the worker was not told where gateways answer; then only what they report of themselves is known. */
  gatewayUrl: string | null;
  unleashUrl: string;
  db: DatabaseOrTransaction;
  clock: Clock;
  /** Between a failure and the second try that confirms it. */
  secondTryAfterMs?: number;
};

const PATIENCE_MS = 5_000;
/** From here an answer is too slow: of the API, whose login budget is 3 s, and of a part of ours. */
const SLOW_API_MS = 2_000;
const SLOW_PART_MS = 1_000;

type Answer = Omit<Finding, "probe">;

/**
 * Asks every part once, all at the same time, and whatever failed or was slow once more a moment later: a finding with a
 * cause is of two failures. Never throws, and ends within 13 s.
 */
export async function probeParts(parts: ProbedParts, operations: readonly ApiProbe[]): Promise<Round> {
  const { api, gatewayUrl, unleashUrl, db, clock, secondTryAfterMs = 2_000 } = parts;
  const at = clock();
  const asks: [Probe, () => Promise<Answer>][] = [
    ...operations.map((operation): [Probe, () => Promise<Answer>] => [
      operation,
      () => askApi(api, operation),
    ]),
    ["unleash", () => askHealth(healthAddressOf(unleashUrl))],
    ["database", () => askDatabase(db)],
  ];
  if (gatewayUrl !== null) asks.push(["gateways", () => askHealth(new URL("/health", gatewayUrl))]);
  const findings = await Promise.all(
    asks.map(async ([probe, ask]): Promise<Finding> => {
      const first = await ask();
      if (first.cause === null) return { probe, ...first };
      await delay(secondTryAfterMs);
      return { probe, ...(await ask()) };
    }),
  );
  return { at, findings };
}

async function askApi(api: ProbedParts["api"], operation: ApiProbe): Promise<Answer> {
  const { code, call } = await api.ask(operation, PATIENCE_MS);
  const { status, latencyMs } = call;
  if (code !== null) return { cause: causeOf(code), status, latencyMs: status === null ? null : latencyMs };
  return { cause: latencyMs > SLOW_API_MS ? "slow" : null, status, latencyMs };
}

/** A refusal of what was sent is not the one this body asks for. A circuit is not asked. */
function causeOf(code: ApiFailureCode): TroubleCause {
  return isServiceFailure(code) && code !== "circuit_open" ? (code as TroubleCause) : "answer_unexpected";
}

async function askHealth(url: URL): Promise<Answer> {
  const startedAt = performance.now();
  try {
    const { status } = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS), cache: "no-store" });
    const latencyMs = Math.round(performance.now() - startedAt);
    if (status !== 200)
      return { cause: status >= 500 ? "server_error" : "answer_unexpected", status, latencyMs };
    return { cause: latencyMs > SLOW_PART_MS ? "slow" : null, status, latencyMs };
  } catch (error) {
    const isLate = error instanceof DOMException && error.name === "TimeoutError";
    return { cause: isLate ? "timed_out" : "unreachable", status: null, latencyMs: null };
  }
}

async function askDatabase(db: DatabaseOrTransaction): Promise<Answer> {
  const startedAt = performance.now();
  try {
    await within(PATIENCE_MS, db.execute(sql`select 1`));
    const latencyMs = Math.round(performance.now() - startedAt);
    return { cause: latencyMs > SLOW_PART_MS ? "slow" : null, status: null, latencyMs };
  } catch (error) {
    return { cause: error instanceof TooLate ? "timed_out" : "unreachable", status: null, latencyMs: null };
  }
}
