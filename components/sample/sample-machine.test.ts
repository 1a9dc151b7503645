import { expect, test } from "vitest";
import type { Decision } from "#lib/logins/schema.ts";
import type { OpenAnswer, SampleFailed, TryAnswer } from "#lib/sample/types.ts";
import { nextView, START } from "./sample-machine.ts";

const exchange = { call: "POST /v1/logins", status: 200, latencyMs: 9, problemCode: null };
const feedback = { code: "some_code", text: "Some words." };
const away: SampleFailed = { ok: false, code: "gateway_away", feedback: null, exchange: null };

const opened = (path: "biometric" | "legacy"): OpenAnswer => ({
  ok: true,
  loginId: "lg_1",
  path,
  reason: "exposed",
  attemptsLeft: 3,
  feedback,
  exchange,
});
const tried = (decision: Decision, attemptsLeft = 2): TryAnswer => ({
  ok: true,
  decision,
  reason: "different_person",
  attemptsLeft,
  feedback,
  exchange,
});
const atCamera = nextView(START, { type: "opened", purpose: "login", answer: opened("biometric") });

test("the biometric path opens the camera, the legacy path the password with the gateway's words", () => {
  expect(atCamera).toMatchObject({ step: { at: "login" }, login: { id: "lg_1", attemptsLeft: 3 } });
  expect(nextView(START, { type: "opened", purpose: "login", answer: opened("legacy") })).toMatchObject({
    step: { at: "password", reason: "told_to" },
    message: { from: "gateway", feedback },
  });
});

test.each([
  ["approved", { at: "in", by: "biometric" }],
  ["retry_capture", { at: "login" }],
  ["rejected", { at: "password", reason: "told_to" }],
  ["use_legacy", { at: "password", reason: "told_to" }],
] as const)("%s leads to its own step with the gateway's words", (decision, step) => {
  const view = nextView(atCamera, { type: "tried", answer: tried(decision) });
  expect(view).toMatchObject({
    step,
    message: { from: "gateway", feedback },
    tries: [{ decision, feedbackCode: "some_code" }],
    login: { attemptsLeft: 2 },
  });
});

test("a gateway that is away leads to the password, when a login opens and in the middle of one", () => {
  expect(nextView(START, { type: "opened", purpose: "login", answer: away }).step).toMatchObject({
    at: "password",
  });
  expect(nextView(atCamera, { type: "tried", answer: away }).step).toMatchObject({ at: "password" });
});

test("a refused enrolment stays at the camera, and the next try gets a fresh one", () => {
  const enrolling = nextView(nextView(START, { type: "ask_consent", replace: false }), { type: "consented" });
  const refused = nextView(enrolling, { type: "enrolled", answer: { ...away, code: "refused", feedback } });
  expect(refused).toMatchObject({ step: { at: "enrol" }, message: { feedback } });
  expect(refused.round).toBeGreaterThan(enrolling.round);
});

test("the password lets a member in even when the gateway was not told, and says so", () => {
  const answer = {
    ok: true as const,
    result: "in" as const,
    waitSeconds: 0,
    reported: { reason: "told_to" as const, heard: false },
    exchanges: [],
  };
  expect(nextView(atCamera, { type: "password_checked", answer })).toMatchObject({
    step: { at: "in", by: "password" },
    message: { from: "page", code: "unheard" },
  });
});

test("starting over forgets the login and keeps the calls for the developer", () => {
  const over = nextView(atCamera, { type: "start_over" });
  expect(over).toMatchObject({ step: { at: "start" }, login: null, tries: [], exchanges: [exchange] });
});

const inside = nextView(atCamera, { type: "tried", answer: tried("approved") });
const paying = nextView(inside, { type: "opened", purpose: "transaction", answer: opened("biometric") });

test("a payment is confirmed with the face, or with the password where the gateway says so", () => {
  expect(paying).toMatchObject({ step: { at: "login" }, purpose: "transaction", tries: [] });
  expect(nextView(paying, { type: "tried", answer: tried("approved") }).step).toEqual({
    at: "paid",
    by: "biometric",
  });
  const told = nextView(paying, { type: "tried", answer: tried("use_legacy") });
  expect(told).toMatchObject({ step: { at: "password", reason: "told_to" }, purpose: "transaction" });
  const answer = { ok: true, result: "in", waitSeconds: 0, reported: null, exchanges: [] } as const;
  const confirmed = nextView(told, { type: "password_checked", answer: { ...answer, exchanges: [] } });
  expect(confirmed.step).toEqual({ at: "paid", by: "password" });
});

test("who does not pay is still logged in, the way they came", () => {
  expect(nextView(paying, { type: "leave_payment" })).toMatchObject({
    step: { at: "in", by: "biometric" },
    purpose: "login",
  });
});

test("an answer that is shown changes nothing that happened, and goes with the next thing that does", () => {
  const shown = nextView(paying, { type: "show", code: "too_dark" });
  expect(shown).toEqual({ ...paying, shown: "too_dark" });
  expect(nextView(shown, { type: "show", code: null })).toEqual(paying);
  expect(nextView(shown, { type: "choose_password", reason: "chose_password" }).shown).toBeNull();
});
