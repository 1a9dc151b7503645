import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { Pool } from "undici";
import type { LoadOrder, LoadResult, LoadSubjects } from "./types.ts";

/** What is sent, made for each request anew: another person, another Idempotency-Key. */
function createLogins({ key, customIds, faceBase64 }: LoadSubjects) {
  const face = Buffer.from(`","channel":"web","device":{"class":"phone_android"},"face":"${faceBase64}"}`);
  let sent = 0;
  return () => {
    const customId = customIds[sent++ % customIds.length] ?? "";
    return {
      method: "POST" as const,
      path: "/v1/logins",
      headers: {
        authorization: `Bearer ${key}`,
        "content-type": "application/json",
        "idempotency-key": randomUUID(),
      },
      body: Buffer.concat([Buffer.from(`{"customId":"${customId}`), face]),
    };
  };
}

/** Longest a request may stay without an answer: the measurement ends, whatever becomes of one of them. */
const ANSWER_WITHIN_MS = 10_000;

type NextLogin = ReturnType<typeof createLogins>;

async function run(order: LoadOrder, nextLogin: NextLogin): Promise<LoadResult> {
  const { url } = order.target;
  const limits = { headersTimeout: ANSWER_WITHIN_MS, bodyTimeout: ANSWER_WITHIN_MS };
  const pool = new Pool(url, { ...limits, connections: order.connections, pipelining: 1 });
  const result: LoadResult = { approved: 0, others: 0, seconds: 0, latenciesMs: [] };
  const logIn = async (dueMs: number) => {
    const isApproved = await approves(pool, nextLogin(), order.target.approved);
    result.latenciesMs.push(performance.now() - dueMs);
    if (isApproved) result.approved += 1;
    else result.others += 1;
  };
  const startedMs = performance.now();
  await (order.perSecond === null
    ? asFastAsAnswered(order, startedMs, logIn)
    : whenDue(order.perSecond, order, startedMs, logIn));
  result.seconds = (performance.now() - startedMs) / 1000;
  await pool.close();
  return result;
}

type LogIn = (dueMs: number) => Promise<void>;

async function asFastAsAnswered({ seconds, connections }: LoadOrder, startedMs: number, logIn: LogIn) {
  const caller = async () => {
    while (performance.now() - startedMs < seconds * 1000) await logIn(performance.now());
  };
  await Promise.all(Array.from({ length: connections }, caller));
}

/** The time of a request runs from when it was due: what waits behind a slow one is slow too. */
async function whenDue(perSecond: number, { seconds }: LoadOrder, startedMs: number, logIn: LogIn) {
  const underWay: Promise<void>[] = [];
  for (let sent = 0; sent < perSecond * seconds; sent += 1) {
    const dueMs = startedMs + (sent * 1000) / perSecond;
    const waitMs = dueMs - performance.now();
    if (waitMs > 0) await delay(Math.ceil(waitMs));
    underWay.push(logIn(dueMs));
  }
  await Promise.all(underWay);
}

function approves(pool: Pool, login: ReturnType<NextLogin>, approved: string): Promise<boolean> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    pool.dispatch(login, {
      onRequestStart: () => undefined,
      onResponseStart: () => undefined,
      onResponseData: (_, chunk) => void chunks.push(chunk),
      onResponseEnd: () => resolve(Buffer.concat(chunks).includes(approved)),
      onResponseError: () => resolve(false),
    });
  });
}

let nextLogin: NextLogin | undefined;
process.on("message", (message: { subjects: LoadSubjects } | { order: LoadOrder }) => {
  if ("subjects" in message) nextLogin = createLogins(message.subjects);
  else if (nextLogin !== undefined)
    void run(message.order, nextLogin).then((result) => process.send?.(result));
});
process.once("disconnect", () => process.exit(0));
