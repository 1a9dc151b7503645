import { Readable } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { type EndpointName, endpointNames } from "./endpoints/endpoint.ts";

const base = {
  /** How many calls the fault lasts; without it, until cleared. */
  times: z.int().positive().optional(),
};

const fault = z.discriminatedUnion("kind", [
  /** Waits, then does the work and answers as ever. */
  z.strictObject({ kind: z.literal("latency"), ms: z.int().nonnegative(), ...base }),
  /** 401, as with a wrong key. */
  z.strictObject({ kind: z.literal("unauthorized"), ...base }),
  /** 403, the plan's volume used up. */
  z.strictObject({ kind: z.literal("quota"), ...base }),
  /** 429 with `Retry-After`. */
  z.strictObject({
    kind: z.literal("rate_limit"),
    retryAfterSeconds: z.int().nonnegative().default(1),
    ...base,
  }),
  /** A 5xx of the gateway, by default 500. */
  z.strictObject({
    kind: z.literal("server_error"),
    status: z.int().min(500).max(599).default(500),
    ...base,
  }),
  /** A text nobody documented, by default with status 400. */
  z.strictObject({
    kind: z.literal("plain_text"),
    status: z.int().min(200).max(599).default(400),
    text: z.string().default("Something unexpected happened."),
    ...base,
  }),
  /** JSON by its Content-Type, cut off and followed by noise, by default with status 200. */
  z.strictObject({ kind: z.literal("garbage"), status: z.int().min(200).max(599).default(200), ...base }),
  /** The connection is reset before an answer. */
  z.strictObject({ kind: z.literal("drop"), ...base }),
  /** The request is taken and never answered. */
  z.strictObject({ kind: z.literal("half_open"), ...base }),
  /** Does the work and sends the answer one byte every `ms`. */
  z.strictObject({ kind: z.literal("slow_drip"), ms: z.int().positive().default(200), ...base }),
]);

export type Fault = z.output<typeof fault>;

/** Faults by endpoint; "*" stands for every endpoint that has none of its own. */
export const faultPlan = z.partialRecord(z.enum([...endpointNames, "*"]), fault);
/** What `PUT /__sandbox/faults` takes. */
export type FaultPlan = z.input<typeof faultPlan>;

export type Faults = {
  read(): FaultPlan;
  replace(plan: FaultPlan): void;
  /** Gives the fault this call meets, counting the call, or null. */
  take(endpoint: EndpointName): Fault | null;
};

export function createFaults(): Faults {
  let plan: z.output<typeof faultPlan> = {};
  return {
    read: () => plan,
    replace(next) {
      plan = faultPlan.parse(next);
    },
    take(endpoint) {
      const key = plan[endpoint] === undefined ? "*" : endpoint;
      const found = plan[key];
      if (found === undefined) return null;
      if (found.times === undefined) return found;
      if (found.times > 1) plan[key] = { ...found, times: found.times - 1 };
      else delete plan[key];
      return found;
    },
  };
}

/** Plays a fault on a request that has not been looked at. True when that was the whole answer. */
export async function playFault(
  found: Fault,
  request: FastifyRequest,
  reply: FastifyReply,
  signal: AbortSignal,
): Promise<boolean> {
  switch (found.kind) {
    case "latency":
      await pause(found.ms, signal);
      return false;
    case "slow_drip":
      return false;
    case "drop":
      reply.hijack();
      request.raw.socket.resetAndDestroy();
      return true;
    case "half_open":
      reply.hijack();
      request.raw.resume();
      return true;
    default:
      sendFault(found, reply);
      return true;
  }
}

type AnsweringFault = Exclude<Fault, { kind: "latency" | "slow_drip" | "drop" | "half_open" }>;

function sendFault(found: AnsweringFault, reply: FastifyReply): void {
  const gateway = (statusCode: number, message: string) =>
    reply.code(statusCode).send({ statusCode, message });
  switch (found.kind) {
    case "unauthorized":
      gateway(
        401,
        "Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.",
      );
      return;
    case "quota":
      gateway(403, "Out of call volume quota. Quota will be replenished in 2.05:30:00.");
      return;
    case "rate_limit":
      reply.header("retry-after", String(found.retryAfterSeconds));
      gateway(429, `Rate limit is exceeded. Try again in ${found.retryAfterSeconds} seconds.`);
      return;
    case "server_error":
      gateway(found.status, "Internal server error");
      return;
    case "plain_text":
      reply.code(found.status).type("text/plain; charset=utf-8").send(found.text);
      return;
    case "garbage":
      reply.code(found.status).type("application/json; charset=utf-8");
      // Bytes, not text: the noise is not even UTF-8.
      reply.send(
        Buffer.concat([Buffer.from('{"Person":{"Cust'), Buffer.from([0xff, 0xfe, 0x00, 0x9c, 0x7d])]),
      );
  }
}

/** The same bytes, one at a time. */
export function drip(payload: string | Buffer, everyMs: number, signal: AbortSignal): Readable {
  const bytes = Buffer.from(payload);
  async function* oneByOne() {
    for (let i = 0; i < bytes.length && !signal.aborted; i++) {
      await pause(everyMs, signal);
      yield bytes.subarray(i, i + 1);
    }
  }
  return Readable.from(oneByOne(), { objectMode: false, highWaterMark: 1 });
}

/** Waits, or returns at once when the sandbox closes. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
    if (signal.aborted) done();
  });
}
