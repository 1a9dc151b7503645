import { Webhook } from "standardwebhooks";
import { request } from "undici";
import type { PostFailure, TryResult } from "./types.ts";

/** Longest wait for the head of the answer. */
export const WEBHOOK_TIMEOUT_MS = 10_000;
/** What is read of an answer, so that its connection ends in order; nobody looks at it. */
const ANSWER_BYTES = 16_384;

export type WebhookPost = {
  url: string;
  /** One secret, or two while one is being rotated: each signs. */
  secrets: readonly string[];
  /** The same in every try, so that a receiver knows what it has already had. */
  id: string;
  body: string;
  at: Date;
};

/** Posts a message once, signed by the Standard Webhooks specification, and says what came back; it never throws. */
export async function sendWebhook(
  { url, secrets, id, body, at }: WebhookPost,
  timeoutMs = WEBHOOK_TIMEOUT_MS,
): Promise<TryResult<PostFailure>> {
  const headers = {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(" "),
  };
  return postJson({ url, headers, body }, timeoutMs);
}

/**
 * Posts JSON once to an address of the company and says what came back; it never throws, and nobody sees the answer's
 * body. No redirect is followed: what is sent is for the address that was entered and no other.
 */
export async function postJson(
  { url, headers, body }: { url: string; headers: Record<string, string>; body: string },
  timeoutMs = WEBHOOK_TIMEOUT_MS,
): Promise<TryResult<PostFailure>> {
  const startedAt = performance.now();
  const latencyMs = () => Math.max(1, Math.round(performance.now() - startedAt));
  try {
    const { statusCode: status, body: answer } = await request(url, {
      method: "POST",
      headers: { "content-type": "application/json", "user-agent": "Gatehouse", ...headers },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    const taken = latencyMs();
    void answer.dump({ limit: ANSWER_BYTES }).catch(() => undefined);
    if (status >= 200 && status < 300) return { ok: true, status, latencyMs: taken };
    const isRedirect = status >= 300 && status < 400;
    return { ok: false, failure: isRedirect ? "redirected" : "http_status", status, latencyMs: taken };
  } catch (error) {
    return { ok: false, failure: connectionFailureOf(error), status: null, latencyMs: latencyMs() };
  }
}

const FAILURES: Readonly<Record<string, PostFailure>> = {
  ECONNREFUSED: "connection_refused",
  ENOTFOUND: "unknown_host",
  EAI_AGAIN: "unknown_host",
  ETIMEDOUT: "timeout",
  UND_ERR_CONNECT_TIMEOUT: "timeout",
  UND_ERR_HEADERS_TIMEOUT: "timeout",
  UND_ERR_HEADERS_OVERFLOW: "garbage",
};
const CERTIFICATE = /CERT|SIGNATURE|SELF_SIGNED|UNABLE_TO_|ALTNAME/;

/** What the code of a failed connection means; null where it says nothing about that. */
export function failureOfCode(code: string): PostFailure | null {
  return FAILURES[code] ?? (CERTIFICATE.test(code) ? "bad_certificate" : null);
}

/** What an error of the way there means. Its text is never shown: it may quote what the other side sent. */
function connectionFailureOf(error: unknown): PostFailure {
  if (!(error instanceof Error)) return "connection_lost";
  if (error.name === "TimeoutError") return "timeout";
  if (error.name === "HTTPParserError") return "garbage";
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const known = failureOfCode(code);
  if (known !== null) return known;
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause;
  return inner instanceof Error ? connectionFailureOf(inner) : "connection_lost";
}
