import { describe, expect, it } from "vitest";
import { createKeyRing } from "./key-ring.ts";
import { connect, deleted, face, http, matched, type Reply, serve, silence } from "./testing/bare-server.ts";

const refusal = http(401, "Unauthorized");
const second = { apiKeySecondary: "second-key" };
const keysOf = (seen: { head: string }[]) =>
  seen.map(({ head }) => /ocp-apim-subscription-key: (\S+)/i.exec(head)?.[1]);

describe("a call refused for its key", () => {
  it.each([
    [401, "Unauthorized"],
    [403, "Forbidden"],
  ])("with %i is made once more with the other key, at once", async (status, text) => {
    const { url, seen } = await serve(http(status, text), matched);
    const result = await connect(url, second).verify("sample-1", face);
    expect(result).toMatchObject({ ok: true, call: { tries: 2 } });
    expect(keysOf(seen)).toEqual(["people-key", "second-key"]);
  });

  it("never with a used-up quota, which the other key shares", async () => {
    const quota = http(403, "Out of call volume quota. Quota will be replenished in 01:00:00.");
    const { url, seen } = await serve(quota);
    expect(await connect(url, second).verify("sample-1", face)).toMatchObject({ code: "quota_exhausted" });
    expect(seen).toHaveLength(1);
  });

  it("is made with each key once and no more", async () => {
    const { url, seen } = await serve(refusal);
    const result = await connect(url, second).delete("sample-1");
    expect(result).toMatchObject({ ok: false, code: "unauthorized", outcomeUnknown: false });
    expect(keysOf(seen)).toEqual(["people-key", "second-key"]);
  });

  it("keeps its retries for what passes", async () => {
    const { url, seen } = await serve(refusal, http(503, ""), http(503, ""), matched);
    const result = await connect(url, { ...second, totalTimeoutMs: 3_000 }).verify("sample-1", face);
    expect(result).toMatchObject({ ok: true, call: { tries: 4 } });
    expect(keysOf(seen)).toEqual(["people-key", "second-key", "second-key", "second-key"]);
  });

  it("is not begun again without the time for it", async () => {
    const late: Reply = (socket, request) => void setTimeout(() => refusal(socket, request), 420);
    const { url, seen } = await serve(late);
    const result = await connect(url, { ...second, totalTimeoutMs: 500, tryTimeoutMs: 500 }).update(
      "s",
      face,
    );
    expect(result.ok).toBe(false);
    expect(result.call.latencyMs).toBeLessThan(800);
    expect(seen).toHaveLength(1);
  });

  it("has no other key where only one, or the same one twice, is set", async () => {
    for (const apiKeySecondary of [undefined, "people-key"]) {
      const { url, seen } = await serve(refusal);
      await connect(url, { apiKeySecondary }).verify("sample-1", face);
      expect(seen).toHaveLength(1);
    }
  });
});

describe("a write is not sent again where it may have happened", () => {
  it("an update whose answer was lost is not tried with the other key either", async () => {
    const { url, seen } = await serve(silence);
    const result = await connect(url, second).update("sample-1", face);
    expect(result).toMatchObject({ ok: false, code: "timed_out", outcomeUnknown: true });
    expect(seen).toHaveLength(1);
  });

  it("a deletion refused for its key after a lost answer takes the one repeat it has, with the other key", async () => {
    const { url, seen } = await serve(silence, refusal, deleted);
    const result = await connect(url, { ...second, totalTimeoutMs: 900 }).delete("sample-1");
    expect(result).toMatchObject({ ok: true, call: { tries: 3 } });
    expect(keysOf(seen)).toEqual(["people-key", "people-key", "second-key"]);
  });
});

describe("the circuit", () => {
  const breaker = { minimumCalls: 3, windowCalls: 6, probeAfterMs: 60_000 };
  const times = async (count: number, call: () => Promise<unknown>) => {
    for (let i = 0; i < count; i++) await call();
  };

  it("stays closed while one of the keys is taken", async () => {
    const bySecond: Reply = (socket, request) =>
      (request.head.includes("second-key") ? matched : refusal)(socket, request);
    const { url, seen } = await serve(bySecond);
    const client = connect(url, { ...second, breaker });
    await times(6, () => client.verify("sample-1", face));
    expect(client.circuits().people).toBe("closed");
    expect(seen).toHaveLength(7);
  });

  it("opens when both are refused, counting a call with both as one", async () => {
    const { url, seen } = await serve(refusal);
    const client = connect(url, { ...second, breaker });
    await times(3, () => client.verify("sample-1", face));
    expect(client.circuits().people).toBe("open");
    expect(seen).toHaveLength(6);
  });
});

describe("the keys of a package", () => {
  const ring = () => createKeyRing({ primary: "one", secondary: "two" }, () => undefined);

  it("stay with the one that is let in, also when the other's refusal arrives late", () => {
    const keys = ring();
    keys.learn("primary", true);
    keys.learn("secondary", false);
    keys.learn("primary", true);
    expect(keys.state()).toEqual({ using: "secondary", refused: ["primary"] });
  });

  it("do not go back for an answer to a call from before the refusal", () => {
    const keys = ring();
    keys.learn("primary", true);
    keys.learn("secondary", false);
    keys.learn("primary", false);
    expect(keys.current()).toEqual({ name: "secondary", value: "two" });
  });

  it("say once what happened, however many calls meet it", () => {
    const told: unknown[] = [];
    const keys = createKeyRing({ primary: "one", secondary: "two" }, (state) => told.push(state));
    for (let i = 0; i < 5; i++) keys.learn("primary", true);
    for (let i = 0; i < 5; i++) keys.learn("secondary", false);
    expect(told).toEqual([
      { using: "primary", refused: ["primary"] },
      { using: "secondary", refused: ["primary"] },
    ]);
  });
});
