import type { Call } from "./compose-item.ts";
import { fieldIs, keepField, newName, onlyWhere } from "./write-tests.ts";

/**
 * A call of the gateway. Summary, answer and its shape come from the gateway's own OpenAPI document; `path` is written as
 * there, with `{loginId}` and `{id}` filled in by variables of the same name.
 */
export type GatewayCall = Omit<Call, "description" | "tests"> & {
  status: number;
  /** The problem that must come back. */
  code?: string;
  tests?: readonly string[];
};

const consent = { legalBasis: "lgpd_11_i_consent" };
const to = (method: string, path: string) => ({ method, path });
const LOGINS = to("POST", "/v1/logins");
const TRY = to("POST", "/v1/logins/{loginId}/verifications");
const ENDING = to("POST", "/v1/logins/{loginId}/legacy-outcome");
/** The flag decides who is offered biometrics; a person it leaves out goes the old way, which is right and no failure. */
const ifOffered = onlyWhere(
  'pm.collectionVariables.get("path") === "biometric"',
  "Not sent: the rollout does not offer this person biometrics yet.",
);
const keepLogin = [keepField("loginId", "loginId"), keepField("path", "path")];

export const ENROLLMENT_CALLS: readonly GatewayCall[] = [
  { name: "Is the gateway well?", ...to("GET", "/health"), auth: { type: "noauth" }, status: 200 },
  {
    name: "Enroll a person",
    ...to("POST", "/v1/enrollments"),
    before: [newName("customId")],
    body: { customId: "{{customId}}", ...consent, face: "{{faceB}}" },
    status: 201,
    tests: [fieldIs("feedback.code", "enrollment_completed")],
  },
  {
    name: "Enroll them a second time",
    ...to("POST", "/v1/enrollments"),
    body: { customId: "{{customId}}", ...consent, face: "{{faceB}}" },
    status: 409,
    code: "already_enrolled",
  },
  {
    name: "Replace their picture",
    ...to("PUT", "/v1/enrollments"),
    body: { customId: "{{customId}}", face: "{{faceA}}" },
    status: 200,
    tests: [fieldIs("feedback.code", "recapture_completed")],
  },
  {
    name: "Enroll with a picture of nobody",
    ...to("POST", "/v1/enrollments"),
    body: { customId: "{{unknownId}}", ...consent, face: "{{nobody}}" },
    status: 422,
    code: "capture_refused",
  },
  {
    name: "Replace the picture of somebody unknown",
    ...to("PUT", "/v1/enrollments"),
    body: { customId: "{{unknownId}}", face: "{{faceA}}" },
    status: 404,
    code: "not_enrolled",
  },
];

export const LOGIN_CALLS: readonly GatewayCall[] = [
  {
    name: "Open a login",
    ...LOGINS,
    body: { customId: "{{customId}}", channel: "web" },
    status: 201,
    tests: keepLogin,
  },
  {
    name: "Try without a picture",
    ...TRY,
    before: ifOffered,
    body: {},
    status: 422,
    code: "capture_missing",
  },
  {
    name: "Try with somebody else's face",
    ...TRY,
    before: ifOffered,
    body: { face: "{{faceB}}", locale: "pt-BR" },
    status: 200,
    tests: [
      'pm.test("does not let them in", () => pm.expect(pm.response.json().decision).not.to.eql("approved"));',
    ],
  },
  {
    name: "Try with the right face",
    ...TRY,
    before: ifOffered,
    body: { face: "{{faceASecond}}" },
    status: 200,
    tests: [fieldIs("decision", "approved")],
  },
  {
    name: "Try a login that has ended",
    ...TRY,
    before: ifOffered,
    body: { face: "{{faceASecond}}" },
    status: 409,
    code: "login_closed",
  },
  {
    name: "Report something about it",
    ...to("POST", "/v1/logins/{loginId}/reports"),
    body: { kind: "other", note: "Sent by the Postman collection" },
    status: 202,
  },
  {
    name: "Open a login and try at once",
    ...LOGINS,
    body: { customId: "{{customId}}", face: "{{faceASecond}}" },
    status: 201,
    tests: [
      'pm.test("decides by the path", () => pm.expect(pm.response.json().decision).to.eql(pm.response.json().path === "biometric" ? "approved" : "use_legacy"));',
    ],
  },
  {
    name: "Open a login that ends the old way",
    ...LOGINS,
    body: { customId: "{{customId}}", purpose: "transaction" },
    status: 201,
    tests: keepLogin,
  },
  {
    name: "Tell how the old way ended",
    ...ENDING,
    body: { succeeded: true, reason: "chose_password" },
    status: 204,
  },
  {
    name: "Open a login of somebody unknown",
    ...LOGINS,
    body: { customId: "{{unknownId}}" },
    status: 201,
    tests: [fieldIs("path", "legacy")],
  },
];

