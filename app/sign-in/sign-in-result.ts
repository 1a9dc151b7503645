import { credentialsSchema } from "#lib/auth/schema.ts";

export type Failure =
  | { code: "fields"; email: boolean; password: boolean }
  | { code: "throttled"; waitSeconds: number }
  /** The password was right, and a code is asked for next. */
  | { code: "code_required" }
  | { code: "wrong" | "wrong_code" | "challenge_expired" | "unavailable" };

/** The credentials of the form, or which field cannot be sent. */
export function readFields(form: FormData) {
  const parsed = credentialsSchema.safeParse(Object.fromEntries(form));
  if (parsed.success) return { values: parsed.data, failure: null };
  const wrong = new Set(parsed.error.issues.map((issue) => issue.path[0]));
  const failure = { code: "fields" as const, email: wrong.has("email"), password: wrong.has("password") };
  return { values: null, failure };
}

/** The server's refusal, which comes as `code` or `code:seconds`. Whatever is not ours counts as unavailable. */
export function readFailure(error: string | null | undefined): Failure {
  const [code, seconds] = (error ?? "").split(":");
  if (code === "wrong_credentials" || code === "CredentialsSignin") return { code: "wrong" };
  if (code === "code_required" || code === "wrong_code" || code === "challenge_expired") return { code };
  const waitSeconds = Number(seconds);
  if (code === "throttled" && Number.isInteger(waitSeconds) && waitSeconds > 0) return { code, waitSeconds };
  return { code: "unavailable" };
}
