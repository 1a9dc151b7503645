import { once } from "node:events";
import { connect } from "node:net";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sampleFace } from "#sandbox/testing/sample-faces.ts";
import { API_KEY, callGateway, healthOf, startWorld, type World } from "./start-world.ts";

const SECOND_KEY = "fedcba9876543210fedcba9876543210";
const lines: string[] = [];

let world: World;

beforeAll(async () => {
  world = await startWorld({ apiKeySecondary: SECOND_KEY });
});
afterAll(() => world.close());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(new URL(path, world.gateway.url), { headers, redirect: "manual" });

describe("every answer of the gateway", () => {
  test.each([
    ["of a call", () => world.call("POST", "/v1/logins", { customId: "sample-1" })],
    ["that refuses a call", () => world.call("POST", "/v1/logins", { surplus: 1 })],
    ["to an unknown path", () => get("/none")],
    ["to an address nobody can read", () => get("/v1/logins/%c0/legacy-outcome")],
    ["about its health", () => get("/health")],
  ])("%s is kept by nobody, framed nowhere and taken for nothing else", async (_, ask) => {
    const { headers } = await ask();
    expect(Object.fromEntries(headers)).toMatchObject({
      "cache-control": "no-store",
      "content-security-policy": expect.stringMatching(/^default-src 'none';.*frame-ancestors 'none'$/),
      "cross-origin-resource-policy": "same-origin",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
    });
    expect(headers.get("access-control-allow-origin")).toBeNull();
  });

  test("the page of the calls runs its own files alone", async () => {
    const policy = (await get("/docs/")).headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self' 'sha256-");
    expect(policy).not.toMatch(/unsafe|https:|\*/);
  });

  test("binds browsers to https behind a proxy that was called by it", async () => {
    const secure = await get("/health", { "x-forwarded-proto": "https" });
    expect(secure.headers.get("strict-transport-security")).toBe("max-age=63072000; includeSubDomains");
    expect((await get("/health")).headers.get("strict-transport-security")).toBeNull();
  });
});

test("a connection that never finishes its request is ended, so that many of them cannot hold a gateway", async () => {
  const { hostname, port } = new URL(world.gateway.url);
  const socket = connect(Number(port), hostname);
  const startedAt = performance.now();
  socket.write("POST /v1/logins HTTP/1.1\r\nHost: x\r\nX-Slow: ");
  await once(socket.resume(), "close");
  expect(performance.now() - startedAt).toBeLessThan(18_000);
}, 30_000);

test("the API's key is replaced while logins go on: none is lost, and the health says which key serves", async () => {
  const gateway = await world.another({
    environment: { MULTIBIOMETRICS_API_KEY_SECONDARY: SECOND_KEY },
    log: pino({ level: "warn" }, { write: (line) => void lines.push(line) }),
  });
  const face = (await sampleFace("A")).toString("base64");
  const enrolled = { customId: "pessoa-chave", legalBasis: "lgpd_11_i_consent", face };
  expect((await world.call("POST", "/v1/enrollments", enrolled)).status).toBe(201);
  const logIn = () =>
    callGateway(gateway.url, world.key, "POST", "/v1/logins", { customId: "pessoa-chave", face });
  expect((await logIn()).body.decision).toBe("approved");
  world.sandbox.revoke(API_KEY);
  for (const { body } of [await logIn(), ...(await Promise.all([logIn(), logIn()]))]) {
    expect(body.decision).toBe("approved");
  }
  const { api } = (await healthOf(gateway.url)).parts;
  expect(api).toMatchObject({
    status: "degraded",
    people: "closed",
    keys: { people: { using: "secondary", refused: ["primary"] } },
  });
  expect(lines.join("")).toContain('"using":"secondary","refused":["primary"]');
  expect(JSON.stringify([lines, api])).not.toMatch(new RegExp(`${API_KEY}|${SECOND_KEY}`));
  world.sandbox.revoke();
});
