import { describe, expect, test } from "vitest";
import type { MultibiometricsOptions } from "#lib/multibiometrics/client.ts";
import { remedyOf } from "#lib/multibiometrics/remedies.ts";
import type { ApiFailureCode, ApiResult, Multibiometrics } from "#lib/multibiometrics/types.ts";
import { generatePrint } from "#sandbox/fingers/generate-print.ts";
import { blurredFace, pictureOfTwoFaces, pictureWithoutFace } from "#sandbox/testing/sample-faces.ts";
import { apiKey, sandboxForFile } from "./sandbox-for-file.ts";

const { faces, connect, newId, enrolled } = sandboxForFile();

describe("the life of a person", () => {
  test("from enrolment over login and recapture to deletion", async () => {
    const client = connect();
    const customId = newId();
    const made = await client.enroll(customId, { face: faces.a });
    expect(made).toMatchObject({ ok: true, value: { customId, bioPassId: expect.any(String) } });
    expect(await client.verify(customId, { face: faces.aOtherwise })).toMatchObject({
      ok: true,
      value: {
        match: true,
        faceMatched: true,
        nonMatchedFingers: [],
        listedFingers: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
      },
    });
    expect(await client.verify(customId, { face: faces.b })).toMatchObject({
      ok: true,
      value: { match: false },
    });
    expect(await client.update(customId, { face: faces.b })).toMatchObject({ ok: true, value: { customId } });
    expect(await client.verify(customId, { face: faces.b })).toMatchObject({
      ok: true,
      value: { match: true },
    });
    expect(await client.delete(customId)).toMatchObject({ ok: true, value: { customId } });
    expect(await client.verify(customId, { face: faces.b })).toMatchObject({ code: "person_not_found" });
  });

  test("fingers are compared beside a face, and only those sent are counted as not matched", async () => {
    const client = connect();
    const customId = newId();
    const [right, left, other] = (await Promise.all([1, 2, 3].map(generatePrint))).map((print) =>
      print.toString("base64"),
    );
    const made = await client.enroll(customId, { face: faces.a, fingers: { 2: right ?? "", 7: left ?? "" } });
    expect(made).toMatchObject({ ok: true });
    expect(await client.verify(customId, { fingers: { 2: right ?? "" } })).toMatchObject({
      ok: true,
      value: { match: true, faceMatched: false, nonMatchedFingers: [] },
    });
    const mixed = { face: faces.aOtherwise, fingers: { 2: right ?? "", 7: other ?? "" } };
    expect(await client.verify(customId, mixed)).toMatchObject({
      ok: true,
      value: { match: false, faceMatched: true, nonMatchedFingers: [7] },
    });
  });

  test("two captures are compared by the templates made of them", async () => {
    const client = connect();
    const templates = [];
    for (const face of [faces.a, faces.aOtherwise, faces.b]) {
      const extracted = await client.extract("FACE", face);
      templates.push(extracted.ok ? extracted.value.template : "");
    }
    const [a = "", aOtherwise = "", b = ""] = templates;
    expect(await client.match("FACE", a, aOtherwise)).toMatchObject({ ok: true, value: { genuine: true } });
    expect(await client.match("FACE", a, b)).toMatchObject({ ok: true, value: { genuine: false } });
  });

  test("a picture is looked at before it is used", async () => {
    const client = connect();
    const [nobody, two] = (await Promise.all([pictureWithoutFace(), pictureOfTwoFaces()])).map((picture) =>
      picture.toString("base64"),
    );
    expect(await client.checkLiveness(faces.a)).toMatchObject({
      ok: true,
      value: { result: "ok", live: true },
    });
    expect(await client.checkLiveness(nobody ?? "")).toMatchObject({
      value: { result: "no_face", live: false },
    });
    expect(await client.checkLiveness(two ?? "")).toMatchObject({ value: { result: "several_faces" } });
    expect(await client.detectFaces(two ?? "")).toMatchObject({ ok: true, value: { count: 2 } });
    const report = await client.checkIcao(faces.a);
    expect(report).toMatchObject({ ok: true, value: { faceImageConformed: expect.any(Number) } });
    expect(report.ok && Object.keys(report.value.requirements).length).toBeGreaterThan(0);
  });
});