export const OTHER_CALLS: readonly GatewayCall[] = [
  {
    name: "Compare two pictures",
    ...to("POST", "/v1/comparisons"),
    body: { type: "face", a: "{{faceA}}", b: "{{faceASecond}}" },
    status: 200,
    tests: [fieldIs("genuine", true)],
  },
  {
    name: "Pass on that the person wants to be erased",
    ...to("POST", "/v1/requests"),
    body: { customId: "{{customId}}", right: "erasure" },
    status: 201,
    tests: [keepField("id", "id")],
  },
  { name: "See how the request goes", ...to("GET", "/v1/requests/{id}"), status: 200 },
  {
    name: "Pass the same on again",
    ...to("POST", "/v1/requests"),
    body: { customId: "{{customId}}", right: "erasure" },
    status: 200,
    tests: [fieldIs("alreadyOpen", true)],
  },
];

const LOGIN = { customId: "{{unknownId}}" };
const [SOME_KEY, BAD_KEY] = ["{{unknownId}}", "two words"];

/** What a call can be refused for that does not depend on how installation and API do. */
export const REFUSED_CALLS: readonly GatewayCall[] = [
  { name: "No key", ...LOGINS, auth: { type: "noauth" }, body: LOGIN, status: 401, code: "key_missing" },
  {
    name: "A wrong key",
    ...LOGINS,
    auth: { type: "bearer", bearer: [{ key: "token", value: "not-a-key", type: "string" }] },
    body: LOGIN,
    status: 401,
    code: "key_refused",
  },
  {
    name: "No body",
    ...LOGINS,
    headers: { "Content-Type": "application/json" },
    status: 400,
    code: "body_missing",
  },
  { name: "A body that is no JSON", ...LOGINS, body: "{", status: 400, code: "body_not_json" },
  {
    name: "A body of another kind",
    ...LOGINS,
    body: "<login/>",
    contentType: "application/xml",
    status: 415,
    code: "body_not_accepted",
  },
  {
    name: "A misspelt field",
    ...LOGINS,
    body: { customID: "{{unknownId}}" },
    status: 422,
    code: "fields_invalid",
  },
  {
    name: "An Idempotency-Key that is none",
    ...LOGINS,
    headers: { "Idempotency-Key": BAD_KEY },
    body: LOGIN,
    status: 422,
    code: "idempotency_key_invalid",
  },
  {
    name: "A call with an Idempotency-Key",
    ...LOGINS,
    headers: { "Idempotency-Key": SOME_KEY },
    body: LOGIN,
    status: 201,
  },
  {
    name: "Another call with the same key",
    ...LOGINS,
    headers: { "Idempotency-Key": SOME_KEY },
    body: { ...LOGIN, channel: "web" },
    status: 422,
    code: "idempotency_key_reused",
  },
  {
    name: "A login that is none",
    ...to("POST", "/v1/logins/{loginId}/legacy-outcome"),
    before: ['pm.variables.set("loginId", "lg_none");'],
    body: { succeeded: true },
    status: 404,
    code: "login_not_found",
  },
  {
    name: "A request that is none",
    ...to("GET", "/v1/requests/{id}"),
    before: ['pm.variables.set("id", pm.variables.replaceIn("{{$guid}}"));'],
    status: 404,
    code: "request_not_found",
  },
  {
    name: "A request from the future",
    ...to("POST", "/v1/requests"),
    body: { customId: "{{unknownId}}", right: "access", receivedAt: "2999-01-01T00:00:00Z" },
    status: 422,
    code: "received_in_future",
  },
];
