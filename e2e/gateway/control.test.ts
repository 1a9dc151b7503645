import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createApplicationWithKey } from "#lib/applications/create-application-with-key.ts";
import { revokeApplicationKey } from "#lib/applications/revoke-application-key.ts";
import type { Permission } from "#lib/auth/policy.ts";
import { EVENT_GROUPS } from "#lib/notifications/rules.ts";
import { sampleFace } from "#sandbox/testing/sample-faces.ts";
import { callGateway, startWorld, until, type World } from "./start-world.ts";

const SYSTEM = { id: null, role: "system" } as const;
let world: World;
let face: string;

beforeAll(async () => {
  world = await startWorld();
  face = (await sampleFace("A")).toString("base64");
  const body = { customId: "helena", legalBasis: "lgpd_11_i_consent", face };
  expect((await world.call("POST", "/v1/enrollments", body)).status).toBe(201);
});
afterAll(() => world.close());

const openWith = (key: string, headers: Record<string, string> = {}) =>
  callGateway(world.gateway.url, key, "POST", "/v1/logins", { customId: "helena" }, headers);

async function anotherApplication(name: string): Promise<{ key: string; keyId: string }> {
  const made = await createApplicationWithKey(world.db.db, { name, channels: [] }, SYSTEM, new Date());
  if (!made.ok) throw new Error(`No application: ${made.code}`);
  await until(async () => (await openWith(made.key)).status === 201);
  return made;
}

test("a call without a key, with half a key or with a foreign one is refused with what to do", async () => {
  const none = await fetch(`${world.gateway.url}/v1/logins`, { method: "POST" });
  expect(none.status).toBe(401);
  expect(none.headers.get("www-authenticate")).toContain("Bearer");
  expect(await none.json()).toMatchObject({ code: "key_missing" });
  for (const key of ["x", world.key.slice(0, -1), `gk_live_${"A".repeat(43)}`]) {
    expect(await openWith(key)).toMatchObject({ status: 401, body: { code: "key_refused" } });
  }
});

test("a new key works and a revoked one is refused within seconds", async () => {
  const { key, keyId } = await anotherApplication("Short-lived");
  const startedMs = performance.now();
  await revokeApplicationKey(world.db.db, { keyId, reason: "not_needed" }, SYSTEM, new Date());
  await until(async () => (await openWith(key)).status === 401);
  const ms = Math.round(performance.now() - startedMs);
  process.stdout.write(`a revoked key was refused after ${ms} ms\n`);
  expect(ms).toBeLessThan(5_000);
});

test("another application cannot see or continue a login", async () => {
  const { key } = await anotherApplication("Neighbour");
  const own = await openWith(world.key);
  const path = `/v1/logins/${own.body.loginId}/verifications`;
  const foreign = await callGateway(world.gateway.url, key, "POST", path, { face });
  expect(foreign).toMatchObject({ status: 404, body: { code: "login_not_found" } });
});

test("a repeated Idempotency-Key gets the first answer, another request with it is refused", async () => {
  const headers = { "idempotency-key": "3f0c1c9e-login" };
  const first = await openWith(world.key, headers);
  const again = await openWith(world.key, headers);
  expect(again.status).toBe(201);
  expect(again.body).toEqual(first.body);
  expect(again.headers.get("idempotent-replayed")).toBe("true");
  const other = await world.call("POST", "/v1/logins", { customId: "somebody-else" }, headers);
  expect(other).toMatchObject({ status: 422, body: { code: "idempotency_key_reused" } });
});

test("of two requests at once with one Idempotency-Key only one acts", async () => {
  const body = { customId: "igor", legalBasis: "lgpd_11_i_consent", face };
  const headers = { "idempotency-key": "enrol-igor" };
  await world.faults({ enroll: { kind: "latency", ms: 300 } });
  const both = await Promise.all([1, 2].map(() => world.call("POST", "/v1/enrollments", body, headers)));
  await world.faults({});
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  const again = await world.call("POST", "/v1/enrollments", body, headers);
  expect(again).toMatchObject({ status: 201, body: both.find(({ status }) => status === 201)?.body });
});

/** Opens a login whose answer cannot be kept until `letGo`; it is answered all the same. */
async function openWhileKeptBack(gatewayUrl: string, key: string) {
  const body = { customId: "helena", face };
  const open = () =>
    callGateway(gatewayUrl, world.key, "POST", "/v1/logins", body, { "idempotency-key": key });
  const id = createHash("sha256").update(`${world.applicationId}\n${key}`).digest("hex");
  await world.faults({ verify: { kind: "latency", ms: 300 } });
  const answer = open();
  const holder = await world.db.sql.reserve();
  await until(async () => (await holder`select from idempotency_keys where id = ${id}`).length === 1);
  await holder`begin`;
  await holder`select from idempotency_keys where id = ${id} for update`;
  const first = await answer;
  await world.faults({});
  const letGo = async () => {
    await holder`commit`;
    holder.release();
  };
  return { first, open, letGo };
}