describe("every row of the error tables has its code and its remedy", () => {
  type Row = {
    what: string;
    call: (client: Multibiometrics) => Promise<ApiResult<unknown>>;
    code: ApiFailureCode;
    remedy: string;
    /** What the call facts keep of the API's words: a text, null, or a matcher. */
    message: unknown;
    options?: Partial<MultibiometricsOptions>;
    path?: string;
  };
  const text = Buffer.from("not a picture").toString("base64");
  const unauthorized = /^Access denied due to invalid subscription key/;
  const rows: Row[] = [
    {
      what: "no biometric",
      call: (c) => c.enroll(newId(), {}),
      code: "request_invalid",
      remedy: "fix_request",
      message: "Invalid JSON format",
    },
    {
      what: "no CustomID",
      call: (c) => c.verify("", { face: faces.a }),
      code: "custom_id_missing",
      remedy: "fix_request",
      message: "CustomID is mandatory",
    },
    {
      what: "an id in use",
      call: async (c) => c.enroll(await enrolled(c), { face: faces.a }),
      code: "custom_id_exists",
      remedy: "use_other_id",
      message: "CustomID already exists",
    },
    {
      what: "verify of nobody",
      call: (c) => c.verify(newId(), { face: faces.a }),
      code: "person_not_found",
      remedy: "enroll_first",
      message: "Person not found",
    },
    {
      what: "update of nobody",
      call: (c) => c.update(newId(), { face: faces.a }),
      code: "person_not_found",
      remedy: "enroll_first",
      message: "Person not found",
    },
    {
      what: "deletion of nobody",
      call: (c) => c.delete(newId()),
      code: "person_not_found",
      remedy: "enroll_first",
      message: "Person not found",
    },
    {
      what: "no face",
      call: async (c) => c.enroll(newId(), { face: (await pictureWithoutFace()).toString("base64") }),
      code: "capture_unusable",
      remedy: "capture_again",
      message: "Failed to extract template",
    },
    {
      what: "a blurred face",
      call: async (c) => c.enroll(newId(), { face: (await blurredFace()).toString("base64") }),
      code: "capture_unusable",
      remedy: "capture_again",
      message: "Failed to extract template",
    },
    {
      what: "two faces",
      call: async (c) => c.enroll(newId(), { face: (await pictureOfTwoFaces()).toString("base64") }),
      code: "capture_unusable",
      remedy: "capture_again",
      message: "Failed to extract face template",
    },
    {
      what: "a text file",
      call: (c) => c.enroll(newId(), { face: text }),
      code: "image_invalid",
      remedy: "reencode_image",
      message: "Invalid base64 string",
    },
    {
      what: "broken Base64",
      call: (c) => c.extract("FACE", "%%%"),
      code: "image_invalid",
      remedy: "reencode_image",
      message: "Invalid base64 string",
    },
    {
      what: "liveness of a text file",
      call: (c) => c.checkLiveness(text),
      code: "image_invalid",
      remedy: "reencode_image",
      message: "Invalid base64 string",
    },
    {
      what: "liveness of nothing",
      call: (c) => c.checkLiveness(""),
      code: "image_missing",
      remedy: "fix_request",
      message: "Image (base64) not found",
    },
    {
      what: "a picture given to match",
      call: (c) => c.match("FACE", faces.a, faces.b),
      code: "capture_unusable",
      remedy: "capture_again",
      message: "Failed to extract template",
    },
    {
      what: "20 MB",
      call: (c) => c.enroll(newId(), { face: "A".repeat(20 * 1024 * 1024) }),
      code: "image_too_large",
      remedy: "shrink_image",
      message: null,
    },
    {
      what: "a wrong key",
      call: (c) => c.verify(newId(), { face: faces.a }),
      code: "unauthorized",
      remedy: "service_check_key",
      message: expect.stringMatching(unauthorized),
      options: { apiKey: "wrong" },
    },
    {
      what: "a key not meant for quality",
      call: (c) => c.checkIcao(faces.a),
      code: "unauthorized",
      remedy: "service_check_key",
      message: expect.stringMatching(unauthorized),
      options: { qualityApiKey: apiKey },
    },
    {
      what: "a wrong path",
      call: (c) => c.delete(newId()),
      code: "endpoint_missing",
      remedy: "service_check_address",
      message: "Resource not found",
      path: "/nowhere",
    },
  ];

  test.each(rows)("$what", async ({ call, code, remedy, message, options, path = "" }) => {
    const result = await call(connect(options, path));
    expect(result).toMatchObject({ ok: false, code, call: { message } });
    expect(remedyOf(code)).toBe(remedy);
    expect(JSON.stringify(result)).not.toMatch(/contract-|sample-key/);
  });
});
