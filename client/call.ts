import { randomUUID } from "node:crypto";
import type { Problem } from "./contract.ts";

/** Why the gateway cannot help now. Whatever it is: log the person in the old way. */
export type Unavailable =
  | "timed_out"
  | "unreachable"
  | "key_not_accepted"
  | "rate_limited"
  | "gateway_trouble"
  | "answer_unreadable";

/**
 * `done`: what the gateway answered. `refused`: something about what was sent, which `problem.detail` says how to mend.
 * `unavailable`: nothing about the person; go on without the gateway.
 */
export type Result<T> =
  | { kind: "done"; value: T }
  | { kind: "refused"; problem: Problem }
  | { kind: "unavailable"; reason: Unavailable; status: number | null };

type Access = { url: string; key: string; locale?: string };
type Method = "GET" | "POST" | "PUT";
export type Caller = <T>(
  method: Method,
  path: string,
  body: unknown,
  timeoutMs: number,
) => Promise<Result<T>>;

const TRIES = 3;
const PAUSE_MS = 200;

type Tried<T> = { result: Result<T>; again: false } | { result: Result<T>; again: true; afterMs: number };

/**
 * Calls the gateway within a time limit that holds for all tries together. Every try of a call carries the same
 * Idempotency-Key: an answer that was lost on its way is given again, and nothing is done twice.
 */
export function createCaller(access: Access): Caller {
  return async <T>(method: Method, path: string, body: unknown, timeoutMs: number) => {
    const endsAt = performance.now() + timeoutMs;
    const headers = {
      authorization: `Bearer ${access.key}`,
      ...(access.locale === undefined ? {} : { "accept-language": access.locale }),
      ...(method === "GET" ? {} : { "content-type": "application/json", "idempotency-key": randomUUID() }),
    };
    const sent = method === "GET" ? null : JSON.stringify(body);
    for (let number = 1; ; number++) {
      const signal = AbortSignal.timeout(Math.max(1, Math.ceil(endsAt - performance.now())));
      const tried = await tryOnce<T>(new URL(path, access.url), { method, headers, body: sent, signal });
      if (!tried.again || number === TRIES || performance.now() + tried.afterMs >= endsAt)
        return tried.result;
      await new Promise((resolve) => setTimeout(resolve, tried.afterMs));
    }
  };
}

const unavailable = (reason: Unavailable, status: number | null): Result<never> => {
  return { kind: "unavailable", reason, status };
};

async function tryOnce<T>(url: URL, init: RequestInit): Promise<Tried<T>> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, init);
    text = await response.text();
  } catch (error) {
    const isLate = error instanceof Error && error.name === "TimeoutError";
    if (isLate) return { result: unavailable("timed_out", null), again: false };
    return { result: unavailable("unreachable", null), again: true, afterMs: PAUSE_MS };
  }
  const { status } = response;
  const content = read(text);
  if (response.ok && content !== undefined)
    return { result: { kind: "done", value: content as T }, again: false };
  if (response.ok) return { result: unavailable("answer_unreadable", status), again: false };
  const problem = isProblem(content) ? content : null;
  const afterMs = waitOf(response) ?? PAUSE_MS;
  if (status === 429) return { result: unavailable("rate_limited", status), again: true, afterMs };
  if (status >= 500) return { result: unavailable("gateway_trouble", status), again: true, afterMs };
  if (status === 401 || status === 403)
    return { result: unavailable("key_not_accepted", status), again: false };
  if (problem === null) return { result: unavailable("answer_unreadable", status), again: false };
  const refused = { kind: "refused", problem } as const;
  // The first try with this key has not ended yet: its answer comes to whoever asks again.
  if (problem.code === "idempotency_key_running") return { result: refused, again: true, afterMs };
  return { result: refused, again: false };
}

/** An empty body is an answer too; undefined where it is no JSON. */
function read(text: string): unknown {
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isProblem = (content: unknown): content is Problem =>
  typeof content === "object" && content !== null && "code" in content && typeof content.code === "string";

function waitOf(response: Response): number | null {
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1000 : null;
}
