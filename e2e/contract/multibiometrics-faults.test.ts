import { describe, expect, test } from "vitest";
import type { ApiFailureCode } from "#lib/multibiometrics/types.ts";
import type { FaultPlan } from "#sandbox/faults.ts";
import { sandboxForFile } from "./sandbox-for-file.ts";

const { faces, connect, setFaults, newId, enrolled, note } = sandboxForFile();

const noBreaker = { minimumCalls: 20, windowCalls: 20 };

describe("every fault of the service ends within the time, with its own code", () => {
  const budgetMs = 800;
  const rows: [string, NonNullable<FaultPlan["*"]>, ApiFailureCode][] = [
    ["a slow answer", { kind: "latency", ms: 5_000 }, "timed_out"],
    ["401", { kind: "unauthorized" }, "unauthorized"],
    ["403", { kind: "quota" }, "quota_exhausted"],
    ["429", { kind: "rate_limit", retryAfterSeconds: 30 }, "rate_limited"],
    ["500", { kind: "server_error" }, "server_error"],
    ["503", { kind: "server_error", status: 503 }, "server_error"],
    ["an unknown text", { kind: "plain_text" }, "refused_other"],
    ["an unknown text with status 200", { kind: "plain_text", status: 200 }, "answer_unreadable"],
    ["garbage", { kind: "garbage" }, "answer_unreadable"],
    ["a dropped connection", { kind: "drop" }, "unreachable"],
    ["a half-open connection", { kind: "half_open" }, "timed_out"],
    ["a slow drip", { kind: "slow_drip", ms: 100 }, "timed_out"],
  ];

  test.each(rows)("%s", async (what, fault, code) => {
    const client = connect({ totalTimeoutMs: budgetMs, breaker: noBreaker });
    await setFaults({ "*": fault });
    const startedMs = performance.now();
    const result = await client.delete(newId());
    const tookMs = performance.now() - startedMs;
    note(`${what}: ${code} after ${Math.round(tookMs)} ms`);
    expect(result).toMatchObject({ ok: false, code });
    expect(tookMs).toBeLessThan(budgetMs + 1_000);
  });

  test("a rate limit that ends in time is waited out", async () => {
    const client = connect();
    await setFaults({ delete: { kind: "rate_limit", retryAfterSeconds: 1, times: 1 } });
    expect(await client.delete(newId())).toMatchObject({ code: "person_not_found", call: { tries: 2 } });
  });
});

describe("a write whose answer is lost", () => {
  const lost = { kind: "slow_drip", ms: 1_000, times: 1 } as const;

  test("an enrolment is found enrolled, its BioPassID unknown", async () => {
    const client = connect({ tryTimeoutMs: 4_000 });
    await setFaults({ enroll: lost });
    const customId = newId();
    const result = await client.enroll(customId, { face: faces.a });
    expect(result).toMatchObject({ ok: true, value: { customId, bioPassId: null }, call: { tries: 2 } });
    expect(await client.verify(customId, { face: faces.aOtherwise })).toMatchObject({
      value: { match: true },
    });
  });

  test("a deletion is found done", async () => {
    const client = connect({ tryTimeoutMs: 1_000 });
    const customId = await enrolled(connect());
    await setFaults({ delete: lost });
    expect(await client.delete(customId)).toMatchObject({
      ok: true,
      value: { customId },
      call: { tries: 2 },
    });
  });
});

test("an open circuit answers at once, and closes by itself when the service is back", async () => {
  const client = connect({ breaker: { minimumCalls: 5, probeAfterMs: 300 } });
  await setFaults({ "*": { kind: "server_error" } });
  for (let i = 0; i < 5; i++) await client.delete(newId());
  expect(client.circuits()).toEqual({ people: "open", quality: "closed" });
  const times = [];
  for (let i = 0; i < 20; i++) {
    const startedMs = performance.now();
    expect(await client.verify("contract-open", { face: faces.a })).toMatchObject({ code: "circuit_open" });
    times.push(performance.now() - startedMs);
  }
  times.sort((a, b) => a - b);
  note(`circuit open: answer after ${times[10]?.toFixed(3)} ms (median of 20)`);
  expect(times[10]).toBeLessThan(10);
  await setFaults({});
  const clearedMs = performance.now();
  await expect
    .poll(async () => (await client.delete("contract-nobody")).ok === false && client.circuits().people, {
      timeout: 15_000,
      interval: 20,
    })
    .toBe("closed");
  note(`circuit closed by itself ${Math.round(performance.now() - clearedMs)} ms after the service was back`);
});
