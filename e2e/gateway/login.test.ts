import { afterAll, beforeAll, expect, test } from "vitest";
import { generatePrint } from "#sandbox/fingers/generate-print.ts";
import { render, sampleFace } from "#sandbox/testing/sample-faces.ts";
import { type Answer, startWorld, type World } from "./start-world.ts";

let world: World;
let own: Buffer;
let other: Buffer;

beforeAll(async () => {
  world = await startWorld();
  own = await sampleFace("A");
  other = await sampleFace("B");
  const enrolled = await enrol("ana", own);
  expect(enrolled.status).toBe(201);
});
afterAll(() => world.close());

const base64 = (picture: Buffer) => picture.toString("base64");
const enrol = (customId: string, face: Buffer) =>
  world.call("POST", "/v1/enrollments", { customId, legalBasis: "lgpd_11_i_consent", face: base64(face) });
const logIn = (customId: string, face?: string, more: object = {}) =>
  world.call("POST", "/v1/logins", { customId, ...(face === undefined ? {} : { face }), ...more });
const code = (answer: Answer) => (answer.body.feedback as { code: string }).code;

test.each([
  ["smaller", { format: "jpg", width: 320 }],
  ["larger", { format: "jpg", width: 640 }],
  ["brighter", { format: "jpg", brightness: 1.25 }],
  ["darker", { format: "jpg", brightness: 0.8 }],
  ["of low quality", { format: "jpg", quality: 45 }],
  ["a PNG", { format: "png", width: 400 }],
  ["a BMP", { format: "bmp", width: 400 }],
] as const)("a person enrolled with one picture gets in with another that is %s", async (_, rendition) => {
  const answer = await logIn("ana", base64(await render(own, rendition)));
  expect(answer.status).toBe(201);
  expect(answer.body).toMatchObject({ path: "biometric", reason: "matched", decision: "approved" });
  expect(code(answer)).toBe("welcome");
});

test("somebody else's face is asked to try again twice, then sent to the password", async () => {
  const first = await logIn("ana", base64(other), { channel: "web" });
  expect(first.body).toMatchObject({
    decision: "retry_capture",
    reason: "different_person",
    attemptsLeft: 2,
  });
  const path = `/v1/logins/${first.body.loginId}/verifications`;
  const second = await world.call("POST", path, { face: base64(other) });
  expect(second.body).toMatchObject({ decision: "retry_capture", attemptsLeft: 1 });
  const third = await world.call("POST", path, { face: base64(other) });
  expect(third.body).toMatchObject({ decision: "use_legacy", reason: "different_person", attemptsLeft: 0 });
  expect(code(third)).toBe("not_matched_last");
  const fourth = await world.call("POST", path, { face: base64(own) });
  expect(fourth.body).toMatchObject({ decision: "use_legacy", reason: "attempts_used_up", attemptsLeft: 0 });
  const ending = { succeeded: true, reason: "told_to" };
  const closed = await world.call("POST", `/v1/logins/${first.body.loginId}/legacy-outcome`, ending);
  expect(closed.status).toBe(204);
  const [outcome] = await world.db.sql`select outcome, fallback_reason, channel from login_outcomes
    where outcome = 'fell_back'`;
  expect(outcome).toEqual({ outcome: "fell_back", fallback_reason: "attempts_used_up", channel: "web" });
});

test("where the policy rejects, another person is rejected and the login has ended", async () => {
  await world.setPolicy({ afterNotMatched: "reject" });
  const answer = await logIn("ana", base64(other));
  expect(answer.body).toMatchObject({ decision: "rejected", reason: "different_person", attemptsLeft: 0 });
  const again = await world.call("POST", `/v1/logins/${answer.body.loginId}/verifications`, {
    face: base64(own),
  });
  expect(again).toMatchObject({ status: 409, body: { code: "login_closed" } });
  await world.setPolicy({ afterNotMatched: "retry" });
});

test("two requests at once cannot both take the last try", async () => {
  await world.setPolicy({ attemptsBeforeFallback: 1, failuresBeforePause: 10 });
  const opened = await logIn("ana");
  expect(opened.body).toMatchObject({ path: "biometric", reason: "exposed", attemptsLeft: 1 });
  const path = `/v1/logins/${opened.body.loginId}/verifications`;
  const both = await Promise.all([1, 2].map(() => world.call("POST", path, { face: base64(other) })));
  expect(both.map(({ body }) => body.reason).sort()).toEqual(["attempts_used_up", "different_person"]);
  await world.setPolicy({ attemptsBeforeFallback: 3, failuresBeforePause: 5 });
});

test("a login opened on one gateway goes on on another", async () => {
  await world.db.sql`update people set failures_in_a_row = 0, paused_until = null`;
  const opened = await logIn("ana");
  const second = await world.another({ dataDir: `${world.dataDir}-2` });
  const answer = await fetch(`${second.url}/v1/logins/${opened.body.loginId}/verifications`, {
    method: "POST",
    headers: { authorization: `Bearer ${world.key}`, "content-type": "application/json" },
    body: JSON.stringify({ face: base64(own) }),
  });
  expect(await answer.json()).toMatchObject({ decision: "approved", reason: "matched" });
});

test("failures in a row pause a person, and say so", async () => {
  await world.setPolicy({ failuresBeforePause: 2 });
  await world.db.sql`update people set failures_in_a_row = 0, paused_until = null`;
  await logIn("ana", base64(other));
  await logIn("ana", base64(other));
  const paused = await logIn("ana", base64(own));
  expect(paused.body).toMatchObject({ path: "legacy", reason: "paused", decision: "use_legacy" });
  expect(code(paused)).toBe("use_password_paused");
  await world.db.sql`update people set failures_in_a_row = 0, paused_until = null`;
  await world.setPolicy({ failuresBeforePause: 5 });
});

