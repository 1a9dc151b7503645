import { afterAll, beforeAll, expect, test } from "vitest";
import { API_KEY, startWorld, type World } from "#e2e/gateway/start-world.ts";
import { PROBLEM_CODES } from "#gateway/problems.ts";
import { apiMessages, endpoints } from "#lib/multibiometrics/schema.ts";
import { API_REQUESTS, composeApiCollection } from "#lib/postman/api-collection.ts";
import { gatewayEnvironment, productionEnvironment, sandboxEnvironment } from "#lib/postman/environments.ts";
import { composeGatewayCollection, GATEWAY_REQUESTS } from "#lib/postman/gateway-collection.ts";
import type { GatewayDocument } from "#lib/postman/gateway-document.ts";
import type { Collection } from "#lib/postman/types.ts";
import { runNewman } from "./run-newman.ts";

/** Postman's own sandbox takes its time on a busy machine; nothing here is measured. */
const PATIENCE_MS = 120_000;
const API_KEYS = { apiKey: API_KEY, qualityApiKey: API_KEY };

let world: World;
let document: GatewayDocument;
let ofGateway: Collection;
let ofApi: Collection;

beforeAll(async () => {
  world = await startWorld();
  document = (await (await fetch(`${world.gateway.url}/openapi.json`)).json()) as GatewayDocument;
  ofGateway = await composeGatewayCollection(document);
  ofApi = await composeApiCollection();
}, PATIENCE_MS);
afterAll(() => world.close());

const calls = (collection: Collection) =>
  new Set(
    collection.item
      .flatMap(({ item }) => item)
      .map(({ request: { method, url } }) => `${method} /${url.path.join("/")}`),
  );

test(
  "every request of the API's collection passes in newman against the sandbox, and leaves nobody enrolled",
  async () => {
    const ran = await runNewman(ofApi, sandboxEnvironment(world.sandbox.url), API_KEYS);
    expect(ran.failures).toEqual([]);
    expect(ran.sent).toHaveLength(API_REQUESTS);
    expect(ran.tests).toBeGreaterThan(API_REQUESTS);
    expect(await (await fetch(`${world.sandbox.url}/health`)).json()).toMatchObject({ people: 0 });
  },
  PATIENCE_MS,
);

test("the API's collection tries every operation our client knows and every message it can be answered", () => {
  const tried = calls(ofApi);
  for (const { method, path } of Object.values(endpoints)) expect(tried).toContain(`${method} ${path}`);
  const scripts = JSON.stringify(ofApi.item);
  const unsaid = Object.entries(apiMessages).filter(
    ([, message]) => !scripts.includes(message.toLowerCase()),
  );
  // Which texts a refused key and an unusable picture get is the service's own; the status and the words they share are tested.
  expect(unsaid.map(([name]) => name).sort()).toEqual(
    ["extractionFailed", "faceExtractionFailed", "invalidKey", "missingKey", "ok"].sort(),
  );
});

test(
  "with the environment of production nothing is sent that enrols, changes or deletes anybody",
  async () => {
    const values = { ...API_KEYS, baseUrl: world.sandbox.url };
    const writing = ofApi.item.at(-1);
    const ran = await runNewman(ofApi, productionEnvironment(), values, writing?.name);
    expect(ran).toEqual({ sent: [], failures: [], tests: 0 });
    const others = JSON.stringify(ofApi.item.slice(0, -1));
    expect(others).not.toMatch(/multibiometrics\/(enroll|update|delete)/);
  },
  PATIENCE_MS,
);

test(
  "every request of the gateway's collection passes in newman against a running gateway",
  async () => {
    const environment = gatewayEnvironment(world.gateway.url);
    const ran = await runNewman(ofGateway, environment, { applicationKey: world.key });
    expect(ran.failures).toEqual([]);
    expect(ran.sent).toHaveLength(GATEWAY_REQUESTS);
    expect(ran.tests).toBeGreaterThan(GATEWAY_REQUESTS);
  },
  PATIENCE_MS,
);

test("the gateway's collection tries every call of its document and every refusal a call alone can bring about", () => {
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const tried = [...calls(ofGateway)].map((call) => call.replaceAll("{{", "{").replaceAll("}}", "}"));
  expect(tried.sort()).toEqual(described.sort());
  const scripts = JSON.stringify(ofGateway.item);
  expect(PROBLEM_CODES.filter((code) => !scripts.includes(`code is ${code}`))).toEqual([
    ...["not_permitted", "keys_not_loaded", "rate_limited", "route_unknown", "request_too_large"],
    ...["idempotency_key_running", "person_blocked", "erasure_pending", "enrollment_running"],
    ...[
      "spoof_suspected",
      "custom_id_taken_at_api",
      "custom_id_spent",
      "person_unknown_at_api",
      "api_unavailable",
    ],
    ...["outcome_unknown", "database_away", "internal"],
  ]);
});

test("no file carries a key", () => {
  const environments = [
    ...[gatewayEnvironment("http://g"), sandboxEnvironment("http://s"), productionEnvironment()],
  ];
  const secrets = environments.flatMap(({ values }) => values.filter(({ type }) => type === "secret"));
  expect(secrets.map(({ key }) => key)).toEqual([
    ...["applicationKey", "apiKey", "qualityApiKey", "apiKey", "qualityApiKey"],
  ]);
  expect(secrets.filter(({ value }) => value !== "")).toEqual([]);
});
