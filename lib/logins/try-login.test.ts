import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { CaptureReading } from "#lib/captures/types.ts";
import { newIdAt } from "#lib/ids.ts";
import { DEFAULT_POLICY_VALUES } from "#lib/policies/schema.ts";
import { closeLogin } from "./close-login.ts";
import { openLogin } from "./open-login.ts";
import { APPLICATION, createFakeDesk, FACE, type FakeDesk, loginRequest } from "./testing/fake-desk.ts";
import { tryLogin } from "./try-login.ts";

const start = new Date("2026-03-13T12:00:00Z");
const open = (desk: FakeDesk, withFace: boolean) => openLogin(desk, loginRequest(desk, withFace));
const attempt = (desk: FakeDesk, loginId: string) =>
  tryLogin(desk, { loginId, applicationId: APPLICATION, locale: "en" }, FACE);
const end = (desk: FakeDesk, loginId: string, succeeded = true) =>
  closeLogin(desk, { loginId, applicationId: APPLICATION, succeeded, reason: null, lockedOut: false });

describe("what cannot be recorded is not granted", () => {
  test("nobody is approved on a login that could be kept nowhere", async () => {
    const desk = createFakeDesk(start);
    desk.set.recorderFails = true;
    expect(await open(desk, true)).toMatchObject({ decision: "use_legacy", reason: "ledger_unavailable" });
  });

  test("a login whose opening could not be kept goes the old way", async () => {
    const desk = createFakeDesk(start);
    desk.set.recorderFails = true;
    expect(await open(desk, false)).toMatchObject({ path: "legacy", reason: "ledger_unavailable" });
  });

  test("an outcome that could be kept nowhere is asked for again", async () => {
    const desk = createFakeDesk(start);
    const { id } = await open(desk, false);
    desk.set.recorderFails = true;
    expect(await end(desk, id)).toEqual({ ok: false, code: "unrecorded" });
    desk.set.recorderFails = false;
    expect(await end(desk, id)).toEqual({ ok: true });
    expect(desk.batches.at(-1)?.closed).toMatchObject([{ loginId: id, outcome: "fell_back" }]);
  });
});

describe("with the database away", () => {
  async function openedBefore(): Promise<{ desk: FakeDesk; id: string }> {
    const desk = createFakeDesk(start);
    const { id } = await open(desk, false);
    desk.set.rows = "away";
    return { desk, id };
  }

  test("a login opened here goes on, and no more often than the policy allows", async () => {
    const { desk, id } = await openedBefore();
    desk.set.verdict = { ...desk.set.verdict, ok: true, value: noMatch };
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => attempt(desk, id)));
    const reasons = answers.map((answer) => (answer.ok ? answer.answer.reason : answer.code));
    expect(reasons.filter((reason) => reason === "different_person")).toHaveLength(3);
    expect(reasons.filter((reason) => reason === "attempts_used_up")).toHaveLength(2);
  });

  test("an approved login has ended: it cannot be tried or ended again", async () => {
    const { desk, id } = await openedBefore();
    expect(await attempt(desk, id)).toMatchObject({ ok: true, answer: { decision: "approved" } });
    expect(await attempt(desk, id)).toEqual({ ok: false, code: "closed" });
    expect(await end(desk, id, false)).toEqual({ ok: true });
    expect(desk.batches.flatMap(({ closed = [] }) => closed)).toMatchObject([
      { outcome: "completed_biometric" },
    ]);
  });

  test("a new login is kept with its subject, so that the journal can name the person later", async () => {
    const { desk } = await openedBefore();
    const { id } = await open(desk, true);
    expect(desk.batches.at(-1)?.opened).toMatchObject([
      { id, personId: null, subject: { customId: "sample" } },
    ]);
    await end(desk, id);
    expect(desk.batches.at(-1)?.closed).toMatchObject([{ loginId: id, subject: { customId: "sample" } }]);
  });

  test("a login of another gateway goes the old way, and its outcome is asked for again", async () => {
    const { desk } = await openedBefore();
    const foreign = newIdAt(start);
    expect(await attempt(desk, foreign)).toMatchObject({
      ok: true,
      answer: { reason: "ledger_unavailable" },
    });
    expect(await end(desk, foreign)).toEqual({ ok: false, code: "unrecorded" });
  });
});

