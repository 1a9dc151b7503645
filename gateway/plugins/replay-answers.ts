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

const KEPT = "24 hours";
/** A claim this old without an answer was left by a crash: nothing here runs so long. */
const ABANDONED = "60 seconds";
const KEY_FORM = /^[\x21-\x7e]{1,255}$/;

type Options = { ledger: Ledger; digestKey: Buffer; clock: Clock };
type Claim = { id: string; digest: string; at: string };
type Claimed = { kind: "claimed" } | { kind: "stored"; digest: string; status: number | null; body: unknown };

/**
 * Repeats the stored answer to a request that carries an Idempotency-Key seen in the last 24 hours. The key is claimed
 * before the work, so that two requests at once cannot both act. With the database away the request simply goes on:
 * a login's events are idempotent by themselves, and an enrolment needs the database anyway.
 *
 * Neither claim nor answer is waited for until it is on the disk. PostgreSQL writes its log in order, so the record of a
 * login, which is waited for, takes its claim along. An answer that is lost, as the database died within the second after
 * it, leaves a claim without one, as the death of a gateway does. So nobody waits for an answer to be kept either, but who
 * repeats it here meanwhile; at another gateway they are told for that moment that it is still running.
 */
export function replayAnswers(app: FastifyInstance, options: Options): void {
  app.decorateRequest("claimId", null);
  /** Answers that were sent and are being kept, by the id of their claim. */
  const keeping = new Map<string, Promise<unknown>>();
  app.addHook("preHandler", async (request, reply) => {
    const key = request.headers["idempotency-key"];
    if (key === undefined) return;
    if (typeof key !== "string" || !KEY_FORM.test(key)) throw new Problem("idempotency_key_invalid");
    const id = createHash("sha256")
      .update(`${applicationOf(request).applicationId}\n${key}`)
      .digest("hex");
    const digest = digestOf(request, options.digestKey);
    await keeping.get(id);
    const at = options.clock().toISOString();
    const asked = await options.ledger.askTogether(claimKeys, { id, digest, at });
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
    const kept = isKept
      ? options.ledger.askTogether(keepAnswers, { id, status: statusCode, text })
      : options.ledger.ask((sql) => release(sql, id));
    keeping.set(id, kept);
    void kept.then(() => keeping.delete(id));
    return payload;
  });
  app.addHook("onClose", async () => {
    await Promise.all(keeping.values());
  });
}

/** Longer texts of a body are pictures. */
const LONG = 1024;

/**
 * Keyed, because the body may hold a CustomID or a picture that nobody shall guess from the digest. A picture is taken as
 * it stands, beside the JSON of the rest: where it stood only its length remains, in a form no field takes.
 */
function digestOf(request: FastifyRequest, key: Buffer): string {
  const { method, url, body } = request;
  const hmac = createHmac("sha256", key).update(`${method} ${url}\n`);
  const pictures: string[] = [];
  const rest = JSON.stringify(body ?? null, (_, value: unknown) => {
    if (typeof value !== "string" || value.length < LONG) return value;
    pictures.push(value);
    return [value.length];
  });
  for (const text of [rest, ...pictures]) hmac.update(text);
  return hmac.digest("hex");
}

/** Claims each key that nobody holds; of two claims of one key in the same list the first gets it. */
async function claimKeys(sql: Sql, claims: readonly Claim[]): Promise<Claimed[]> {
  const first = new Map([...claims].reverse().map((claim) => [claim.id, claim]));
  const given = [...first.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const [ids, digests, ats] = (["id", "digest", "at"] as const).map((field) =>
    given.map((claim) => claim[field]),
  );
  const claimed = await sql<{ id: string }[]>`
    insert into idempotency_keys as k (id, request_digest, created_at)
    select id, digest, at::timestamptz
    from unnest(${ids ?? []}::text[], ${digests ?? []}::text[], ${ats ?? []}::text[]) as c(id, digest, at),
      (select set_config('synchronous_commit', 'off', true)) as unawaited
    on conflict (id) do update set request_digest = excluded.request_digest, status = null, body = null,
      created_at = excluded.created_at
    where k.created_at < excluded.created_at - ${KEPT}::interval
      or (k.status is null and k.created_at < excluded.created_at - ${ABANDONED}::interval
        and k.request_digest = excluded.request_digest)
    returning id`;
  const got = new Set(claimed.map(({ id }) => first.get(id)));
  const others = claims.filter((claim) => !got.has(claim));
  const stored = others.length === 0 ? new Map<string, Claimed>() : await findStored(sql, others);
  // One that was let go of between the two questions runs again, for whoever asks again.
  const running = (digest: string): Claimed => ({ kind: "stored", digest, status: null, body: null });
  return claims.map((claim) =>
    got.has(claim) ? { kind: "claimed" } : (stored.get(claim.id) ?? running(claim.digest)),
  );
}

async function findStored(sql: Sql, claims: readonly Claim[]): Promise<Map<string, Claimed>> {
  const rows = await sql<{ id: string; request_digest: string; status: number | null; body: unknown }[]>`
    select id, request_digest, status, body from idempotency_keys
    where id = any(${claims.map(({ id }) => id)}::text[])`;
  return new Map(
    rows.map(({ id, request_digest, status, body }) => [
      id,
      { kind: "stored", digest: request_digest, status, body },
    ]),
  );
}

type Answer = { id: string; status: number; text: string | null };

async function keepAnswers(sql: Sql, answers: readonly Answer[]): Promise<null[]> {
  const ids = answers.map(({ id }) => id);
  const statuses = answers.map(({ status }) => status);
  const texts = answers.map(({ text }) => text);
  await sql`
    update idempotency_keys k set status = a.status, body = a.body::jsonb
    from unnest(${ids}::text[], ${statuses}::integer[], ${texts}::text[]) as a(id, status, body),
      (select set_config('synchronous_commit', 'off', true)) as unawaited
    where k.id = a.id`;
  return answers.map(() => null);
}

async function release(sql: Sql, id: string): Promise<void> {
  await sql`delete from idempotency_keys where id = ${id}`;
}

function replay(
  reply: FastifyReply,
  stored: Extract<Claimed, { kind: "stored" }>,
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
