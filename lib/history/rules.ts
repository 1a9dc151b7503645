import { isPaused } from "#lib/logins/rules.ts";
import type { LoginOutcome, VerificationReason } from "#lib/logins/schema.ts";
import type { PersonStatus } from "#lib/people/schema.ts";
import type { LoginStory, Try } from "./types.ts";

/** What keeps a person out whatever the last login was, in the order in which it matters. */
type Standing = "blocked" | "enrollment_pending" | "paused";

/** The answer to "why can't this person log in?". The words for it are chosen at the edge. */
export type PersonAnswer = {
  kind: Standing | "no_logins" | "open" | LoginOutcome;
  /** The reason most tries of the last login failed for; null when none failed. */
  cause: VerificationReason | null;
};

export type PersonFacts = { status: PersonStatus; pausedUntil: Date | null };

/** Says what stands between the person and logging in, from what they are and how their last login went. */
export function answerForPerson(person: PersonFacts, last: LoginStory | null, now: Date): PersonAnswer {
  const cause = causeOf(last?.tries ?? []);
  if (person.status === "blocked") return { kind: "blocked", cause };
  if (person.status === "pending") return { kind: "enrollment_pending", cause };
  if (isPaused(person, now)) return { kind: "paused", cause };
  if (!last) return { kind: "no_logins", cause };
  return { kind: last.end?.outcome ?? "open", cause };
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
