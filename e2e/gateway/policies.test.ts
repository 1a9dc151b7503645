import { afterAll, beforeAll, expect, test } from "vitest";
import type { Gateway } from "#gateway/start-gateway.ts";
import { putPolicy } from "#lib/policies/put-policy.ts";
import { findCurrentPolicy, readPolicyRun } from "#lib/policies/queries.ts";
import { DEFAULT_POLICY_VALUES, type PolicyValues } from "#lib/policies/schema.ts";
import { sampleFace } from "#sandbox/testing/sample-faces.ts";
import { type Answer, callGateway, healthOf, startWorld, until, type World } from "./start-world.ts";

const SYSTEM = { id: null, role: "system" } as const;
let world: World;
let both: Gateway[];
let own: string;
let foreign: string;

beforeAll(async () => {
  world = await startWorld();
  const another = await world.another({
    dataDir: `${world.dataDir}-second`,
    environment: { GATEWAY_INSTANCE_NAME: "gw-second" },
  });
  both = [world.gateway, another];
  own = (await sampleFace("A")).toString("base64");
  foreign = (await sampleFace("B")).toString("base64");
});
afterAll(() => world.close());

/** Puts a policy in force as the console does, and waits until both gateways say that they run it. */
async function change(values: Partial<PolicyValues>): Promise<{ version: number; ms: number }> {
  const current = await findCurrentPolicy(world.db.db);
  const startedMs = performance.now();
  const put = await putPolicy(
    world.db.db,
    {
      values: { ...DEFAULT_POLICY_VALUES, ...values },
      basedOnVersion: current?.version ?? null,
      reason: null,
    },
    SYSTEM,
    new Date(),
  );
  if (!put.ok) throw new Error(`The policy was not changed: ${put.code}`);
  const { version } = put.policy;
  await until(async () => {
    const heard = await Promise.all(both.map(({ url }) => healthOf(url)));
    return heard.every(({ parts }) => parts.control.policyVersion === version);
  });
  const ms = Math.round(performance.now() - startedMs);
  process.stdout.write(`both gateways ran policy ${version} after ${ms} ms\n`);
  return { version, ms };
}

const on = (gateway: Gateway, path: string, body: unknown): Promise<Answer> =>
  callGateway(gateway.url, world.key, "POST", path, body);

async function enrol(customId: string): Promise<string> {
  const body = { customId, legalBasis: "lgpd_11_i_consent", face: own };
  expect((await world.call("POST", "/v1/enrollments", body)).status).toBe(201);
  return customId;
}

test("a changed policy is obeyed by every gateway within seconds, and each says so itself", async () => {
  const { ms } = await change({ attemptsBeforeFallback: 2 });
  // The poll every five seconds is the bound; the word of the database is what usually comes first.
  expect(ms).toBeLessThan(10_000);
  await until(async () => {
    const run = await readPolicyRun(world.db.db, new Date());
    return run?.gateways.length === 2 && run.gateways.every(({ state }) => state === "obeys");
  });
  const run = await readPolicyRun(world.db.db, new Date());
  const told = run?.gateways.map(({ afterMs }) => afterMs);
  process.stdout.write(`they reported it ${told?.join(" and ")} ms after it was saved\n`);
  for (const afterMs of told ?? []) expect(afterMs).toBeLessThan(10_000);
});

test("tries: both gateways send to the password after the new number", async () => {
  for (const [place, gateway] of both.entries()) {
    const customId = await enrol(`tries-${place}`);
    const opened = await on(gateway, "/v1/logins", { customId });
    expect(opened.body).toMatchObject({ attemptsLeft: 2 });
    const path = `/v1/logins/${opened.body.loginId}/verifications`;
    expect((await on(gateway, path, { face: foreign })).body).toMatchObject({ decision: "retry_capture" });
    expect((await on(gateway, path, { face: foreign })).body).toMatchObject({ decision: "use_legacy" });
  }
});

test("pause: both gateways count the same failures, by the new limit", async () => {
  await change({ failuresBeforePause: 2, attemptsBeforeFallback: 1 });
  const customId = await enrol("paused");
  for (const gateway of both)
    expect((await on(gateway, "/v1/logins", { customId, face: foreign })).body).toMatchObject({
      decision: "use_legacy",
    });
  for (const gateway of both)
    expect((await on(gateway, "/v1/logins", { customId })).body).toMatchObject({
      path: "legacy",
      reason: "paused",
    });
});

test.each([
  { values: { afterNotMatched: "reject" }, decision: "rejected" },
  { values: { afterNotMatched: "use_legacy" }, decision: "use_legacy" },
  { values: { attemptsBeforeFallback: 1, afterLastAttempt: "reject" }, decision: "rejected" },
] as const)("no match: both gateways answer $decision by $values", async ({ values, decision }) => {
  const { version } = await change(values);
  for (const [place, gateway] of both.entries()) {
    const customId = await enrol(`missed-${version}-${place}`);
    const answer = await on(gateway, "/v1/logins", { customId, face: foreign });
    expect(answer.body).toMatchObject({ decision });
  }
});

test("wait: both gateways cut off by the new limit", async () => {
  await change({ apiTimeoutMs: 600 });
  await world.faults({ verify: { kind: "latency", ms: 2_000 } });
  for (const [place, gateway] of both.entries()) {
    const customId = await enrol(`slow-${place}`);
    const answer = await on(gateway, "/v1/logins", { customId, face: own });
    expect(answer.body).toMatchObject({ decision: "use_legacy", reason: "api_timed_out" });
    expect(answer.ms).toBeLessThan(1_500);
  }
  await world.faults({});
});
