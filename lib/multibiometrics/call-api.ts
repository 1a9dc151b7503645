import { setTimeout as delay } from "node:timers/promises";
import type { Dispatcher } from "undici";
import { type Exchange, exchange } from "./exchange.ts";
import type { KeyRing, RingKey } from "./key-ring.ts";
import type { Reading } from "./read-answer.ts";
import type { HttpAnswer } from "./read-failure.ts";
import {
  type FailedTry,
  lostOnlyTheAnswer,
  mayHaveTakenEffect,
  mayRetryAfterTimeout,
  SHORTEST_USEFUL_TRY_MS,
  waitBeforeRetryMs,
} from "./retry-rules.ts";
import { endpoints, keyHeader } from "./schema.ts";
import type { ApiFailureCode, ApiResult, CallFacts, Operation } from "./types.ts";
import { writeBody } from "./write-body.ts";

/** The connection and its limits, the same for every call. */
export type Line = {
  pool: Dispatcher;
  /** Put before every path, for a service that does not live at the root of its host. */
  basePath: string;
  /** Null: two thirds of the total where a second try may follow, else all of it. */
  tryTimeoutMs: number | null;
  maxAnswerBytes: number;
};

export type Call<T> = {
  operation: Operation;
  keys: KeyRing;
  body: unknown;
  totalTimeoutMs: number;
  signal?: AbortSignal | undefined;
  tries?: 1 | undefined;
  read: (answer: HttpAnswer, nowMs: number) => Reading<T>;
  /** The value, if this refusal shows that an earlier try whose answer was lost had worked. */
  recognise?: (refusal: ApiFailureCode) => T | null;
};

type Try<T> = { ok: true; value: T } | ({ ok: false; message: string | null } & FailedTry);

/**
 * Makes one call with its retries and answers within its total time. Never throws. A write that may have worked
 * although no answer says so is marked `outcomeUnknown`. A call that is refused for its key was not carried out: it is
 * made once more with the other key, if there is one, and that takes none of its retries. With `tries: 1` neither happens.
 */
export async function callApi<T>(line: Line, call: Call<T>): Promise<ApiResult<T>> {
  const startedMs = performance.now();
  const remainingMs = () => call.totalTimeoutMs - (performance.now() - startedMs);
  const body = writeBody(call.body);
  const { operation } = call;
  let key = call.keys.current();
  let keysRefused = 0;
  let answerLost = false;
  let outcomeUnknown = false;
  for (let tries = 1; ; tries++) {
    const timeoutMs = tryTimeoutMs(line, call, tries - keysRefused, remainingMs());
    const { status, answerSha256, ...end } = await tryOnce(line, call, key, body, timeoutMs);
    const facts = (message: string | null): CallFacts => {
      const latencyMs = Math.round(performance.now() - startedMs);
      return { operation, status, latencyMs, tries, message, answerSha256 };
    };
    if (end.ok) return { ok: true, value: end.value, call: facts(null) };
    const mayTryAgain = call.tries !== 1 && !call.signal?.aborted;
    const other = keysRefused === 0 && end.code === "unauthorized" ? call.keys.otherThan(key.name) : null;
    if (other !== null && mayTryAgain && remainingMs() >= SHORTEST_USEFUL_TRY_MS) {
      key = other;
      keysRefused++;
      continue;
    }
    const recognised = answerLost ? (call.recognise?.(end.code) ?? null) : null;
    if (recognised !== null) return { ok: true, value: recognised, call: facts(end.message) };
    const failed: FailedTry = { ...end, status };
    answerLost ||= lostOnlyTheAnswer(operation, failed);
    outcomeUnknown ||= mayHaveTakenEffect(operation, failed);
    const waitMs = mayTryAgain
      ? waitBeforeRetryMs(operation, tries - keysRefused, failed, remainingMs(), Math.random())
      : null;
    if (waitMs === null || !(await waited(waitMs, call.signal))) {
      const retryAfter = end.retryAfterMs === undefined ? {} : { retryAfterMs: end.retryAfterMs };
      return { ok: false, code: end.code, call: facts(end.message), outcomeUnknown, ...retryAfter };
    }
  }
}

function tryTimeoutMs(line: Line, call: Call<unknown>, tries: number, remainingMs: number): number {
  if (line.tryTimeoutMs !== null) return Math.min(line.tryTimeoutMs, remainingMs);
  if (call.tries === 1) return remainingMs;
  if (!mayRetryAfterTimeout(call.operation, tries)) return remainingMs;
  return Math.min((call.totalTimeoutMs * 2) / 3, remainingMs);
}

async function tryOnce<T>(
  line: Line,
  call: Call<T>,
  key: RingKey,
  body: Buffer,
  timeoutMs: number,
): Promise<Try<T> & Pick<CallFacts, "status" | "answerSha256">> {
  const { method, path } = endpoints[call.operation];
  const headers = {
    [keyHeader]: key.value,
    "content-type": "application/json",
    accept: "application/json",
  };
  const request = { method, path: `${line.basePath}${path}`, headers, body };
  const limits = { timeoutMs, maxAnswerBytes: line.maxAnswerBytes, signal: call.signal };
  const ended: Exchange = await exchange(line.pool, request, limits);
  if (ended.kind === "lost") return { ok: false, message: null, answerSha256: null, ...ended };
  const { status } = ended.answer;
  const reading = call.read(ended.answer, Date.now());
  call.keys.learn(key.name, !reading.ok && reading.code === "unauthorized");
  const facts = { status, answerSha256: ended.sha256 };
  return reading.ok ? { ...reading, ...facts } : { ...reading, ...facts, sent: true };
}

async function waited(waitMs: number, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    await delay(waitMs, undefined, signal === undefined ? {} : { signal });
    return true;
  } catch {
    return false;
  }
}
