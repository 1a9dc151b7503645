import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { problemSchema } from "./schema.ts";
import type { Exchange, SampleFailed } from "./types.ts";

/** Longer than the gateway's own budget for the API (3 s by default), so that its answer to a login is always heard. */
const TIMEOUT_MS = 10_000;

/** The gateway as the sample application knows it. The key stays in the server's memory and in one header. */
export type GatewayAccess = { gatewayUrl: string; applicationKey: string; locale: string };

type Call = { method: "POST" | "PUT"; path: string; body: unknown; timeoutMs?: number };

/**
 * Calls the gateway once with the sample application's key. A gateway that is away, slow or unreadable is an answer
 * too: `gateway_away`, on which the application goes on without it.
 */
export async function callGateway<T>(
  access: GatewayAccess,
  { method, path, body, timeoutMs = TIMEOUT_MS }: Call,
  answer: z.ZodType<T>,
): Promise<{ ok: true; value: T; exchange: Exchange } | SampleFailed> {
  const startedAtMs = performance.now();
  const told = (status: number | null, problemCode: string | null): Exchange => ({
    call: `${method} ${path.replace(/^(\/v1\/logins\/)[^/]+/, "$1{loginId}")}`,
    status,
    latencyMs: Math.round(performance.now() - startedAtMs),
    problemCode,
  });
  const away = (status: number | null): SampleFailed => ({
    ok: false,
    code: "gateway_away",
    feedback: null,
    exchange: told(status, null),
  });
  try {
    const response = await fetch(new URL(path, access.gatewayUrl), {
      method,
      headers: {
        authorization: `Bearer ${access.applicationKey}`,
        "content-type": "application/json",
        "accept-language": access.locale,
        "idempotency-key": randomUUID(),
      },
      body: JSON.stringify(body),
      cache: "no-store",
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    const content: unknown = text === "" ? null : JSON.parse(text);
    if (response.ok) {
      const parsed = answer.safeParse(content);
      return parsed.success
        ? { ok: true, value: parsed.data, exchange: told(response.status, null) }
        : away(response.status);
    }
    return refusalOf(content, response.status, told) ?? away(response.status);
  } catch {
    return away(null);
  }
}

/** A 4xx is about what was sent; everything else means that the gateway cannot help now. */
function refusalOf(
  content: unknown,
  status: number,
  told: (status: number, problemCode: string | null) => Exchange,
): SampleFailed | null {
  const problem = problemSchema.safeParse(content);
  if (!problem.success) return null;
  const helpless = status >= 500 || status === 401 || status === 403 || status === 429;
  return {
    ok: false,
    code: helpless ? "gateway_away" : "refused",
    feedback: problem.data.feedback ?? null,
    exchange: told(status, problem.data.code),
  };
}
