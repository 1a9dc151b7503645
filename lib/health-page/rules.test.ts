import { expect, test } from "vitest";
import type { Probe, TroubleCause } from "#lib/incidents/schema.ts";
import type { TimeSteps } from "#lib/time-steps.ts";
import { linesOf, sideOf, toldIncident, verdictOf } from "./rules.ts";
import type { Incident, ProbeCell, Standing } from "./types.ts";

const NOW = new Date("2026-03-13T12:00:00.000Z");
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
const DAY = 1440;
/** Two days, of which the second began twelve hours ago. */
const STEPS: TimeSteps = { unit: "day", starts: [ago(1.5 * DAY), ago(0.5 * DAY)], now: NOW };

const standing = (probe: Probe, cause: TroubleCause | null = null, minutes = 0.1): Standing => ({
  probe,
  at: ago(minutes),
  cause,
  status: null,
  since: ago(60),
});
const cell = (probe: Probe, step: number, asked: number, failed: number): ProbeCell => ({
  probe,
  step,
  asked,
  failed,
});
const incident = (fields: Partial<Incident>): Incident => ({
  id: "019cc34e-0d40-7b6a-9d3e-0f6f2f1c9a51",
  part: "api",
  openedAt: ago(30),
  closedAt: null,
  causes: ["timed_out"],
  operations: [],
  logins: 0,
  people: 0,
  ...fields,
});

const known = (fields: Partial<Parameters<typeof linesOf>[0]>) => ({
  standings: [],
  cells: [],
  latencies: [],
  incidents: [],
  steps: STEPS,
  ...fields,
});
const lineOf = (line: string, fields: Partial<Parameters<typeof linesOf>[0]>) =>
  linesOf(known(fields), NOW).find((one) => one.line === line);

test("the API is as its calls are, and each call that was ever asked has a line below it", () => {
  const fields = {
    standings: [standing("verify"), standing("enroll", "rate_limited"), standing("worker")],
    cells: [cell("verify", 0, 100, 0), cell("enroll", 0, 100, 30), cell("verify", 1, 50, 1)],
  };
  expect(linesOf(known(fields), NOW).map(({ line }) => line)).toEqual([
    "api",
    "verify",
    "enroll",
    "gateways",
    "unleash",
    "database",
    "worker",
  ]);
  expect(lineOf("api", fields)).toMatchObject({
    now: "trouble",
    cause: "rate_limited",
    days: [
      { state: "failing", failedShare: 0.15 },
      { state: "some_errors", failedShare: 0.02 },
    ],
    upShare: 1 - 31 / 250,
  });
  expect(lineOf("verify", fields)).toMatchObject({ now: "working", cause: null });
});

test("what was not asked is not known, and never well", () => {
  expect(lineOf("unleash", {})).toMatchObject({
    now: "unknown",
    upShare: null,
    days: [{ state: "unknown" }, { state: "unknown" }],
  });
  expect(lineOf("unleash", { standings: [standing("unleash", null, 2)] })).toMatchObject({ now: "unknown" });
});

test("an incident that only the calls of logins show puts the API in trouble although its probes are well", () => {
  const fields = {
    standings: [standing("verify")],
    incidents: [incident({ causes: ["timed_out", "server_error"] })],
  };
  expect(lineOf("api", fields)).toMatchObject({ now: "trouble", cause: "server_error" });
});

test("the worker was up but for the times without one", () => {
  const away = incident({ part: "worker", openedAt: ago(DAY), closedAt: ago(DAY - 144) });
  const fields = {
    standings: [standing("worker")],
    cells: [cell("worker", 0, 9, 0), cell("worker", 1, 9, 0)],
    incidents: [away],
  };
  expect(lineOf("worker", fields)).toMatchObject({
    now: "working",
    days: [
      { state: "failing", failedShare: 0.1 },
      { state: "working", failedShare: 0 },
    ],
    upShare: 0.95,
  });
});

test.each([
  ["nobody looks", [], [incident({})], { kind: "unwatched", since: null }],
  ["the last round is old", [standing("worker", null, 2)], [], { kind: "unwatched", since: ago(2) }],
  ["nothing", [standing("worker")], [], { kind: "well" }],
  [
    "several are open",
    [standing("worker")],
    [incident({ part: "unleash" }), incident({ part: "api" })],
    { kind: "trouble", incident: { part: "api" } },
  ],
  ["one ended lately", [standing("worker")], [incident({ closedAt: ago(20) })], { kind: "over" }],
  ["one ended long ago", [standing("worker")], [incident({ closedAt: ago(61) })], { kind: "well" }],
] as const)("the heading where %s", (_, standings, incidents, verdict) => {
  expect(verdictOf(standings, incidents, NOW)).toMatchObject(verdict);
});

test.each([
  ["api", ["timed_out"], "theirs"],
  ["api", ["unauthorized", "server_error"], "theirs"],
  ["api", ["unauthorized"], "between"],
  ["api", ["unreachable", "rate_limited"], "between"],
  ["unleash", ["unreachable"], "ours"],
] as const)("trouble in %s for %j is %s", (part, causes, side) => {
  expect(sideOf({ part, causes: [...causes] })).toBe(side);
});

test("a viewer is not told how few people an incident touched", () => {
  const small = incident({ logins: 3, people: 2 });
  expect(toldIncident(small, "small_hidden")).toMatchObject({ logins: null, people: null });
  expect(toldIncident(small, "full")).toEqual(small);
  expect(toldIncident(incident({ logins: 0 }), "small_hidden")).toMatchObject({ logins: 0 });
});
