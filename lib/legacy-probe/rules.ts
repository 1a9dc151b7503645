import type { LegacyAnswer, LegacyProof, Probe, Trial } from "./types.ts";

/** Over so many hours trials are counted. */
export const PROOF_HOURS = 48;
/** From so many in a row on it is told that the legacy login fails: one alone may be a hiccup of the way. */
export const FAILURES_TOLD = 2;
/** A trial may begin so much later than planned before anybody is told: the worker looks, starts anew, waits for an answer. */
const LATE_MINUTES = 5;

const MINUTE_MS = 60_000;

/** When the legacy login is to be tried next: at once where the trials were changed since the last one, else at their pace. */
export function nextTrialAt(
  { everyMinutes, changedAt }: Pick<Probe, "everyMinutes" | "changedAt">,
  last: Pick<Trial, "at"> | null,
): Date {
  if (last === null || last.at < changedAt) return changedAt;
  return new Date(last.at.getTime() + everyMinutes * MINUTE_MS);
}

/** What the trials say: that it fails is more than that it is late, and no trial is no proof. */
export function legacyAnswerOf({ everyMinutes, last, failedInARow }: LegacyProof, now: Date): LegacyAnswer {
  if (everyMinutes === null) return "nobody";
  if (last === null) return "not_yet";
  if (failedInARow > 0) return "failing";
  const dueBy = last.at.getTime() + (everyMinutes + LATE_MINUTES) * MINUTE_MS;
  return now.getTime() > dueBy ? "late" : "works";
}
