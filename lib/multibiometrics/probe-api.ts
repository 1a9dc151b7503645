import type { Logger } from "pino";
import { Pool } from "undici";
import { callApi } from "./call-api.ts";
import type { MultibiometricsOptions } from "./client.ts";
import { createKeyRing, type KeyRing } from "./key-ring.ts";
import { readRefusal } from "./read-answer.ts";
import type { ApiFailureCode, CallFacts } from "./types.ts";

/** Bodies that no service can do anything with: no biometrics, and where a person could be meant, no CustomID. */
const EMPTY_BODIES = {
  verify: { Person: {} },
  enroll: { Person: {} },
  update: { Person: {} },
  delete: { Person: {} },
  liveness: { Spoof: {} },
  check_icao: { Check: {} },
} as const;
export type ProbedOperation = keyof typeof EMPTY_BODIES;

/** How the service refuses such a body when it works. */
const REFUSED_WELL: ReadonlySet<ApiFailureCode> = new Set([
  "request_invalid",
  "custom_id_missing",
  "image_missing",
]);

const CONNECTIONS = 6;
const ANSWER_BYTES = 65_536;

export type ApiProbing = {
  /** Asks one call with a body that must be refused: null where it was, which proves address, key and service. */
  ask(
    operation: ProbedOperation,
    timeoutMs: number,
  ): Promise<{ code: ApiFailureCode | null; call: CallFacts }>;
  close(): Promise<void>;
};

/**
 * Makes probes of the API that carry nobody's picture and nobody's CustomID, over connections and with keys of their
 * own: they neither open nor close the circuit that logins go by. A key that is refused gives way to the other one.
 */
export function createApiProbing(
  options: Pick<
    MultibiometricsOptions,
    "url" | "apiKey" | "apiKeySecondary" | "qualityApiKey" | "qualityApiKeySecondary"
  > & { log?: Pick<Logger, "warn"> },
): ApiProbing {
  const { url, apiKey, apiKeySecondary, qualityApiKey, qualityApiKeySecondary } = options;
  const address = new URL(url);
  const pool = new Pool(address.origin, { connections: CONNECTIONS, keepAliveTimeout: 20_000 });
  const line = {
    pool,
    basePath: address.pathname.replace(/\/+$/, ""),
    tryTimeoutMs: null,
    maxAnswerBytes: ANSWER_BYTES,
  };
  const people = createKeyRing({ primary: apiKey, secondary: apiKeySecondary }, () => undefined);
  const quality = createKeyRing(
    { primary: qualityApiKey, secondary: qualityApiKeySecondary },
    () => undefined,
  );
  const askOnce = (operation: ProbedOperation, keys: KeyRing, totalTimeoutMs: number) =>
    callApi(line, {
      operation,
      keys,
      body: EMPTY_BODIES[operation],
      totalTimeoutMs,
      tries: 1,
      read(answer, nowMs) {
        const refusal = readRefusal(answer, nowMs);
        return REFUSED_WELL.has(refusal.code) ? { ok: true, value: null } : { ok: false, ...refusal };
      },
    });
  return {
    async ask(operation, timeoutMs) {
      const keys = operation === "check_icao" ? quality : people;
      const other = keys.otherThan(keys.current().name);
      let result = await askOnce(operation, keys, timeoutMs);
      if (!result.ok && result.code === "unauthorized" && other !== null) {
        result = await askOnce(operation, { ...keys, current: () => other }, timeoutMs);
      }
      return { code: result.ok ? null : result.code, call: result.call };
    },
    close: () => pool.close(),
  };
}