test("an answer is sent before it is kept, and who repeats it waits until it is", async () => {
  const { first, open, letGo } = await openWhileKeptBack(world.gateway.url, "kept-back");
  expect(first.status).toBe(201);
  const again = open();
  await letGo();
  expect(await again).toMatchObject({ status: 201, body: first.body });
});

test("a gateway that stops keeps its last answer first", async () => {
  const gateway = await world.another({ dataDir: `${world.dataDir}-stopped` });
  const { first, letGo } = await openWhileKeptBack(gateway.url, "last-answer");
  const stopped = gateway.close();
  await letGo();
  await stopped;
  const headers = { "idempotency-key": "last-answer" };
  const again = await world.call("POST", "/v1/logins", { customId: "helena", face }, headers);
  expect(again).toMatchObject({ status: 201, body: first.body });
});

test("enrolling twice is refused with the way out, recapturing somebody unknown too", async () => {
  const body = { customId: "helena", legalBasis: "lgpd_11_i_consent", face };
  const twice = await world.call("POST", "/v1/enrollments", body);
  expect(twice).toMatchObject({ status: 409, body: { code: "already_enrolled" } });
  expect(String(twice.body.detail)).toContain("PUT");
  const recaptured = await world.call("PUT", "/v1/enrollments", { customId: "helena", face });
  expect(recaptured).toMatchObject({ status: 200, body: { feedback: { code: "recapture_completed" } } });
  const unknown = await world.call("PUT", "/v1/enrollments", { customId: "nobody", face });
  expect(unknown).toMatchObject({ status: 404, body: { code: "not_enrolled" } });
});

test("too many calls of one application are held back, and told for how long", async () => {
  const strict = await world.another({
    dataDir: `${world.dataDir}-strict`,
    environment: { GATEWAY_CALLS_PER_SECOND: "3" },
  });
  const calls = Array.from({ length: 8 }, () =>
    callGateway(strict.url, world.key, "POST", "/v1/logins", { customId: "helena" }),
  );
  const held = (await Promise.all(calls)).filter(({ status }) => status === 429);
  expect(held.length).toBeGreaterThan(0);
  expect(held[0]?.body).toMatchObject({ code: "rate_limited" });
  expect(Number(held[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
});

test("every call is described in OpenAPI 3.1, and /docs is a page that needs nothing from outside", async () => {
  const document = (await (await fetch(`${world.gateway.url}/openapi.json`)).json()) as {
    openapi: string;
    paths: Record<string, Record<string, { security: unknown }>>;
    webhooks: Record<string, unknown>;
  };
  expect(document.openapi).toMatch(/^3\.1/);
  const calls = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { security }]) => [`${method.toUpperCase()} ${path}`, security]),
  );
  const withKey = (permission: Permission) => [{ applicationKey: [permission] }];
  expect(Object.fromEntries(calls)).toEqual({
    "GET /health": [],
    "POST /v1/comparisons": withKey("pictures.compare"),
    "POST /v1/enrollments": withKey("enrolment.create"),
    "POST /v1/logins": withKey("login.open"),
    "POST /v1/logins/{loginId}/legacy-outcome": withKey("login.close"),
    "POST /v1/logins/{loginId}/reports": withKey("login.report"),
    "POST /v1/logins/{loginId}/verifications": withKey("login.verify"),
    "GET /v1/requests/{id}": withKey("request.follow"),
    "POST /v1/requests": withKey("request.pass_on"),
    "PUT /v1/enrollments": withKey("enrolment.replace"),
  });
  expect(JSON.stringify(document.paths["/v1/enrollments"])).toContain("idempotency-key");
  expect(Object.keys(document.webhooks).sort()).toEqual(
    [...EVENT_GROUPS.requests, ...EVENT_GROUPS.rollout].sort(),
  );
  const page = await fetch(`${world.gateway.url}/docs`);
  expect(page.status).toBe(200);
  expect(await page.text()).not.toMatch(/(src|href)="(https?:)?\/\//);
});

test.each([
  ["CustomID", "POST", "/v1/logins", (text: string) => ({ customId: text })],
  ["device", "POST", "/v1/logins", (text: string) => ({ customId: "helena", device: { os: text } })],
  [
    "CustomID",
    "POST",
    "/v1/enrollments",
    (text: string) => ({ customId: text, legalBasis: "lgpd_11_i_consent", face }),
  ],
  ["note", "POST", "/v1/logins/{id}/reports", (text: string) => ({ kind: "other", note: text })],
])(
  "a %s that no database could keep as it stands is refused by name: %s %s",
  async (_, method, path, body) => {
    const { body: login } = await openWith(world.key);
    for (const text of ["a\u0000b", "a\ud800"]) {
      const answer = await world.call(method, path.replace("{id}", String(login.loginId)), body(text));
      expect(answer).toMatchObject({ status: 422, body: { code: "fields_invalid" } });
    }
  },
);

test.each(["%zz", "z".repeat(201)])(
  "an address that is none is refused without being repeated",
  async (id) => {
    const answer = await world.call("POST", `/v1/logins/${id}/reports`, { kind: "other" });
    expect(answer).toMatchObject({ status: 404, body: { code: "route_unknown" } });
    expect(JSON.stringify(answer.body)).not.toContain("zz");
  },
);
