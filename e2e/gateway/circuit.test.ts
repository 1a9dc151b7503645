import { afterAll, beforeAll, expect, test } from "vitest";
import type { Gateway } from "#gateway/start-gateway.ts";
import { putSwitch } from "#lib/circuit/put-switch.ts";
import { findCircuitHold, findCircuitSwitch } from "#lib/circuit/queries.ts";
import { sampleFace } from "#sandbox/testing/sample-faces.ts";
import { callGateway, healthOf, startWorld, until, type World } from "./start-world.ts";

const SYSTEM = { id: null, role: "system" } as const;
const SECOND = "gw-second";
const MINUTE_MS = 60_000;
let world: World;
let both: Gateway[];
let face: string;
let skewMs = 0;
const clock = () => new Date(Date.now() + skewMs);

beforeAll(async () => {
  world = await startWorld();
  const environment = { GATEWAY_INSTANCE_NAME: SECOND };
  both = [world.gateway, await world.another({ dataDir: `${world.dataDir}-second`, environment, clock })];
  face = (await sampleFace("A")).toString("base64");
  await enrol("ivo", 201);
});
afterAll(() => world.close());

const on = (gateway: Gateway, path: string, body: unknown) =>
  callGateway(gateway.url, world.key, "POST", path, body);
const openOn = (gateway: Gateway) => on(gateway, "/v1/logins", { customId: "ivo" });
async function enrol(customId: string, status: number) {
  const answer = await on(world.gateway, "/v1/enrollments", {
    ...{ customId, face, legalBasis: "lgpd_11_i_consent" },
  });
  expect(answer.status).toBe(status);
}

/** Uses the switch as the console does; null gives the circuit back. */
async function setSwitch(minutes: number | null): Promise<void> {
  const seenVersion = (await findCircuitSwitch(world.db.db))?.version ?? 0;
  const put = await putSwitch(
    world.db.db,
    { minutes, seenVersion, reason: "Odd answers" },
    SYSTEM,
    new Date(),
  );
  expect(put).toMatchObject({ ok: true });
}
const isObeyed = async () => (await findCircuitHold(world.db.db, new Date()))?.obeying === 2;
const circuitOf = async (gateway: Gateway) => (await healthOf(gateway.url)).parts.api.people;

test("held open by hand every gateway offers nobody the path and calls nothing, says so itself, and calls again once it is given back", async () => {
  const open = await openOn(world.gateway);
  expect(open.body).toMatchObject({ path: "biometric" });
  const startedMs = performance.now();
  await setSwitch(15);
  await until(isObeyed);
  process.stdout.write(`both gateways held it open after ${Math.round(performance.now() - startedMs)} ms\n`);
  for (const gateway of both) {
    expect((await openOn(gateway)).body).toMatchObject({ path: "legacy", reason: "circuit_held" });
    expect(await circuitOf(gateway)).toBe("held");
  }
  const path = `/v1/logins/${open.body.loginId}/verifications`;
  const tried = await on(world.gateway, path, { face });
  expect(tried.body).toMatchObject({ decision: "use_legacy", reason: "api_circuit_open" });
  await enrol("jair", 503);
  await setSwitch(null);
  for (const gateway of both)
    await until(
      async () =>
        (await openOn(gateway)).body.path === "biometric" && (await circuitOf(gateway)) === "closed",
    );
  expect((await on(both[1] as Gateway, "/v1/logins", { customId: "ivo", face })).body).toMatchObject({
    decision: "approved",
  });
});

test("with database and console away a hold ends at its time by each gateway's clock, and one that starts meanwhile keeps it", async () => {
  await setSwitch(15);
  await until(isObeyed);
  await world.proxy.cut();
  const late = await world.another({
    dataDir: `${world.dataDir}-second`,
    environment: { GATEWAY_INSTANCE_NAME: SECOND },
    clock,
  });
  expect(await circuitOf(late)).toBe("held");
  skewMs = 14 * MINUTE_MS;
  expect(await circuitOf(late)).toBe("held");
  skewMs = 16 * MINUTE_MS;
  for (const gateway of [both[1] as Gateway, late]) expect(await circuitOf(gateway)).toBe("closed");
  skewMs = 0;
  await world.proxy.restore();
});
