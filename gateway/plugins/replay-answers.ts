import { createHash, createHmac } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Sql } from "postgres";
import type { Clock } from "#lib/clock.ts";
import type { Ledger } from "#lib/logins/types.ts";
import { Problem } from "../problems.ts";
import { applicationOf } from "./authenticate.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** The claim this request holds on its Idempotency-Key, if it sent one and the database is there. */
    claimId: string | null;
  }
}

const KEPT_MS = 24 * 3_600_000;
/** A claim this old without an answer was left by a crash: nothing here runs so long. */
const ABANDONED_MS = 60_000;
const KEY_FORM = /^[\x21-\x7e]{1,255}$/;

type Options = { ledger: Ledger; digestKey: Buffer; clock: Clock };
type Claim = { kind: "claimed" } | { kind: "stored"; digest: string; status: number | null; body: unknown };

/**
 * Repeats the stored answer to a request that carries an Idempotency-Key seen in the last 24 hours. The key is claimed
 * before the work, so that two requests at once cannot both act. With the database away the request simply goes on:
 * a login's events are idempotent by themselves, and an enrolment needs the database anyway.
 */
export function replayAnswers(app: FastifyInstance, options: Options): void {
  app.decorateRequest("claimId", null);
  app.addHook("preHandler", async (request, reply) => {
    const key = request.headers["idempotency-key"];
    if (key === undefined) return;
    if (typeof key !== "string" || !KEY_FORM.test(key)) throw new Problem("idempotency_key_invalid");
    const id = createHash("sha256")
      .update(`${applicationOf(request).applicationId}\n${key}`)
      .digest("hex");
    const digest = digestOf(request, options.digestKey);
    const asked = await options.ledger.ask((sql) => claim(sql, id, digest, options.clock()));
    if (!asked.ok) return;
    if (asked.value.kind === "claimed") request.claimId = id;
    else return replay(reply, asked.value, digest);
  });
  app.addHook("onSend", async (request, reply, payload) => {
    const id = request.claimId;
    if (id === null) return payload;
    request.claimId = null;
    const { statusCode } = reply;
    // A failure that passes must not be repeated for a day.
    const isKept = statusCode < 500 && statusCode !== 429 && statusCode !== 409;
    const text = typeof payload === "string" && payload !== "" ? payload : null;
    await options.ledger.ask((sql) => (isKept ? keep(sql, id, statusCode, text) : release(sql, id)));
    return payload;
  });
}

/** Keyed, because the body may hold a CustomID or a picture that nobody shall guess from the digest. */
function digestOf(request: FastifyRequest, key: Buffer): string {
  const { method, url, body } = request;
  return createHmac("sha256", key)
    .update(`${method} ${url}\n`)
    .update(JSON.stringify(body ?? null))
    .digest("hex");
}

async function claim(sql: Sql, id: string, digest: string, now: Date): Promise<Claim> {
  const at = now.toISOString();
  const expired = new Date(now.getTime() - KEPT_MS).toISOString();
  const abandoned = new Date(now.getTime() - ABANDONED_MS).toISOString();
  const claimed = await sql`
    insert into idempotency_keys as k (id, request_digest, created_at) values (${id}, ${digest}, ${at}::timestamptz)
    on conflict (id) do update set request_digest = excluded.request_digest, status = null, body = null,
      created_at = excluded.created_at
    where k.created_at < ${expired}::timestamptz
      or (k.status is null and k.created_at < ${abandoned}::timestamptz and k.request_digest = ${digest})
    returning id`;
  if (claimed.length > 0) return { kind: "claimed" };
  const [row] = await sql<{ request_digest: string; status: number | null; body: unknown }[]>`
    select request_digest, status, body from idempotency_keys where id = ${id}`;
  if (row === undefined) return { kind: "stored", digest, status: null, body: null };
  return { kind: "stored", digest: row.request_digest, status: row.status, body: row.body };
}

async function keep(sql: Sql, id: string, status: number, text: string | null): Promise<void> {
  await sql`update idempotency_keys set status = ${status}, body = ${text}::text::jsonb where id = ${id}`;
}

async function release(sql: Sql, id: string): Promise<void> {
  await sql`delete from idempotency_keys where id = ${id}`;
}

function replay(
  reply: FastifyReply,
  stored: Extract<Claim, { kind: "stored" }>,
  digest: string,
): FastifyReply {
  if (stored.digest !== digest) throw new Problem("idempotency_key_reused");
  if (stored.status === null) throw new Problem("idempotency_key_running");
  const type = stored.status >= 400 ? "application/problem+json" : "application/json";
  reply.status(stored.status).header("idempotent-replayed", "true").serializer(String);
  if (stored.body === null) return reply.send();
  const text = typeof stored.body === "string" ? stored.body : JSON.stringify(stored.body);
  return reply.header("content-type", `${type}; charset=utf-8`).send(text);
}
