import type { FeedbackCode } from "#lib/feedback/schema.ts";

type Kind = { status: number; title: string; next: string };

/** Every way in which the gateway refuses a call, with what to do next. The code is for machines, the rest for people. */
const PROBLEMS = {
  key_missing: {
    status: 401,
    title: "No application key",
    next: "Send the header `Authorization: Bearer <application key>`.",
  },
  key_refused: {
    status: 401,
    title: "The application key is not valid",
    next: "Use the key the console showed when it was made, or have a new one made. A key that was revoked or has ended never works again; the keys of a disabled application do once it is enabled.",
  },
  not_permitted: {
    status: 403,
    title: "Applications may not do this",
    next: "Only members of the console may, if anybody. Compare method and path with /docs.",
  },
  keys_not_loaded: {
    status: 503,
    title: "This gateway does not know the application keys yet",
    next: "It started while the database was away and had no snapshot. Send the call again in a few seconds.",
  },
  rate_limited: {
    status: 429,
    title: "Too many calls from this application",
    next: "Wait for as long as `Retry-After` says, then send the call again.",
  },
  route_unknown: {
    status: 404,
    title: "There is no such call",
    next: "Compare method and path with /docs.",
  },
  body_missing: {
    status: 400,
    title: "The body is empty",
    next: "Send a JSON body with `Content-Type: application/json`.",
  },
  body_not_json: {
    status: 400,
    title: "The body is not JSON",
    next: "Send valid JSON in UTF-8. Pictures go in as Base64 text.",
  },
  body_not_accepted: {
    status: 415,
    title: "This kind of body is not accepted",
    next: "Send JSON with `Content-Type: application/json`.",
  },
  request_too_large: {
    status: 413,
    title: "The request is too large",
    next: "A picture may have 800 KiB and a request 12 MiB. Make the picture smaller, for example a JPEG of 640 by 480.",
  },
  fields_invalid: {
    status: 422,
    title: "Some fields cannot be used",
    next: "Correct the fields listed under `errors` and send the call again.",
  },
  capture_missing: {
    status: 422,
    title: "No picture was sent",
    next: "Send `face`, `fingers` or both.",
  },
  login_not_found: {
    status: 404,
    title: "There is no such login",
    next: "Use the `loginId` this application got from POST /v1/logins, unchanged.",
  },
  login_closed: {
    status: 409,
    title: "This login has ended",
    next: "Open a new one with POST /v1/logins.",
  },
  idempotency_key_invalid: {
    status: 422,
    title: "The Idempotency-Key cannot be used",
    next: "Send 1 to 255 visible characters, for example a UUID.",
  },
  idempotency_key_reused: {
    status: 422,
    title: "This Idempotency-Key was used for another request",
    next: "Make a new key for every new request; repeat a key only with the very same request.",
  },
  idempotency_key_running: {
    status: 409,
    title: "The first request with this Idempotency-Key is still running",
    next: "Wait a second and send it again to get its answer.",
  },
  already_enrolled: {
    status: 409,
    title: "This person is already enrolled",
    next: "Use PUT /v1/enrollments to replace the pictures.",
  },
  not_enrolled: {
    status: 404,
    title: "This person is not enrolled",
    next: "Use POST /v1/enrollments to enroll first.",
  },
  person_blocked: {
    status: 409,
    title: "Biometrics are blocked for this person",
    next: "Leave them on the password. An administrator can see in the console why.",
  },
  erasure_pending: {
    status: 409,
    title: "What is held of this person is being erased",
    next: "Leave them on the password. They can be enrolled again once the erasure is complete.",
  },
  enrollment_running: {
    status: 409,
    title: "Another enrollment of this person is under way",
    next: "Wait for its answer, at most a minute, before sending another.",
  },
  request_not_found: {
    status: 404,
    title: "There is no such request",
    next: "Use the `id` this application got from POST /v1/requests.",
  },
  received_in_future: {
    status: 422,
    title: "The request was received in the future",
    next: "Send `receivedAt` as the moment the person asked, or leave it out.",
  },
  capture_refused: {
    status: 422,
    title: "The picture could not be used",
    next: "Show `feedback.text`, take a new picture and send the call again. `reason` says what was wrong.",
  },
  spoof_suspected: {
    status: 422,
    title: "The picture does not seem to show a live person",
    next: "Show `feedback.text`. Take the picture from a person in front of the camera.",
  },
  custom_id_taken_at_api: {
    status: 409,
    title: "The Multibiometrics API already holds this CustomID, but Gatehouse does not",
    next: "It was enrolled outside Gatehouse. Use another CustomID, or delete it at the API and enroll again.",
  },
  custom_id_spent: {
    status: 409,
    title: "The Multibiometrics API lets nobody enroll again under a CustomID that was erased",
    next: "Use another CustomID for this person. They log in with the password until then.",
  },
  person_unknown_at_api: {
    status: 409,
    title: "The Multibiometrics API does not know this person any more",
    next: "Use POST /v1/enrollments to enroll them again.",
  },
  api_unavailable: {
    status: 503,
    title: "The Multibiometrics API cannot be used now",
    next: "Nothing was changed. Send the call again later; `reason` tells the administrator what is wrong.",
  },
  outcome_unknown: {
    status: 502,
    title: "The Multibiometrics API gave no clear answer",
    next: "Send the same call again: it finds out whether the first one worked.",
  },
  database_away: {
    status: 503,
    title: "The database is away",
    next: "Logins go on; this call needs the database. Send it again when `Retry-After` has passed.",
  },
  internal: {
    status: 500,
    title: "Something went wrong in the gateway",
    next: "Send the call again. If it stays so, give the request id in `instance` to the administrator.",
  },
} as const satisfies Record<string, Kind>;

export type ProblemCode = keyof typeof PROBLEMS;
export const PROBLEM_CODES = Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]];

export type FieldError = { path: string; message: string };

export type ProblemFacts = {
  reason?: string;
  errors?: FieldError[];
  feedbackCode?: FeedbackCode;
  retryAfterSeconds?: number;
};

/** Thrown in a route to end the call with this problem. */
export class Problem extends Error {
  override readonly name = "Problem";
  constructor(
    readonly code: ProblemCode,
    readonly facts: ProblemFacts = {},
  ) {
    super(PROBLEMS[code].title);
  }

  get status(): number {
    return PROBLEMS[this.code].status;
  }
}

/** The fixed part of a problem's answer. */
export const problemKind = (code: ProblemCode): Kind => PROBLEMS[code];
