import type { StepUp } from "#lib/auth/types.ts";

/** Why an action did not happen. The browser turns each code into a sentence. */
const ACTION_ERROR_CODES = [
  "signed_out",
  "forbidden",
  "step_up_required",
  "invalid_input",
  "not_found",
  "conflict",
  "unavailable",
  "unexpected",
] as const;
export type ActionErrorCode = (typeof ACTION_ERROR_CODES)[number];

export type ActionError = {
  code: ActionErrorCode;
  /** Per field of the input, what is wrong with it; only with `invalid_input`. */
  fields?: Record<string, string[]>;
  /** What to ask of the member first; only with `step_up_required`. */
  stepUp?: StepUp;
  /** Stands in the log beside the cause; to be quoted when asking for help. */
  requestId: string;
};

export type ActionResult<Data> = { ok: true; data: Data } | { ok: false; error: ActionError };
