import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase } from "#db/client.ts";
import { testDatabase } from "#db/testing/in-rolled-back-transaction.ts";
import { systemClock } from "#lib/clock.ts";
import { API_PROBES } from "#lib/incidents/schema.ts";
import { type ApiProbing, createApiProbing } from "#lib/multibiometrics/probe-api.ts";
import { type ProbedParts, probeParts } from "#lib/service-health/probe-parts.ts";
import type { FaultPlan } from "#sandbox/faults.ts";
import { startTestSandbox, type TestSandbox } from "#sandbox/testing/call-sandbox.ts";

let sandbox: TestSandbox;
let api: ApiProbing;
/** Answers like the health address of Unleash and of a gateway. */
const well = createServer((_, response) => response.writeHead(200).end("{}"));
let wellUrl: string;

beforeAll(async () => {
  sandbox = await startTestSandbox({ apiKeySecondary: "second-key" });
  api = createApiProbing({ url: sandbox.url, apiKey: "test-key", qualityApiKey: "test-key" });
  await new Promise<void>((resolve) => well.listen(0, "127.0.0.1", resolve));
  wellUrl = `http://127.0.0.1:${(well.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await api.close();
  await sandbox.close();
  well.closeAllConnections();
  well.close();
});

const parts = (more: Partial<ProbedParts> = {}): ProbedParts => ({
  api,
  gatewayUrl: wellUrl,
  unleashUrl: `${wellUrl}/api`,
  db: testDatabase().db,
  clock: systemClock,
  secondTryAfterMs: 10,
  ...more,
});

async function causes(more?: Partial<ProbedParts>): Promise<Record<string, string | null>> {
  const { findings } = await probeParts(parts(more), API_PROBES);
  return Object.fromEntries(findings.map(({ probe, cause }) => [probe, cause]));
}

async function play(plan: FaultPlan): Promise<void> {
  expect((await sandbox.call("PUT", "/__sandbox/faults", plan)).status).toBe(200);
}

const ALL_WELL = {
  ...Object.fromEntries(API_PROBES.map((probe) => [probe, null])),
  gateways: null,
  unleash: null,
  database: null,
};

test("a body without biometrics proves address, key and service of every call", async () => {
  await play({});
  expect(await causes()).toEqual(ALL_WELL);
});

test("each fault of the API has its cause", async () => {
  await play({
    verify: { kind: "unauthorized" },
    enroll: { kind: "quota" },
    update: { kind: "rate_limit" },
    delete: { kind: "server_error", status: 502 },
    liveness: { kind: "garbage" },
    check_icao: { kind: "plain_text" },
  });
  expect(await causes()).toMatchObject({
    verify: "unauthorized",
    enroll: "quota_exhausted",
    update: "rate_limited",
    delete: "server_error",
    liveness: "answer_unreadable",
    check_icao: "answer_unexpected",
  });
  await play({
    verify: { kind: "drop" },
    enroll: { kind: "half_open" },
    update: { kind: "slow_drip", ms: 500 },
    delete: { kind: "latency", ms: 10_000 },
    liveness: { kind: "latency", ms: 2_500 },
  });
  expect(await causes()).toMatchObject({
    verify: "unreachable",
    enroll: "timed_out",
    update: "timed_out",
    delete: "timed_out",
    liveness: "slow",
    check_icao: null,
  });
}, 30_000);

test("one failure alone is no trouble", async () => {
  await play({ "*": { kind: "server_error", times: API_PROBES.length } });
  expect(await causes()).toEqual(ALL_WELL);
});

test("a key that is refused gives way to the second one", async () => {
  await play({});
  const both = createApiProbing({
    url: sandbox.url,
    apiKey: "no-longer-one",
    apiKeySecondary: "second-key",
    qualityApiKey: "no-longer-one",
  });
  expect(await causes({ api: both })).toMatchObject({ verify: null, check_icao: "unauthorized" });
  await both.close();
});

test("a part that is not there, and a database that is away, are unreachable", async () => {
  const away = openDatabase("postgres://nobody:x@127.0.0.1:1/none", { applicationName: "gatehouse-test" });
  const nowhere = "http://127.0.0.1:1";
  expect(await causes({ db: away.db, gatewayUrl: nowhere, unleashUrl: nowhere })).toMatchObject({
    gateways: "unreachable",
    unleash: "unreachable",
    database: "unreachable",
    verify: null,
  });
  await away.close();
});
