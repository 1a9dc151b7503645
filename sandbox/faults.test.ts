import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { FaultPlan } from "./faults.ts";
import { json, startTestSandbox, type TestSandbox } from "./testing/call-sandbox.ts";

const faultsUrl = "/__sandbox/faults";
const verifyUrl = "/multibiometrics/verify";
const matchUrl = "/multibiometrics/match";
const unhurt = { status: 400, text: "Invalid JSON format" };

let sandbox: TestSandbox;
const set = async (plan: FaultPlan) => {
  expect((await sandbox.call("PUT", faultsUrl, plan)).status).toBe(200);
};
const verify = (signal?: AbortSignal) =>
  sandbox.call("POST", verifyUrl, "{}", signal === undefined ? {} : { signal });

beforeAll(async () => {
  sandbox = await startTestSandbox();
}, 30_000);
afterAll(() => sandbox.close());
afterEach(async () => {
  await sandbox.call("DELETE", faultsUrl);
});

describe("a fault", () => {
  test("latency delays the answer and leaves it as it is", async () => {
    await set({ verify: { kind: "latency", ms: 300 } });
    const startedAt = performance.now();
    expect(await verify()).toMatchObject(unhurt);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(295);
  });

  test("unauthorized, quota and server_error answer as the gateway does", async () => {
    await set({ verify: { kind: "unauthorized" } });
    expect(json(await verify())).toMatchObject({ statusCode: 401 });
    await set({ verify: { kind: "quota" } });
    const quota = await verify();
    expect(quota.status).toBe(403);
    expect(json(quota)).toEqual({
      statusCode: 403,
      message: expect.stringMatching(
        /^Out of call volume quota\. Quota will be replenished in (\d+\.)?\d\d:\d\d:\d\d\.$/,
      ),
    });
    await set({ verify: { kind: "server_error" } });
    expect((await verify()).status).toBe(500);
    await set({ verify: { kind: "server_error", status: 503 } });
    expect((await verify()).status).toBe(503);
  });

  test("rate_limit says when to come back, in header and words", async () => {
    await set({ verify: { kind: "rate_limit", retryAfterSeconds: 7 } });
    const reply = await verify();
    expect(reply.status).toBe(429);
    expect(reply.headers.get("retry-after")).toBe("7");
    expect(json(reply)).toEqual({
      statusCode: 429,
      message: "Rate limit is exceeded. Try again in 7 seconds.",
    });
  });

  test("plain_text answers an undocumented text", async () => {
    await set({ verify: { kind: "plain_text", text: "Maintenance", status: 200 } });
    expect(await verify()).toMatchObject({
      status: 200,
      text: "Maintenance",
      type: "text/plain; charset=utf-8",
    });
  });

  test("garbage calls itself JSON and is none", async () => {
    await set({ verify: { kind: "garbage" } });
    const reply = await verify();
    expect(reply).toMatchObject({ status: 200, type: "application/json; charset=utf-8" });
    expect(() => json(reply)).toThrow(SyntaxError);
  });

  test("drop resets the connection", async () => {
    await set({ verify: { kind: "drop" } });
    const failure: unknown = await verify().catch((error: unknown) => error);
    expect(failure).toMatchObject({
      cause: { code: expect.stringMatching(/^(ECONNRESET|UND_ERR_SOCKET)$/) },
    });
  });

  test("half_open takes the request and never answers", async () => {
    await set({ verify: { kind: "half_open" } });
    const failure: unknown = await verify(AbortSignal.timeout(400)).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: "TimeoutError" });
  });

  test("slow_drip sends the true answer byte by byte", async () => {
    await set({ verify: { kind: "slow_drip", ms: 20 } });
    const startedAt = performance.now();
    expect(await verify()).toMatchObject(unhurt);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(unhurt.text.length * 15);
  });
});

describe("a fault plan", () => {
  test("hits only the endpoint named, or all of them with *", async () => {
    await set({ verify: { kind: "server_error" } });
    expect((await sandbox.call("POST", matchUrl, "{}")).status).toBe(400);
    await set({ "*": { kind: "server_error", status: 502 }, verify: { kind: "quota" } });
    expect((await sandbox.call("POST", matchUrl, "{}")).status).toBe(502);
    expect((await verify()).status).toBe(403);
  });

  test("lasts as many calls as it says, then all is well", async () => {
    await set({ verify: { kind: "drop", times: 1 } });
    await expect(verify()).rejects.toThrow();
    expect(await verify()).toMatchObject(unhurt);
    await set({ verify: { kind: "server_error", times: 2 } });
    expect([(await verify()).status, (await verify()).status, (await verify()).status]).toEqual([
      500, 500, 400,
    ]);
  });

  test("can be read and cleared", async () => {
    await set({ verify: { kind: "latency", ms: 5 } });
    expect(json(await sandbox.call("GET", faultsUrl))).toEqual({ verify: { kind: "latency", ms: 5 } });
    expect(json(await sandbox.call("DELETE", faultsUrl))).toEqual({});
    expect(await verify()).toMatchObject(unhurt);
  });

  test("that is none is refused, and so is one without the key", async () => {
    expect((await sandbox.call("PUT", faultsUrl, { verify: { kind: "fire" } })).status).toBe(400);
    expect((await sandbox.call("PUT", faultsUrl, { identify: { kind: "drop" } })).status).toBe(400);
    expect((await sandbox.call("PUT", faultsUrl, {}, { headers: {} })).status).toBe(401);
  });
});

test("a sandbox with half-open and dripping connections closes at once", async () => {
  const other = await startTestSandbox();
  await other.call("PUT", faultsUrl, {
    verify: { kind: "half_open" },
    match: { kind: "slow_drip", ms: 5000 },
  });
  const hanging = [other.call("POST", verifyUrl, "{}"), other.call("POST", matchUrl, "{}")].map((call) =>
    call.then(
      () => "answered",
      () => "cut off",
    ),
  );
  // The faults are taken in the order of arrival, so this answer shows that both calls are in the sandbox.
  await other.call("GET", faultsUrl);
  await other.close();
  expect((await Promise.all(hanging))[0]).toBe("cut off");
}, 10_000);