describe("a login the database does not hold", () => {
  test("may stand in another gateway's journal while it is young: nothing is lost", async () => {
    const desk = createFakeDesk(start);
    desk.set.rows = [];
    const young = newIdAt(new Date(start.getTime() - 60_000));
    expect(await attempt(desk, young)).toMatchObject({ ok: true, answer: { decision: "use_legacy" } });
    expect(await end(desk, young)).toEqual({ ok: false, code: "unrecorded" });
  });

  test("has ended when it is older than any login stays open", async () => {
    const desk = createFakeDesk(start);
    desk.set.rows = [];
    const old = newIdAt(new Date(start.getTime() - 11 * 60_000));
    expect(await attempt(desk, old)).toEqual({ ok: false, code: "closed" });
    expect(await end(desk, old)).toEqual({ ok: true });
    expect(desk.batches).toEqual([]);
  });
});

test("a halt stops an open login before anything is asked, and its fallback says so", async () => {
  const desk = createFakeDesk(start);
  const { id } = await open(desk, false);
  desk.set.halted = true;
  expect(await attempt(desk, id)).toMatchObject({
    ok: true,
    answer: { decision: "use_legacy", reason: "halted" },
  });
  await end(desk, id);
  expect(desk.batches.at(-1)?.closed).toMatchObject([{ outcome: "fell_back", fallbackReason: "halted" }]);
  expect(desk.batches.flatMap(({ verifications = [] }) => verifications)).toEqual([]);
});

test("Unleash switched off stops an open login as well, also while the database is away", async () => {
  const desk = createFakeDesk(start);
  const { id } = await open(desk, false);
  desk.set.flag = "flag_off";
  desk.set.rows = "away";
  expect(await attempt(desk, id)).toMatchObject({
    ok: true,
    answer: { decision: "use_legacy", reason: "halted" },
  });
  expect(desk.batches.flatMap(({ verifications = [] }) => verifications)).toEqual([]);
});

test.each(["flags_stale", "flags_unreachable"] as const)("an open login goes on with %s", async (flag) => {
  const desk = createFakeDesk(start);
  const { id } = await open(desk, false);
  desk.set.flag = flag;
  desk.set.rows = "away";
  expect(await attempt(desk, id)).toMatchObject({ ok: true, answer: { decision: "approved" } });
});

test("the end of a login knows the tries that another gateway made", async () => {
  const desk = createFakeDesk(start);
  const { id } = await open(desk, false);
  const elsewhere = { attempts_used: 3, attempts_allowed: 3, last_outcome: "not_matched", closed: false };
  desk.set.rows = [{ id, path: "biometric", person_id: null, status: null, ...elsewhere }];
  await end(desk, id);
  expect(desk.batches.at(-1)?.closed).toMatchObject([
    { outcome: "fell_back", fallbackReason: "attempts_used_up", attempts: 3 },
  ]);
});

test("what the database took of a person's time is taken off the time for the API", async () => {
  const desk = createFakeDesk(start);
  const { id } = await open(desk, false);
  let nowMs = 0;
  vi.spyOn(performance, "now").mockImplementation(() => nowMs);
  onTestFinished(() => void vi.restoreAllMocks());
  const late = async () => {
    nowMs += 800;
    return { ok: false } as const;
  };
  Object.assign(desk.ledger, { ask: late, askTogether: late });
  const given: (number | undefined)[] = [];
  desk.api.verify = async (_, __, options) => {
    given.push(options?.totalTimeoutMs);
    return desk.set.verdict;
  };
  await attempt(desk, id);
  await openLogin(desk, loginRequest(desk, true));
  const { apiTimeoutMs } = desk.control.policy().values;
  expect(given).toEqual([apiTimeoutMs - 800 - 100]);
});

