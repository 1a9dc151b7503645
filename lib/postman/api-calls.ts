import { z } from "zod";
import {
  apiMessages,
  deleteAnswer,
  endpoints,
  enrollAnswer,
  extractAnswer,
  faceDetectAnswer,
  icaoAnswer,
  livenessAnswer,
  matchAnswer,
  verifyAnswer,
} from "#lib/multibiometrics/schema.ts";
import type { Operation } from "#lib/multibiometrics/types.ts";
import { apiKeyAuth } from "./api-auth.ts";
import type { Call } from "./compose-item.ts";
import { fieldIs, hasShape, hasStatus, keepField, newName } from "./write-tests.ts";

// The calls of the Multibiometrics API in an order that runs through. Where the contract leaves status and form of a
// refusal open, the tests take each of them, as our own client does.

const shapeOf = (schema: z.ZodType): string => {
  const { $schema: _, ...shape } = z.toJSONSchema(schema, { target: "draft-7" });
  return hasShape(shape);
};
const to = (operation: Operation) => ({
  method: endpoints[operation].method,
  path: endpoints[operation].path,
});
const person = (customId: string, face?: string) => ({
  Person: { CustomID: customId, ...(face === undefined ? {} : { Face: [{ "Face-1": face }] }) },
});
const extract = (artifact: string) => ({ Extract: { Type: "FACE", Format: "BIOPASS", Artifact: artifact } });

/** Answers with this message in any of the forms seen, and with a status that says no where the call has one. */
const refuses = (message: string, statuses: readonly number[] = [400]): string[] => [
  "const text = pm.response.text();",
  "let said = text;",
  'try { const body = JSON.parse(text); said = typeof body === "string" ? body : body.message ?? body.Message ?? body.result; } catch { /* plain text */ }',
  `pm.test("is refused", () => pm.expect(pm.response.code).to.be.oneOf(${JSON.stringify(statuses)}));`,
  `pm.test(${JSON.stringify(`says "${message}"`)}, () => pm.expect(String(said).trim().replace(/\\.$/, "").toLowerCase()).to.eql(${JSON.stringify(message.toLowerCase().replace(/\.$/, ""))}));`,
];
/** Which of the two texts comes for which picture is not settled. */
const failsToExtract = [
  'pm.test("is refused", () => pm.expect(pm.response.code).to.eql(400));',
  'pm.test("says that no template was made", () => pm.expect(pm.response.text()).to.match(/failed to extract (face )?template/i));',
];
const PERSON_NOT_FOUND = [400, 404];
/** The answer of liveness carries its refusal inside, with a status that is not settled. */
const LIVENESS = [200, 400];

/** Nothing is written by these, so they may be sent to production too. */
export const READING_CALLS: readonly Call[] = [
  {
    name: "Find faces",
    ...to("face_detect"),
    body: { Check: { Image: "{{faceA}}" } },
    tests: [hasStatus(200), shapeOf(faceDetectAnswer), fieldIs("DetectedFaces.FaceNumber", 1)],
  },
  {
    name: "Tell a live person from a picture of one",
    ...to("liveness"),
    body: { Spoof: { Image: "{{faceA}}" } },
    tests: [hasStatus(200), shapeOf(livenessAnswer), fieldIs("result", apiMessages.ok)],
  },
  {
    name: "Make a template",
    ...to("extract"),
    body: extract("{{faceA}}"),
    tests: [hasStatus(200), shapeOf(extractAnswer), keepField("templateA", "Extract.Template")],
  },
  {
    name: "Make a second template",
    ...to("extract"),
    body: extract("{{faceASecond}}"),
    tests: [hasStatus(200), keepField("templateB", "Extract.Template")],
  },
  {
    name: "Compare two templates",
    ...to("match"),
    description: "The artifacts are templates made by extract, never pictures.",
    body: {
      Match: { Type: "FACE", Format: "BIOPASS", Artifact_A: "{{templateA}}", Artifact_B: "{{templateB}}" },
    },
    tests: [hasStatus(200), shapeOf(matchAnswer), fieldIs("Match.IsGenuine", true)],
  },
  {
    name: "Check a picture's quality",
    ...to("check_icao"),
    description: "Quality is a package of its own: a key without it is answered 401, which is no fault.",
    auth: apiKeyAuth("{{qualityApiKey}}"),
    body: { Check: { Image: "{{faceA}}" } },
    tests: [
      "if (pm.response.code === 401) {",
      '  pm.test.skip("the plan of this key does not hold the quality package", () => {});',
      "} else {",
      hasStatus(200),
      shapeOf(icaoAnswer),
      "}",
    ],
  },
];

