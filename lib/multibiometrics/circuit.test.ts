import { describe, expect, it } from "vitest";
import { connect, face, http, matched, type Reply, reset, serve, silence } from "./testing/bare-server.ts";
import type { Multibiometrics } from "./types.ts";

describe("the circuit", () => {
  const breaker = { minimumCalls: 3, windowCalls: 6, probeAfterMs: 200 };
  const fail = async (client: Multibiometrics, times: number) => {
    for (let i = 0; i < times; i++) await client.verify("sample-1", face);
  };

  it.each<[string, Reply]>([
    ["401", http(401, "")],
    ["403", http(403, "Out of call volume quota. Quota will be replenished in 01:00:00.")],
    ["429", http(429, "", { "retry-after": "60" })],
    ["500", http(500, "")],
    ["garbage", http(200, "garbage")],
    ["resets", reset],
    ["silence", silence],
  ])("opens on %s and then answers at once", async (_fault, reply) => {
    const { url, seen } = await serve(reply);
    const client = connect(url, { breaker: { ...breaker, probeAfterMs: 60_000 }, totalTimeoutMs: 300 });
    await fail(client, 3);
    const asked = seen.length;
    const startedMs = performance.now();
    const result = await client.verify("sample-1", face);
    expect(performance.now() - startedMs).toBeLessThan(200);
    expect(result).toMatchObject({
      ok: false,
      code: "circuit_open",
      outcomeUnknown: false,
      call: { tries: 0 },
    });
    expect(seen).toHaveLength(asked);
    expect(client.circuits()).toEqual({ people: "open", quality: "closed" });
  });

  it.each<[string, Reply]>([
    ["refused people", http(400, "Person not found")],
    ["bad captures", http(400, "Failed to extract template")],
    ["an endpoint that is not served", http(404, "Resource not found")],
  ])("stays closed on %s", async (_what, reply) => {
    const { url } = await serve(reply);
    const client = connect(url, { breaker });
    await fail(client, 10);
    expect(client.circuits().people).toBe("closed");
  });

  it("stays open while a hand holds it, whatever the service answers, and begins closed after that", async () => {
    const { url, seen } = await serve(matched);
    let isHeld = true;
    const client = connect(url, { breaker, isHeldOpen: () => isHeld });
    const told = [await client.verify("sample-1", face), await client.checkIcao("eA==")];
    expect(told).toMatchObject([{ code: "circuit_open" }, { code: "circuit_open" }]);
    expect(seen).toHaveLength(0);
    expect(client.circuits()).toEqual({ people: "held", quality: "held" });
    isHeld = false;
    expect(client.circuits()).toEqual({ people: "closed", quality: "closed" });
    expect(await client.verify("sample-1", face)).toMatchObject({ ok: true });
  });

  it("is not closed by a probe that comes back well while a hand holds it", async () => {
    let release: () => void = () => {};
    const probe: Reply = (socket, request) => {
      release = () => matched(socket, request);
    };
    const { url, seen } = await serve(http(500, ""), http(500, ""), http(500, ""), probe, matched);
    let isHeld = false;
    const client = connect(url, {
      ...{ breaker: { ...breaker, probeAfterMs: 0 }, totalTimeoutMs: 9_000, isHeldOpen: () => isHeld },
    });
    await fail(client, 3);
    const probing = client.verify("sample-1", face);
    await expect.poll(() => seen.length, { timeout: 10_000 }).toBe(4);
    isHeld = true;
    expect(client.circuits().people).toBe("held");
    release();
    expect(await probing).toMatchObject({ ok: true });
    expect(await client.verify("sample-1", face)).toMatchObject({ code: "circuit_open" });
  });

  it("of quality opens alone", async () => {
    const { url } = await serve(http(401, ""));
    const client = connect(url, { breaker });
    for (let i = 0; i < 3; i++) await client.checkIcao("eA==");
    expect(client.circuits()).toEqual({ people: "closed", quality: "open" });
  });

  it("lets one call through as a probe, answers the others at once, and closes by itself", async () => {
    let release: () => void = () => {};
    const probe: Reply = (socket, request) => {
      release = () => matched(socket, request);
    };
    const { url, seen } = await serve(http(500, ""), http(500, ""), http(500, ""), probe, matched);
    const client = connect(url, { breaker: { ...breaker, probeAfterMs: 0 }, totalTimeoutMs: 9_000 });
    await fail(client, 3);
    const probing = client.verify("sample-1", face);
    await expect.poll(() => seen.length, { timeout: 10_000 }).toBe(4);
    expect(client.circuits().people).toBe("half_open");
    expect(await client.verify("sample-1", face)).toMatchObject({ code: "circuit_open" });
    release();
    expect(await probing).toMatchObject({ ok: true });
    expect(client.circuits().people).toBe("closed");
    expect(await client.verify("sample-1", face)).toMatchObject({ ok: true });
  });

  it("does not count the impatience of callers", async () => {
    const { url } = await serve(silence);
    const client = connect(url, { breaker });
    for (let i = 0; i < 5; i++) await client.verify("sample-1", face, { totalTimeoutMs: 20 });
    expect(client.circuits().people).toBe("closed");
  });

  it("opens on silence also where the policy gives the API the shortest time it may", async () => {
    const { url } = await serve(silence);
    const client = connect(url, { breaker, totalTimeoutMs: 3_000 });
    for (let i = 0; i < 3; i++) await client.verify("sample-1", face, { totalTimeoutMs: 380 });
    expect(client.circuits().people).toBe("open");
  });

  it("stays open when its probe found out nothing, because its caller had no time", async () => {
    const { url } = await serve(http(500, ""), http(500, ""), http(500, ""), silence);
    const client = connect(url, { breaker: { ...breaker, probeAfterMs: 0 } });
    await fail(client, 3);
    expect(await client.verify("sample-1", face, { totalTimeoutMs: 20 })).toMatchObject({
      code: "timed_out",
    });
    expect(client.circuits().people).toBe("open");
  });

  it("tells the log what opened it and nothing about people", async () => {
    const lines: unknown[] = [];
    const record = (...line: unknown[]) => void lines.push(line);
    const { url } = await serve(http(500, "sample-1 c2FtcGxl people-key"));
    const client = connect(url, { breaker, log: { info: record, warn: record } });
    await fail(client, 3);
    expect(JSON.stringify(lines)).toContain('"lastFailure":"server_error"');
    expect(JSON.stringify(lines)).not.toMatch(/sample-1|c2FtcGxl|people-key/);
  });
});
