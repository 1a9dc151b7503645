import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { adminToken, clientToken, makeUnleash, type TestUnleash } from "#e2e/contract/start-unleash.ts";
import type { Gateway } from "#gateway/start-gateway.ts";
import { createFlags } from "#lib/unleash/flags.ts";
import { prepareRollout } from "#lib/unleash/prepare-rollout.ts";
import { sampleFace } from "#sandbox/testing/sample-faces.ts";
import { callGateway, healthOf, startWorld, until, type World } from "./start-world.ts";

// One story on one real Unleash: its tests run in order, each from the state the one before left.

let world: World;
let unleash: TestUnleash;
let gateway: Gateway;
let skewMs = 0;

beforeAll(async () => {
  world = await startWorld();
  unleash = await makeUnleash(inject("databaseUrl"));
  const flags = createFlags({
    url: unleash.url,
    clientToken,
    environment: "development",
    appName: "gatehouse-gateway",
    instanceId: "gw-e2e",
    refreshMs: 500,
    clock: () => new Date(Date.now() + skewMs),
  });
  gateway = await world.another({ dataDir: `${world.dataDir}-real-flags`, flags });
  const face = (await sampleFace("A")).toString("base64");
  const body = { customId: "joana", legalBasis: "lgpd_11_i_consent", face };
  expect((await world.call("POST", "/v1/enrollments", body)).status).toBe(201);
});
afterAll(async () => {
  await world?.close();
  await unleash?.remove();
});

const open = () => callGateway(gateway.url, world.key, "POST", "/v1/logins", { customId: "joana" });
const reasonIs = (reason: string) => async () => (await open()).body.reason === reason;

test("with Unleash away from the start every login is answered, the old way", async () => {
  const answer = await open();
  expect(answer).toMatchObject({ status: 201, body: { path: "legacy", reason: "flags_unreachable" } });
  expect(answer.ms).toBeLessThan(500);
  expect((await healthOf(gateway.url)).parts.unleash?.status).toBe("degraded");
});

test("once Unleash is there and its flag is on, the biometric path is offered", async () => {
  await unleash.start();
  await until(reasonIs("flag_unknown"), 30_000);
  await prepareRollout({
    url: unleash.url,
    adminToken,
    environment: "development",
    initialExposurePercent: 100,
  });
  await until(reasonIs("exposed"), 30_000);
});

test("Unleash alone exposes nobody: our own intent limits it", async () => {
  await world.db.sql`update rollout_intents set exposure_percent = 0, version = version + 1`;
  await world.db.sql`select pg_notify('rollout_intent', '')`;
  await until(reasonIs("not_exposed"));
  await world.db.sql`update rollout_intents set exposure_percent = 100, version = version + 1`;
  await world.db.sql`select pg_notify('rollout_intent', '')`;
  await until(reasonIs("exposed"));
});

test("with Unleash gone while running the last flags hold for ten minutes, then the old way", async () => {
  await unleash.stop();
  expect((await open()).body).toMatchObject({ path: "biometric", reason: "exposed" });
  skewMs = 10 * 60_000 + 60_000;
  expect((await open()).body).toMatchObject({ path: "legacy", reason: "flags_stale" });
});
