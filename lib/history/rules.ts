import type { FallbackReason, LoginOutcome, PathReason, VerificationReason } from "#lib/logins/schema.ts";
import type { LoginStory, Try } from "./types.ts";

/** What keeps a person from biometrics now whatever the last login was, in the order in which it matters. */
type Standing = "blocked" | "enrollment_pending" | "legacy_failed" | "halted" | "paused" | "not_exposed";

/** The answer to "why can't this person log in?". The words for it are chosen at the edge. */
export type PersonAnswer = {
  kind: Standing | "no_logins" | "open" | LoginOutcome;
  /** The reason most tries of the last login failed for; null when none failed. */
  cause: VerificationReason | null;
};

/**
 * Says what stands between the person and logging in, from the path their next login gets and how the last one went.
 * What holds now goes before what was; but somebody whom the password did not let in is still outside, whatever holds.
 */
export function answerForPerson(next: PathReason, last: LoginStory | null): PersonAnswer {
  const cause = causeOf(last?.tries ?? []);
  const outcome = last?.end?.outcome ?? null;
  switch (next) {
    case "blocked":
    case "enrollment_pending":
      return { kind: next, cause };
    case "halted":
    case "paused":
    case "not_exposed":
      return { kind: outcome === "legacy_failed" ? outcome : next, cause };
    default:
      return { kind: last === null ? "no_logins" : (outcome ?? "open"), cause };
  }
}

/** What to do for a person now: about what they are, a failed try, why they left the way, or why they were not on it. */
export type Advice =
  | {
      about: "standing";
      standing: Exclude<Standing, "legacy_failed"> | "no_logins" | "open" | "well" | "password";
    }
  | { about: "try"; reason: VerificationReason }
  | { about: "fallback"; reason: FallbackReason }
  | { about: "path"; reason: PathReason };

/** The one thing to do for the person; every answer has one, and every reason its own. */
export function adviceFor({ kind, cause }: PersonAnswer, last: LoginStory | null): Advice {
  switch (kind) {
    case "blocked":
    case "enrollment_pending":
    case "halted":
    case "paused":
    case "not_exposed":
    case "no_logins":
      return { about: "standing", standing: kind };
    case "completed_biometric":
      return { about: "standing", standing: "well" };
    case "legacy_failed":
      return { about: "standing", standing: "password" };
    case "open":
      return cause === null ? { about: "standing", standing: "open" } : { about: "try", reason: cause };
    default:
      return adviceAfter(cause, last);
  }
}

/** What to do after a login that did not end by biometrics. */
function adviceAfter(cause: VerificationReason | null, last: LoginStory | null): Advice {
  if (cause !== null) return { about: "try", reason: cause };
  if (last?.path === "legacy") return { about: "path", reason: last.pathReason };
  return { about: "fallback", reason: last?.end?.fallbackReason ?? "none" };
}

/** The reason the most failed tries share; of reasons equally frequent, the latest one. */
export function causeOf(tries: readonly Try[]): VerificationReason | null {
  const counts = new Map<VerificationReason, number>();
  let cause: VerificationReason | null = null;
  for (const { outcome, reason } of tries) {
    if (outcome === "matched") continue;
    const count = (counts.get(reason) ?? 0) + 1;
    counts.set(reason, count);
    if (cause === null || count >= (counts.get(cause) ?? 0)) cause = reason;
  }
  return cause;
}

/** How many tries of a login reached a comparison, matched or not. */
export const countUsable = (tries: readonly Try[]): number =>
  tries.filter(({ outcome }) => outcome === "matched" || outcome === "not_matched").length;

/** Whether the person was let in at the end, by either way; null while that is not known. */
export function wasLetIn(outcome: LoginOutcome | null): boolean | null {
  switch (outcome) {
    case "completed_biometric":
    case "completed_legacy":
    case "fell_back":
      return true;
    case "fell_back_failed":
    case "legacy_failed":
    case "rejected":
    case "abandoned":
      return false;
    case "legacy_unreported":
    case null:
      return null;
  }
}
