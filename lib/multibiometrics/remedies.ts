import type { ApiFailureCode } from "./types.ts";

/** What to do about a failed call; the words for each are chosen where they are shown. */
export type RemedyCode =
  | "fix_request"
  | "use_other_id"
  | "enroll_first"
  | "capture_again"
  | "reencode_image"
  | "shrink_image"
  | "service_wait"
  | "service_check_key"
  | "service_raise_quota"
  | "service_check_address"
  | "service_check_network"
  | "ask_provider";

type Kind = "request" | "service";

const failures: Record<ApiFailureCode, { kind: Kind; remedy: RemedyCode }> = {
  request_invalid: { kind: "request", remedy: "fix_request" },
  custom_id_missing: { kind: "request", remedy: "fix_request" },
  custom_id_exists: { kind: "request", remedy: "use_other_id" },
  person_not_found: { kind: "request", remedy: "enroll_first" },
  capture_unusable: { kind: "request", remedy: "capture_again" },
  image_invalid: { kind: "request", remedy: "reencode_image" },
  image_missing: { kind: "request", remedy: "fix_request" },
  image_too_large: { kind: "request", remedy: "shrink_image" },
  refused_other: { kind: "request", remedy: "ask_provider" },
  unauthorized: { kind: "service", remedy: "service_check_key" },
  quota_exhausted: { kind: "service", remedy: "service_raise_quota" },
  rate_limited: { kind: "service", remedy: "service_wait" },
  endpoint_missing: { kind: "service", remedy: "service_check_address" },
  server_error: { kind: "service", remedy: "service_wait" },
  timed_out: { kind: "service", remedy: "service_wait" },
  unreachable: { kind: "service", remedy: "service_check_network" },
  answer_unreadable: { kind: "service", remedy: "ask_provider" },
  circuit_open: { kind: "service", remedy: "service_wait" },
};

/** The one thing to do about a failure. */
export function remedyOf(code: ApiFailureCode): RemedyCode {
  return failures[code].remedy;
}

/** True when the service is at fault, so that the capture and the person say nothing about it. */
export function isServiceFailure(code: ApiFailureCode): boolean {
  return failures[code].kind === "service";
}
