import { expect, test } from "vitest";
import { readEnrolled } from "#lib/multibiometrics/read-answer.ts";
import { formOf, messageIn, namesIn } from "./answer-form.ts";
import { planFor } from "./catalogue.ts";
import { type ExpectedRefusal, judgeFormat, judgeOtherPackage, judgeRefusal, saidIn } from "./judge.ts";
import { kindOf } from "./kind.ts";
import type { Seen } from "./lab.ts";
import { isDifferent } from "./rules.ts";
import { shownAnswer, shownRequest } from "./shown.ts";
import type { ApiKind, Fact, Finding, Verdict } from "./types.ts";

const expected: ExpectedRefusal = {
  code: "person_not_found",
  status: 400,
  form: "text",
  messages: ["Person not found"],
};

function seen(status: number, body: string, contentType = "text/plain"): Seen<unknown> {
  const reading = readEnrolled({ status, body, retryAfter: null }, { customId: "c" }, 0);
  return { answered: true, status, contentType, form: formOf(body), message: messageIn(body), body, reading };
}

test.each<[string, Seen<unknown>, Verdict, Finding[]]>([
  ["the guide to the letter", seen(400, "Person not found"), "pass", []],
  ["another status", seen(404, "Person not found"), "differs", ["status_differs"]],
  ["a final stop", seen(400, "Person not found."), "differs", ["message_differs"]],
  [
    "a text that calls itself JSON",
    seen(400, "Person not found", "application/json"),
    "differs",
    ["form_differs"],
  ],
  ["JSON text", seen(400, '"Person not found"', "application/json"), "differs", ["form_differs"]],
  [
    "Success and Message",
    seen(200, '{"Success":false,"Message":"Person not found"}', "application/json"),
    "differs",
    ["status_differs", "form_differs"],
  ],
  [
    "the gateway's form",
    seen(400, '{"statusCode":400,"message":"Person not found"}', "application/json"),
    "differs",
    ["form_differs"],
  ],
  ["another refusal", seen(400, "Invalid JSON format"), "fail", ["other_refusal"]],
  ["a success", seen(200, '{"Person":{"CustomID":"c"}}', "application/json"), "fail", ["accepted"]],
  ["a refused key", seen(401, '{"statusCode":401,"message":"Unauthorized"}'), "fail", ["key_refused"]],
  [
    "a used-up plan",
    seen(403, "Out of call volume quota. Quota will be replenished in 01:00:00."),
    "fail",
    ["quota_used_up"],
  ],
  ["noise", seen(200, "<html>"), "fail", ["unreadable"]],
  ["no answer", { answered: false, code: "timed_out" }, "fail", ["no_answer"]],
])("a refusal that comes as %s", (_, answer, verdict, findings) => {
  expect(judgeRefusal(expected, answer)).toMatchObject({ verdict, findings });
});

test("a picture beside the guide is refused, or taken, which is handled", () => {
  const bad: ExpectedRefusal = { ...expected, code: "image_invalid", messages: ["Invalid base64 string"] };
  expect(judgeFormat(bad, seen(400, "Invalid base64 string"), "format_taken").verdict).toBe("pass");
  const taken = seen(200, '{"Person":{"CustomID":"c"}}', "application/json");
  expect(judgeFormat(bad, taken, "format_taken")).toMatchObject({ verdict: "differs" });
});

test.each<[number, string | null]>([
  [401, "other_package"],
  [403, "other_package"],
  [404, "not_served"],
  [500, null],
])("a call of another package that is answered %s", (status, finding) => {
  const judged = judgeOtherPackage(seen(status, "no"));
  expect(judged?.findings[0] ?? null).toBe(finding);
});

test("words that are not the API's are not kept as a fact", () => {
  expect(saidIn(seen(404, "Person not found."))).toBe("404|text|text/plain|Person not found");
  expect(saidIn(seen(400, "Hello maria@company.example"))).toBe("400|text|text/plain|?");
});

test("what is shown holds no picture, no template and no key", () => {
  const picture = "/9j/4AAQ".repeat(20);
  const key = "0123456789abcdef0123456789abcdef";
  expect(shownRequest({ Person: { CustomID: "x", Face: [{ "Face-1": picture }] } })).toBe(
    '{"Person":{"CustomID":"x","Face":[{"Face-1":"…"}]}}',
  );
  expect(shownRequest({ Extract: { Artifact: `data:image/jpeg;base64,${picture}` } })).toBe(
    '{"Extract":{"Artifact":"data:image/jpeg;base64,…"}}',
  );
  expect(shownAnswer(`{"Extract":{"Template":"abc"},"echo":"${picture}","key":"${key}"}`, [key])).toBe(
    '{"Extract":{"Template":"…"},"echo":"…","key":"…"}',
  );
  expect(shownAnswer(`noise \0 \ud800 ${"z ".repeat(900)}`, []).length).toBeLessThanOrEqual(601);
  expect(shownAnswer("noise \0", [])).toBe("noise ");
  // A pair that the cut falls into leaves no half, which no row could hold.
  expect(shownAnswer("ab🙂", [], 3)).toBe("ab…");
});

test.each<[string, ApiKind]>([
  ["https://api.biopassid.com", "production"],
  ["https://api2.biopassid.com/", "production"],
  ["https://hml-api.biopassid.com", "staging"],
  ["http://127.0.0.1:4100", "sandbox"],
  ["https://biometrics.company.example/api", "production"],
])("%s counts as %s", (url, kind) => {
  expect(kindOf(url)).toBe(kind);
});

test("production is never written to, unless somebody said that it is none", () => {
  const plan = planFor("production");
  expect(plan.checks.length).toBeGreaterThan(15);
  expect(plan.checks.filter(({ writes }) => writes)).toEqual([]);
  expect(plan.testPeople).toBe(0);
  expect(kindOf("https://biometrics.company.example", "staging")).toBe("staging");
});

test.each<[Fact, string, boolean]>([
  ["update", "merges", false],
  ["update", "replaces", true],
  ["picture_limit", "819200", false],
  ["picture_limit", "254306", true],
  ["score_range", "19.46..79.65", false],
  ["score_range", "0.1..1200", true],
  ["person_not_found", "400|text|text/plain|Person not found", false],
  ["person_not_found", "404|text|text/plain|Person not found", true],
])("%s of %s is another than assumed: %s", (fact, value, different) => {
  expect(isDifferent({ fact, value })).toBe(different);
});

test("every check needs checks that are made before it", () => {
  const { checks } = planFor("sandbox");
  for (const [place, check] of checks.entries()) {
    const before = checks.slice(0, place).map(({ id }) => id);
    for (const id of check.needs) expect(before).toContain(id);
  }
  // Those that remain against production need nothing that is left out there.
  const left = planFor("production").checks;
  for (const check of left) for (const id of check.needs) expect(left.map((one) => one.id)).toContain(id);
});

test.each([
  ['{"Person":{"ClientID":1},"Success":true}', ["Person", "Success"], ["ClientID"]],
  ['\uFEFF{"Person":null}', ["Person"], []],
  ["Person not found", [], []],
  ["null", [], []],
])("the names in %s are read, whatever the body begins with", (body, all, inPerson) => {
  expect(namesIn(body)).toEqual(all);
  expect(namesIn(body, "Person")).toEqual(inPerson);
});
