import { expect, test } from "vitest";
import { causeOfReason, isCountDue, placeOf, stepOf, troubleIn, troubleOfCalls } from "./rules.ts";
import type { Probe, TroubleCause } from "./schema.ts";
import type { Finding, OpenIncident, Trouble } from "./types.ts";

const NOW = new Date("2026-03-13T12:00:00.000Z");
const after = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

const found = (probe: Probe, cause: TroubleCause | null): Finding => ({
  probe,
  cause,
  status: null,
  latencyMs: 5,
});
const TROUBLE: Trouble = { part: "api", cause: "timed_out", evidence: "probes", operations: ["verify"] };
const OPEN: OpenIncident = {
  id: "019cc34e-0d40-7b6a-9d3e-0f6f2f1c9a51",
  part: "api",
  openedAt: NOW,
  causes: ["timed_out"],
  evidence: ["probes"],
  operations: ["verify"],
  wellSince: null,
};

test("of several calls that fail, the one logins wait for says why", () => {
  const findings = [found("verify", "rate_limited"), found("enroll", null), found("delete", "server_error")];
  expect(troubleIn("api", findings)).toEqual({
    ...TROUBLE,
    cause: "rate_limited",
    operations: ["verify", "delete"],
  });
  expect(troubleIn("unleash", findings)).toBeNull();
  expect(troubleIn("unleash", [...findings, found("unleash", "unreachable")])).toMatchObject({
    part: "unleash",
    cause: "unreachable",
    operations: [],
  });
});

test.each([
  { calls: 4, failed: 4, told: false, why: "on a handful nothing is said" },
  { calls: 26, failed: 5, told: false, why: "less than a fifth" },
  { calls: 25, failed: 5, told: true, why: "a fifth" },
])("$failed of $calls calls of a minute: $why", ({ calls, failed, told }) => {
  const trouble = troubleOfCalls({ calls, failed: [{ cause: "timed_out", calls: failed }] });
  expect(trouble !== null).toBe(told);
});

test("the most frequent cause of the calls speaks", () => {
  const failed = [
    { cause: "timed_out", calls: 2 },
    { cause: "server_error", calls: 9 },
  ] as const;
  expect(troubleOfCalls({ calls: 20, failed: [...failed] })).toEqual({
    part: "api",
    cause: "server_error",
    evidence: "calls",
    operations: ["verify"],
  });
});

test("an incident opens, gathers, rests, comes back and ends at the moment from which all was well", () => {
  expect(stepOf(null, [], NOW)).toEqual({ kind: "none" });
  expect(stepOf(null, [TROUBLE], NOW)).toEqual({ kind: "open", trouble: TROUBLE });
  const more: Trouble = { part: "api", cause: "unreachable", evidence: "calls", operations: ["enroll"] };
  expect(stepOf(OPEN, [TROUBLE, more], after(15))).toEqual({
    kind: "go_on",
    causes: ["timed_out", "unreachable"],
    evidence: ["probes", "calls"],
    operations: ["verify", "enroll"],
  });
  expect(stepOf(OPEN, [], after(30))).toEqual({ kind: "rest", since: after(30) });
  const resting = { ...OPEN, wellSince: after(30) };
  expect(stepOf(resting, [], after(45))).toEqual({ kind: "none" });
  expect(stepOf(resting, [TROUBLE], after(45))).toMatchObject({ kind: "go_on" });
  expect(stepOf(resting, [], after(60))).toEqual({ kind: "close", at: after(30) });
});

test.each([
  [null, "next"],
  [after(-15), "next"],
  [after(-3), "same"],
  [after(40), "same"],
  [after(-60), "after_silence"],
] as const)("a round after one at %s is %s", (last, place) => {
  expect(placeOf(NOW, last)).toBe(place);
});

test("a circuit that was open is no cause of its own", () => {
  expect(causeOfReason("api_circuit_open")).toBeNull();
  expect(causeOfReason("api_quota_exhausted")).toBe("quota_exhausted");
  expect(causeOfReason("matched")).toBeNull();
});

test("what an incident costs is counted in every round at first, and of a long one every four minutes", () => {
  const countsWithin = (fromMinute: number, minutes: number) =>
    Array.from({ length: minutes * 4 }, (_, place) => fromMinute * 60 + place * 15).filter((second) =>
      isCountDue(NOW, after(second), after(second - 15)),
    ).length;
  expect(countsWithin(0, 30)).toBe(120);
  expect(countsWithin(24 * 60, 60)).toBe(15);
  // However long it was, it is counted while logins that began in it still end.
  expect(countsWithin(24 * 60 + 10, 5)).toBeGreaterThan(0);
  expect(isCountDue(NOW, after(86_400), null)).toBe(true);
});