test("somebody never enrolled goes the old way, and no person row is made", async () => {
  const answer = await logIn("nobody-here", base64(own), { locale: "pt-BR" });
  expect(answer.body).toMatchObject({ path: "legacy", reason: "not_enrolled", decision: "use_legacy" });
  expect(answer.body.feedback).toEqual({ code: "use_password", text: "Use a sua senha, por favor." });
  const outcome = await world.call("POST", `/v1/logins/${answer.body.loginId}/legacy-outcome`, {
    succeeded: true,
  });
  expect(outcome.status).toBe(204);
  const [row] = await world.db
    .sql`select count(*)::int as people from people where custom_id = 'nobody-here'`;
  expect(row).toEqual({ people: 0 });
});

test("fingers work as a face does: the enrolled one gets in, another finger does not", async () => {
  const [right, left] = (await Promise.all([1, 2].map(generatePrint))).map(base64);
  const body = { customId: "bruno", legalBasis: "lgpd_11_i_consent", fingers: { "2": right, "7": left } };
  expect((await world.call("POST", "/v1/enrollments", body)).status).toBe(201);
  const logInWith = (fingers: object) => world.call("POST", "/v1/logins", { customId: "bruno", fingers });
  expect((await logInWith({ "7": left })).body).toMatchObject({ decision: "approved", reason: "matched" });
  const other = await logInWith({ "2": left });
  expect(other.body).toMatchObject({ decision: "retry_capture", reason: "fingers_not_matched" });
  expect(code(other)).toBe("finger_not_matched");
  const [person] = await world.db
    .sql`select face_enrolled, fingers_enrolled from people where custom_id = 'bruno'`;
  expect(person).toEqual({ face_enrolled: false, fingers_enrolled: [2, 7] });
});

test("a second outcome of a login is accepted and changes nothing", async () => {
  const opened = await logIn("ana");
  const path = `/v1/logins/${opened.body.loginId}/legacy-outcome`;
  const statuses = [];
  for (const succeeded of [false, true])
    statuses.push((await world.call("POST", path, { succeeded })).status);
  expect(statuses).toEqual([204, 204]);
  const rows = await world.db.sql`select outcome from login_outcomes order by at desc limit 1`;
  expect(rows.map(({ outcome }) => outcome)).toEqual(["fell_back_failed"]);
});

test.each([
  ["flag_off", "flag_off"],
  ["flag_unknown", "flag_unknown"],
  ["flags_stale", "flags_stale"],
  ["flags_unreachable", "flags_unreachable"],
] as const)("with %s the login goes the old way and says why", async (reason, expected) => {
  world.flags.answer(reason);
  const answer = await logIn("ana", base64(own));
  world.flags.answer("flag_on");
  expect(answer.body).toMatchObject({ path: "legacy", reason: expected, decision: "use_legacy" });
});

test("a halt reaches new and open logins within a second", async () => {
  const open = await logIn("ana");
  const startedMs = performance.now();
  await world.db.sql`update rollout_intents set halted = true, version = version + 1`;
  await world.db.sql`select pg_notify('rollout_intent', '')`;
  let answer = await logIn("ana");
  while (answer.body.reason !== "halted" && performance.now() - startedMs < 1_000)
    answer = await logIn("ana");
  process.stdout.write(`halt in force after ${Math.round(performance.now() - startedMs)} ms\n`);
  expect(answer.body).toMatchObject({ path: "legacy", reason: "halted" });
  const tried = await world.call("POST", `/v1/logins/${open.body.loginId}/verifications`, {
    face: base64(own),
  });
  expect(tried.body).toMatchObject({ decision: "use_legacy", reason: "halted" });
  await world.db.sql`update rollout_intents set halted = false, version = version + 1`;
  await world.db.sql`select pg_notify('rollout_intent', '')`;
  while ((await logIn("ana")).body.reason === "halted");
});

test("another application cannot use this one's login, nor can anybody forge one", async () => {
  const opened = await logIn("ana");
  const id = String(opened.body.loginId);
  const last = id.endsWith("A") ? "B" : "A";
  for (const forged of [`${id.slice(0, -1)}${last}`, "lg_x", `lg_${"A".repeat(43)}`]) {
    const answer = await world.call("POST", `/v1/logins/${forged}/verifications`, { face: base64(own) });
    expect(answer).toMatchObject({ status: 404, body: { code: "login_not_found" } });
  }
});

test("a false accept can be reported afterwards", async () => {
  const approved = await logIn("ana", base64(own));
  expect(approved.body.decision).toBe("approved");
  const report = await world.call("POST", `/v1/logins/${approved.body.loginId}/reports`, {
    kind: "false_accept",
  });
  expect(report.status).toBe(202);
});

test("two pictures of one person compare as approved, of two people not", async () => {
  const same = await world.call("POST", "/v1/comparisons", {
    type: "face",
    a: base64(own),
    b: base64(await render(own, { format: "png", width: 320 })),
  });
  expect(same.body).toMatchObject({ genuine: true, approved: true });
  const two = await world.call("POST", "/v1/comparisons", { type: "face", a: base64(own), b: base64(other) });
  expect(two.body).toMatchObject({ genuine: false, approved: false });
});
