import type { ApiFailureCode } from "#lib/multibiometrics/types.ts";

/** What the address stands for. Nobody is enrolled, changed or deleted at `production` by a check. */
export const API_KINDS = ["production", "staging", "sandbox"] as const;
export type ApiKind = (typeof API_KINDS)[number];

export const CHECK_GROUPS = [
  "transport",
  "pictures",
  "enroll",
  "verify",
  "update",
  "templates",
  "faces",
  "delete",
] as const;
export type CheckGroup = (typeof CHECK_GROUPS)[number];

/** Every check, by what it shows. */
export const CHECK_IDS = [
  "no_biometrics",
  "wrong_key",
  "missing_key",
  "unknown_path",
  "wrong_method",
  "broken_json",
  "no_custom_id",
  "verify_unknown",
  "invalid_base64",
  "data_uri",
  "no_face",
  "several_faces",
  "tiff_finger",
  "webp_finger",
  "picture_size",
  "enrol",
  "enrol_twice",
  "black_picture",
  "unusable_finger",
  "verify_right",
  "verify_wrong",
  "verify_fingers",
  "verify_mixed",
  "verify_not_enrolled",
  "update_face",
  "update_unknown",
  "extract",
  "match_genuine",
  "match_impostor",
  "liveness",
  "liveness_no_face",
  "face_detect",
  "check_icao",
  "delete",
  "delete_again",
  "enrol_again",
] as const;
export type CheckId = (typeof CHECK_IDS)[number];

/**
 * `differs`: not as the guide says, and Gatehouse handles it. `not_in_plan`: the key is for another package, or the host
 * does not serve the call. `not_tried`: an earlier check that it needs brought nothing to stand on.
 */
export const VERDICTS = ["pass", "differs", "fail", "not_in_plan", "not_tried"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What a verdict rests on. The first group is handled, the second is not. */
export const FINDINGS = [
  "status_differs",
  "message_differs",
  "form_differs",
  "method_taken",
  "format_taken",
  "prefix_taken",
  "smaller_limit",
  "no_biopass_id",
  "lists_never_sent",
  "any_is_enough",
  "ignores_not_enrolled",
  "keeps_usable",
  "replaces_everything",
  "id_is_spent",
  "score_runs_down",
  "other_package",
  "not_served",
  "needs_earlier",
  "accepted",
  "other_refusal",
  "no_answer",
  "unreadable",
  "key_refused",
  "quota_used_up",
  "rate_limited",
  "service_error",
  "not_matched",
  "stranger_matched",
  "old_face_matches",
  "faces_miscounted",
] as const;
export type Finding = (typeof FINDINGS)[number];

/** What a run learns about the API, as far as the public guide leaves it open. */
export const FACTS = [
  "invalid_json",
  "custom_id_missing",
  "custom_id_exists",
  "person_not_found",
  "invalid_base64",
  "unusable_face",
  "several_faces",
  "unauthorized",
  "unknown_path",
  "liveness_refusal",
  "data_uri",
  "tiff_finger",
  "webp_finger",
  "picture_limit",
  "client_id",
  "success_flag",
  "fingers_listed",
  "match_rule",
  "not_enrolled",
  "unusable_finger",
  "update",
  "enrol_again",
  "score_range",
] as const;
export type Fact = (typeof FACTS)[number];

/** One fact as a text of its own small language: see lib/contract-checks/rules.ts. */
export type Observation = { fact: Fact; value: string };

/** How a message was wrapped. */
export type AnswerForm =
  | "text"
  | "json_text"
  | "gateway"
  | "success_message"
  | "result"
  | "other_json"
  | "empty";

/** One call as it may be shown and kept: no picture, no template, no key. */
export type ShownExchange = {
  /** "POST verify". */
  call: string;
  request: string;
  /** Null where no answer came. */
  status: number | null;
  contentType: string | null;
  /** What came back, cut; without an answer, why none came. */
  answer: string;
  /** The message, where the answer was one. */
  message: string | null;
  tookMs: number;
};

/** What came of one check. */
export type CheckEnd = {
  verdict: Verdict;
  findings: Finding[];
  /** How our client read the answer that failed it, where that was a failure. */
  code: ApiFailureCode | null;
  exchanges: ShownExchange[];
  /** The exchange that decided it. */
  decisive: number | null;
  tookMs: number;
  observed: Observation[];
};
