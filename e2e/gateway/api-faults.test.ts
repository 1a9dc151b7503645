import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { FaultPlan } from "#sandbox/faults.ts";
import { sampleFace } from "#sandbox/testing/sample-faces.ts";
import { healthOf, startWorld, until, type World } from "./start-world.ts";

const BUDGET_MS = 3_000;
/** What the machine may add to the budget while other tests run beside this one. */
const SLACK_MS = 400;

let world: World;
let face: string;
const figures: string[] = [];

beforeAll(async () => {
  world = await startWorld({ gateway: { breaker: { probeAfterMs: 1_000 } } });
  face = (await sampleFace("A")).toString("base64");
  const body = { customId: "caio", legalBasis: "lgpd_11_i_consent", face };
  expect((await world.call("POST", "/v1/enrollments", body)).status).toBe(201);
});
beforeEach(async () => {
  await world.faults({});
  await until(async () => (await logIn()).body.decision === "approved");
});
afterAll(async () => {
  process.stdout.write(`\n${figures.join("\n")}\n`);
  await world.close();
});

const logIn = () => world.call("POST", "/v1/logins", { customId: "caio", face });

const FAULTS: [string, FaultPlan, string][] = [
  ["a refused key (401)", { "*": { kind: "unauthorized" } }, "api_unauthorized"],
  ["a used-up quota (403)", { "*": { kind: "quota" } }, "api_quota_exhausted"],
  ["a rate limit (429)", { "*": { kind: "rate_limit", retryAfterSeconds: 30 } }, "api_rate_limited"],
  ["a server error (500)", { "*": { kind: "server_error" } }, "api_server_error"],
  ["a bad gateway (502)", { "*": { kind: "server_error", status: 502 } }, "api_server_error"],
  ["a server that is away (503)", { "*": { kind: "server_error", status: 503 } }, "api_server_error"],
  ["an answer that is garbage", { "*": { kind: "garbage" } }, "api_answer_unreadable"],
  ["an unknown refusal in plain text", { "*": { kind: "plain_text" } }, "api_refused"],
  ["a dropped connection", { "*": { kind: "drop" } }, "api_unreachable"],
  ["a connection nobody answers", { "*": { kind: "half_open" } }, "api_timed_out"],
  ["an answer byte by byte", { "*": { kind: "slow_drip", ms: 500 } }, "api_timed_out"],
  ["an answer after ten seconds", { "*": { kind: "latency", ms: 10_000 } }, "api_timed_out"],
];

test.each(FAULTS)(
  "%s ends as use_legacy within the time limit, with its reason",
  async (what, plan, reason) => {
    await world.faults(plan);
    const answer = await logIn();
    figures.push(`${what.padEnd(34)} ${String(answer.body.reason).padEnd(22)} ${answer.ms} ms`);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ path: "biometric", decision: "use_legacy", reason });
    expect(answer.body.feedback).toMatchObject({ code: "use_password_this_time" });
    expect(answer.ms).toBeLessThan(BUDGET_MS + SLACK_MS);
    const ending = { succeeded: true };
    const closed = await world.call("POST", `/v1/logins/${answer.body.loginId}/legacy-outcome`, ending);
    expect(closed.status).toBe(204);
    const [row] = await world.db.sql`select v.reason, o.outcome, o.fallback_reason from verifications v
    join login_outcomes o on o.login_id = v.login_id order by v.at desc limit 1`;
    expect(row).toEqual({ reason, outcome: "fell_back", fallback_reason: "api_trouble" });
  },
);

test("once the circuit is open every login is answered at once, and it closes by itself", async () => {
  await world.faults({ "*": { kind: "half_open" } });
  const slow = await Promise.all(Array.from({ length: 20 }, logIn));
  expect(slow.every(({ body }) => body.decision === "use_legacy")).toBe(true);
  const first = Math.max(...slow.map(({ ms }) => ms));
  const open = await logIn();
  expect(open.body).toMatchObject({ decision: "use_legacy", reason: "api_circuit_open" });
  const times = [];
  for (let turn = 0; turn < 10; turn += 1) {
    const answer = await logIn();
    if (answer.body.reason === "api_circuit_open") times.push(answer.ms);
  }
  figures.push(`20 logins on a dead API: ${first} ms; circuit open: ${times.join(", ")} ms`);
  // Nothing was waited for: even the slowest took a fraction of what the dead API costs.
  expect(Math.max(0, ...times)).toBeLessThan(first / 2);
  expect(times.length).toBeGreaterThan(0);
  expect((await healthOf(world.gateway.url)).parts.api?.status).toBe("degraded");
  await world.faults({});
  const backMs = performance.now();
  await until(async () => (await logIn()).body.decision === "approved");
  figures.push(`recovered by itself ${Math.round(performance.now() - backMs)} ms after the API did`);
});

test("a failing quality check lets the verification go on; a failing liveness check does not", async () => {
  await world.setPolicy({ qualityChecked: true, livenessRequired: true });
  await world.faults({ check_icao: { kind: "unauthorized" } });
  expect((await logIn()).body).toMatchObject({ decision: "approved" });
  await world.faults({ liveness: { kind: "server_error" } });
  expect((await logIn()).body).toMatchObject({ decision: "use_legacy", reason: "api_server_error" });
  await world.setPolicy({ qualityChecked: false, livenessRequired: false });
});

test("an enrolment while the API is away is answered 503, changes nothing and works later", async () => {
  const body = { customId: "dora", legalBasis: "lgpd_11_i_consent", face };
  await world.faults({ enroll: { kind: "unauthorized" } });
  const refused = await world.call("POST", "/v1/enrollments", body);
  expect(refused).toMatchObject({ status: 503, body: { code: "api_unavailable", reason: "unauthorized" } });
  expect(refused.headers.get("retry-after")).toBe("5");
  expect(await world.db.sql`select id from people where custom_id = 'dora'`).toHaveLength(0);
  await world.faults({});
  expect((await world.call("POST", "/v1/enrollments", body)).status).toBe(201);
});

test("an enrolment whose answer was lost is unknown, keeps the person off, and is put right by sending it again", async () => {
  const body = { customId: "edu", legalBasis: "lgpd_11_i_consent", face };
  await world.faults({ enroll: { kind: "slow_drip", ms: 2_000 } });
  const lost = await world.call("POST", "/v1/enrollments", body);
  expect(lost).toMatchObject({ status: 502, body: { code: "outcome_unknown" } });
  const login = await world.call("POST", "/v1/logins", { customId: "edu" });
  expect(login.body).toMatchObject({ path: "legacy", reason: "enrollment_pending" });
  await world.faults({});
  const again = await world.call("POST", "/v1/enrollments", body);
  expect(again).toMatchObject({ status: 201, body: { feedback: { code: "enrollment_completed" } } });
  const [person] = await world.db.sql`select status, bio_pass_id from people where custom_id = 'edu'`;
  expect(person).toEqual({ status: "enrolled", bio_pass_id: null });
  const states = await world.db.sql`select e.state from enrolments e join people p on p.id = e.person_id
    where p.custom_id = 'edu' order by e.intended_at`;
  expect(states.map(({ state }) => state)).toEqual(["unknown", "succeeded"]);
});
