import type { ApiFailureCode } from "#lib/multibiometrics/types.ts";

/** What a tester can do about it: take another picture, wait, or tell whoever gave them the link. */
export type TroubleText = "picture" | "wait" | "tell";

const TEXTS: Record<ApiFailureCode, TroubleText> = {
  capture_unusable: "picture",
  image_invalid: "picture",
  image_missing: "picture",
  image_too_large: "picture",
  rate_limited: "wait",
  server_error: "wait",
  timed_out: "wait",
  unreachable: "wait",
  answer_unreadable: "wait",
  circuit_open: "wait",
  request_invalid: "tell",
  custom_id_missing: "tell",
  custom_id_exists: "tell",
  person_not_found: "tell",
  refused_other: "tell",
  unauthorized: "tell",
  quota_exhausted: "tell",
  endpoint_missing: "tell",
};

/** Which sentence a failed call is told by; one without a code was cut off, and may be made again. */
export const troubleTextOf = (code: ApiFailureCode | null): TroubleText =>
  code === null ? "wait" : TEXTS[code];
