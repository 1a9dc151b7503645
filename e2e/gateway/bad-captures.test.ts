import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  blurredFace,
  pictureOfTwoFaces,
  pictureWithoutFace,
  render,
  sampleFace,
} from "#sandbox/testing/sample-faces.ts";
import { type Answer, startWorld, type World } from "./start-world.ts";

let world: World;
const pictures: Record<string, string> = {};
const table: string[] = [];

beforeAll(async () => {
  world = await startWorld();
  const face = await sampleFace("A");
  const base64 = (picture: Buffer) => picture.toString("base64");
  pictures.good = base64(face);
  pictures["no face"] = base64(await pictureWithoutFace());
  pictures["two faces"] = base64(await pictureOfTwoFaces());
  pictures["blurred face"] = base64(await blurredFace());
  pictures["text file"] = base64(Buffer.from("This is a letter and not a picture at all.\n".repeat(20)));
  pictures["WebP file"] = base64(await sharp(face).webp().toBuffer());
  pictures["broken Base64"] = `${pictures.good.slice(0, 400)}%%%${pictures.good.slice(400)}`;
  pictures["cut-off JPEG"] = base64(face.subarray(0, 300));
  pictures["empty picture"] = "";
  pictures["picture over 800 KiB"] = base64(Buffer.concat([face, Buffer.alloc(820 * 1024)]));
  pictures["data URI"] = `data:image/jpeg;base64,${pictures.good}`;
  pictures["Base64 with line breaks"] = pictures.good.replace(/(.{76})/g, "$1\n");
  pictures["tiny face"] = base64(await render(face, { format: "jpg", width: 60 }));
  const body = { customId: "bea", legalBasis: "lgpd_11_i_consent", face: pictures.good };
  expect((await world.call("POST", "/v1/enrollments", body)).status).toBe(201);
  await world.setPolicy({ attemptsBeforeFallback: 10, failuresBeforePause: 10 });
});

afterAll(async () => {
  process.stdout.write(`\n${table.join("\n")}\n`);
  await world.close();
});

function note(what: string, answer: Answer): void {
  const { code, decision, reason, feedback } = answer.body as Record<string, string | { text: string }>;
  const text = typeof feedback === "object" ? feedback.text : "";
  table.push(
    [what.padEnd(34), answer.status, code ?? decision, reason ?? "-", text, `${answer.ms} ms`].join(" | "),
  );
}

const LOGIN_CASES = [
  ["no face", "no_face", "no_face"],
  ["two faces", "several_faces", "several_faces"],
  ["blurred face", "blurred", "blurred"],
  ["text file", "image_invalid", "picture_unreadable"],
  ["WebP file", "image_invalid", "picture_unreadable"],
  ["broken Base64", "image_invalid", "picture_damaged"],
  ["cut-off JPEG", "image_invalid", "picture_unreadable"],
  ["empty picture", "no_capture", "picture_missing"],
  ["picture over 800 KiB", "image_too_large", "picture_too_large"],
] as const;

test.each(LOGIN_CASES)("a login with %s may try again and learns %s", async (what, reason, feedback) => {
  const answer = await world.call("POST", "/v1/logins", { customId: "bea", face: pictures[what] });
  note(`login, ${what}`, answer);
  expect(answer.status).toBe(201);
  expect(answer.body).toMatchObject({ path: "biometric", decision: "retry_capture", reason });
  expect(answer.body.feedback).toMatchObject({ code: feedback });
});

test.each(LOGIN_CASES)(
  "an enrolment with %s is refused, learns %s and leaves no person",
  async (what, reason, feedback) => {
    const body = {
      customId: `new-${what}`,
      legalBasis: "lgpd_11_i_consent",
      face: pictures[what],
      locale: "pt",
    };
    const answer = await world.call("POST", "/v1/enrollments", body);
    note(`enrolment, ${what}`, answer);
    expect(answer).toMatchObject({ status: 422, body: { code: "capture_refused" } });
    expect([reason, "base64_invalid"]).toContain(answer.body.reason);
    expect(answer.body.feedback).toMatchObject({ code: feedback });
    const rows = await world.db.sql`select id from people where custom_id = ${body.customId}`;
    expect(rows).toHaveLength(0);
  },
);

test.each(["data URI", "Base64 with line breaks"])(
  "a picture sent as %s is taken all the same",
  async (what) => {
    const answer = await world.call("POST", "/v1/logins", { customId: "bea", face: pictures[what] });
    note(`login, ${what}`, answer);
    expect(answer.body).toMatchObject({ decision: "approved" });
  },
);

test("the last bad picture leads to the password, and the reason is still told", async () => {
  await world.setPolicy({ attemptsBeforeFallback: 1 });
  const answer = await world.call("POST", "/v1/logins", { customId: "bea", face: pictures["no face"] });
  await world.setPolicy({ attemptsBeforeFallback: 10 });
  note("login, no face, last try", answer);
  expect(answer.body).toMatchObject({ decision: "use_legacy", reason: "no_face", attemptsLeft: 0 });
});

test.each([
  ["a 20 MB file", () => ({ customId: "bea", face: "A".repeat(20 * 1024 * 1024) }), 413, "request_too_large"],
  ["an empty body", () => undefined, 400, "body_missing"],
  ["an empty JSON body", () => "", 400, "body_missing"],
  ["text instead of JSON", () => "face=abc", 400, "body_not_json"],
  ["half a JSON body", () => '{"customId":"bea","face":"', 400, "body_not_json"],
  ["no CustomID", () => ({ face: pictures.good }), 422, "fields_invalid"],
  ["a field nobody knows", () => ({ customId: "bea", image: pictures.good }), 422, "fields_invalid"],
  ["a finger 11", () => ({ customId: "bea", fingers: { "11": pictures.good } }), 422, "fields_invalid"],
  [
    "a field that objects have",
    () => JSON.parse('{"customId":"bea","__proto__":{"a":1}}'),
    422,
    "fields_invalid",
  ],
  ["a purpose nobody knows", () => ({ customId: "bea", purpose: "fun" }), 422, "fields_invalid"],
] satisfies [string, () => unknown, number, string][])(
  "a login with %s gets its own answer",
  async (what, body, status, code) => {
    const answer = await world.call("POST", "/v1/logins", body());
    note(`login, ${what}`, answer);
    expect(answer).toMatchObject({ status, body: { code, status } });
    expect(String(answer.body.detail)).toMatch(/\.$/);
    expect(JSON.stringify(answer.body)).not.toContain(pictures.good?.slice(0, 40));
  },
);

test("a verification and an enrolment without any picture say so", async () => {
  const { body } = await world.call("POST", "/v1/logins", { customId: "bea" });
  const verification = await world.call("POST", `/v1/logins/${body.loginId}/verifications`, {});
  note("verification, no picture", verification);
  expect(verification).toMatchObject({ status: 422, body: { code: "capture_missing" } });
  const sent = { customId: "new", legalBasis: "lgpd_11_i_consent" };
  const enrolment = await world.call("POST", "/v1/enrollments", sent);
  note("enrolment, no picture", enrolment);
  expect(enrolment).toMatchObject({ status: 422, body: { code: "capture_missing" } });
});

test("a comparison names the picture that could not be used", async () => {
  const body = { type: "face", a: pictures.good, b: pictures["text file"] };
  const answer = await world.call("POST", "/v1/comparisons", body);
  note("comparison, text file", answer);
  expect(answer).toMatchObject({
    status: 422,
    body: { code: "capture_refused", reason: "b: image_invalid" },
  });
});
