import { afterAll, beforeAll, expect, test } from "vitest";
import { requestFactsSchema } from "#gateway/webhooks.ts";
import { createApplicationWithKey } from "#lib/applications/create-application-with-key.ts";
import { listenIn } from "#lib/notifications/testing/listen-in.ts";
import { sampleFace } from "#sandbox/testing/sample-faces.ts";
import { callGateway, startWorld, until, type World } from "./start-world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const ask = (body: unknown, headers?: Record<string, string>) =>
  world.call("POST", "/v1/requests", body, headers);

test("what is passed on is told at once, as the contract of the webhooks says, and once for a repeat", async () => {
  const heard = await listenIn(world.db.db, new Date());
  const body = { customId: "req-eva", right: "erasure" };
  const opened = await ask(body, { "idempotency-key": "eva" });
  await ask(body, { "idempotency-key": "eva" });
  await ask(body);
  const told = await heard();
  expect(told).toMatchObject([
    { type: "request.received", data: { requestId: opened.body.id, applicationId: world.applicationId } },
  ]);
  expect(requestFactsSchema.safeParse(told[0]?.data).error).toBeUndefined();
  expect(JSON.stringify(told)).not.toContain("req-eva");
});

test("a request gets its protocol and deadline, and is followed without naming the person", async () => {
  const opened = await ask({ customId: "req-ana", right: "erasure" });
  expect(opened).toMatchObject({ status: 201, body: { state: "received", alreadyOpen: false } });
  expect(opened.body.protocol).toMatch(/^REQ-\d{4}-\d{4}$/);
  expect(opened.body.article).toMatch(/^art\./);
  const seen = await world.call("GET", `/v1/requests/${opened.body.id}`);
  expect(seen).toMatchObject({ status: 200, body: { id: opened.body.id, dueAt: opened.body.dueAt } });
  expect(JSON.stringify([opened.body, seen.body])).not.toContain("req-ana");
});

test("the same key gets the same answer; the same right of the same person is answered with the open one", async () => {
  const body = { customId: "req-bia", right: "access" };
  const first = await ask(body, { "idempotency-key": "bia" });
  const again = await ask(body, { "idempotency-key": "bia" });
  expect(again).toMatchObject({ status: 201, body: first.body });
  const second = await ask(body);
  expect(second).toMatchObject({ status: 200, body: { id: first.body.id, alreadyOpen: true } });
});

test("withdrawn consent sends the person's login the old way at once", async () => {
  const face = (await sampleFace("A")).toString("base64");
  const enrolment = { customId: "req-caio", legalBasis: "lgpd_11_i_consent", face };
  expect((await world.call("POST", "/v1/enrollments", enrolment)).status).toBe(201);
  const login = () => world.call("POST", "/v1/logins", { customId: "req-caio" });
  expect((await login()).body.path).toBe("biometric");
  expect((await ask({ customId: "req-caio", right: "consent_withdrawal" })).status).toBe(201);
  expect((await login()).body.path).toBe("legacy");
});

test("another application cannot read it", async () => {
  const { body } = await ask({ customId: "req-duda", right: "block" });
  const actor = { id: null, role: "system" } as const;
  const made = await createApplicationWithKey(
    world.db.db,
    { name: "Other", channels: [] },
    actor,
    new Date(),
  );
  if (!made.ok) throw new Error(made.code);
  const look = () => callGateway(world.gateway.url, made.key, "GET", `/v1/requests/${body.id}`);
  await until(async () => (await look()).status !== 401);
  expect(await look()).toMatchObject({ status: 404, body: { code: "request_not_found" } });
});

test.each([
  ["fields_invalid", { right: "deletion" }],
  ["fields_invalid", { regimes: [] }],
  ["fields_invalid", { receivedAt: "yesterday" }],
  ["received_in_future", { receivedAt: "2999-01-01T00:00:00Z" }],
])("what cannot be used is refused: %s %j", async (code, wrong) => {
  const answer = await ask({ customId: "req-eva", right: "erasure", ...wrong });
  expect(answer).toMatchObject({ status: 422, body: { code } });
});