/** One refusal each of what the contract names; none reaches a person. */
export const REFUSED_CALLS: readonly Call[] = [
  {
    name: "No key",
    ...to("verify"),
    auth: { type: "noauth" },
    body: person("{{unknownId}}"),
    tests: [hasStatus(401)],
  },
  {
    name: "A wrong key",
    ...to("verify"),
    auth: apiKeyAuth("0".repeat(32)),
    body: person("{{unknownId}}"),
    tests: [hasStatus(401)],
  },
  {
    name: "An address that is none",
    method: "POST",
    path: "/multibiometrics/no_such_call",
    body: {},
    tests: refuses(apiMessages.resourceNotFound, [404]),
  },
  {
    name: "A body that is no JSON",
    ...to("verify"),
    body: "{",
    tests: refuses(apiMessages.invalidJson),
  },
  {
    name: "A person without biometrics",
    ...to("verify"),
    description: "Carries nobody's picture and still proves address, key and service.",
    body: person("{{unknownId}}"),
    tests: refuses(apiMessages.invalidJson),
  },
  {
    name: "No CustomID",
    ...to("verify"),
    body: { Person: { Face: [{ "Face-1": "{{faceA}}" }] } },
    tests: refuses(apiMessages.customIdMandatory),
  },
  {
    name: "A person who is not enrolled",
    ...to("verify"),
    body: person("{{unknownId}}", "{{faceA}}"),
    tests: refuses(apiMessages.personNotFound, PERSON_NOT_FOUND),
  },
  {
    name: "A picture that is no Base64",
    ...to("extract"),
    body: extract("this is no picture"),
    tests: refuses(apiMessages.invalidBase64),
  },
  { name: "A picture of nobody", ...to("extract"), body: extract("{{nobody}}"), tests: failsToExtract },
  { name: "A picture of two people", ...to("extract"), body: extract("{{twoFaces}}"), tests: failsToExtract },
  {
    name: "Liveness without a picture",
    ...to("liveness"),
    body: { Spoof: {} },
    tests: refuses(apiMessages.imageNotFound, LIVENESS),
  },
  {
    name: "Liveness of nobody",
    ...to("liveness"),
    body: { Spoof: { Image: "{{nobody}}" } },
    tests: refuses(apiMessages.noFaces, LIVENESS),
  },
  {
    name: "Liveness of two people",
    ...to("liveness"),
    body: { Spoof: { Image: "{{twoFaces}}" } },
    tests: refuses(apiMessages.severalFaces, LIVENESS),
  },
];

const matches = (match: boolean, face: boolean): string[] => [
  hasStatus(200),
  shapeOf(verifyAnswer),
  fieldIs("Person.Match", match),
  fieldIs("Person.MatchDetails.FaceMatched", face),
];

/** A throw-away person, from enrolment to deletion. */
export const WRITING_CALLS: readonly Call[] = [
  {
    name: "Enroll",
    ...to("enroll"),
    before: [newName("customId")],
    body: person("{{customId}}", "{{faceA}}"),
    tests: [hasStatus(200), shapeOf(enrollAnswer)],
  },
  {
    name: "Enroll a second time",
    ...to("enroll"),
    body: person("{{customId}}", "{{faceA}}"),
    tests: refuses(apiMessages.customIdExists),
  },
  {
    name: "Verify the same person",
    ...to("verify"),
    description:
      "`Match` is the verdict. `NonMatchedFingers` also lists fingers that were never sent: read it only for those you sent.",
    body: person("{{customId}}", "{{faceASecond}}"),
    tests: matches(true, true),
  },
  {
    name: "Verify somebody else",
    ...to("verify"),
    body: person("{{customId}}", "{{faceB}}"),
    tests: matches(false, false),
  },
  {
    name: "Update",
    ...to("update"),
    description: "PUT. Whether what is not sent stays enrolled is not settled.",
    body: person("{{customId}}", "{{faceB}}"),
    tests: [hasStatus(200), shapeOf(enrollAnswer)],
  },
  {
    name: "Verify the updated person",
    ...to("verify"),
    body: person("{{customId}}", "{{faceB}}"),
    tests: matches(true, true),
  },
  {
    name: "Delete",
    ...to("delete"),
    description: "DELETE with a JSON body: see that your proxies keep it.",
    body: person("{{customId}}"),
    tests: [hasStatus(200), shapeOf(deleteAnswer)],
  },
  {
    name: "Delete again, which proves absence",
    ...to("delete"),
    body: person("{{customId}}"),
    tests: refuses(apiMessages.personNotFound, PERSON_NOT_FOUND),
  },
];