test("a try by finger carries the limit of what nothing checks for life", async () => {
  const desk = createFakeDesk(start);
  const { id } = await open(desk, false);
  desk.control.policy = () => ({
    version: 2,
    values: { ...DEFAULT_POLICY_VALUES, livenessRequired: true },
  });
  const finger: CaptureReading = { ok: true, capture: { fingers: { 2: "/9j/" }, fingerNumbers: [2] } };
  desk.set.rows = "away";
  await tryLogin(desk, { loginId: id, applicationId: APPLICATION, locale: "en" }, finger);
  expect(desk.batches.at(-1)?.verifications).toMatchObject([{ modality: "fingers", pauseAfterFailures: 5 }]);
});

test("a try that ends the biometric path says so in its own record, whatever tries are left", async () => {
  const desk = createFakeDesk(start);
  const values = { ...DEFAULT_POLICY_VALUES, afterNotMatched: "use_legacy" as const };
  desk.control.policy = () => ({ version: 2, values });
  desk.set.verdict = { ...desk.set.verdict, ok: true, value: noMatch };
  await open(desk, true);
  expect(desk.batches.at(-1)?.verifications).toMatchObject([{ attempt: 1, triesUsed: 3 }]);
});

test("an event of a try holds no picture and no CustomID", async () => {
  const desk = createFakeDesk(start);
  await open(desk, true);
  const [verification] = desk.batches.flatMap(({ verifications = [] }) => verifications);
  expect(verification).toMatchObject({
    outcome: "matched",
    attempt: 1,
    modality: "face",
    gateway: "gw-test",
  });
  expect(JSON.stringify(desk.batches)).not.toMatch(/sample|\/9j\//);
});

const noMatch = { match: false, faceMatched: false, nonMatchedFingers: [], listedFingers: [] };

describe("what is recorded with a try", () => {
  const recordedOf = (desk: FakeDesk) => desk.batches.at(-1)?.verifications?.[0];

  test("where its time went, step by step, within the time until the judgement", async () => {
    const desk = createFakeDesk(start);
    await open(desk, true);
    const { decidedMs = null, judgedMs = null, ...steps } = recordedOf(desk) ?? {};
    expect(steps).toMatchObject({ verifyMs: 5, qualityMs: null, livenessMs: null, diagnosisMs: null });
    expect(decidedMs).toBeGreaterThanOrEqual(0);
    expect(judgedMs).toBeGreaterThanOrEqual(decidedMs ?? Number.NaN);
  });

  test("the failures before it as the database had them, and the language of the answer", async () => {
    const desk = createFakeDesk(start);
    await open(desk, true);
    expect(recordedOf(desk)).toMatchObject({ failuresBefore: 2, feedbackLocale: "pt-BR" });
  });

  test("no failures before it where the database could not be asked", async () => {
    const desk = createFakeDesk(start);
    const { id } = await open(desk, false);
    desk.set.rows = "away";
    await attempt(desk, id);
    expect(recordedOf(desk)).toMatchObject({ failuresBefore: null, feedbackLocale: "en" });
  });

  test("no time for a call that was never made, such as behind an open circuit", async () => {
    const desk = createFakeDesk(start);
    const call = {
      operation: "verify",
      status: null,
      latencyMs: 0,
      tries: 0,
      message: null,
      answerSha256: null,
    } as const;
    desk.set.verdict = { ok: false, code: "circuit_open", call, outcomeUnknown: false };
    await open(desk, true);
    expect(recordedOf(desk)).toMatchObject({ reason: "api_circuit_open", apiTries: 0, verifyMs: null });
  });
});
