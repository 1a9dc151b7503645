import { OWN_SHARE_MS } from "#lib/logins/verify-person.ts";
import { atLeast, exact, policyOf, sumOf } from "./examine-day.ts";
import type { Day, DayTry, ReplayFact } from "./types.ts";

/** A try whose answer counted: what a bad picture was asked afterwards may be cut off without harm. */
const isAnswered = ({ outcome }: DayTry): boolean =>
  outcome === "matched" || outcome === "not_matched" || outcome === "spoof_suspected";

/** Whether the wait for the API ended this try. */
export const isCutOff = ({ reason }: DayTry): boolean => reason === "api_timed_out";

/**
 * What another wait for the API would have done. Shorter is exact to the few milliseconds of our own part: whoever was
 * answered later is cut off. How long the API would have taken beyond the wait that was in force is not known.
 */
export function replayTimeout(day: Day, apiTimeoutMs: number): ReplayFact[] {
  const isLate = (made: Pick<DayTry, "apiLatencyMs">) =>
    (made.apiLatencyMs ?? 0) > apiTimeoutMs - OWN_SHARE_MS;
  const cut = day.tries.filter(isCutOff);
  const late = day.tries.filter((made) => isAnswered(made) && isLate(made));
  const smoothLate = sumOf(day.smooth.filter(isLate));
  const open = cut.filter((made) => policyOf(day, made).apiTimeoutMs < apiTimeoutMs).length;
  const matchedTooLate = late.filter(({ outcome }) => outcome === "matched").length + smoothLate;
  return [
    {
      figure: "cutOff",
      before: cut.length,
      after: atLeast(late.length + smoothLate + cut.length - open, open),
    },
    { figure: "matchedTooLate", before: null, after: exact(matchedTooLate) },
  ];
}

/** What another time for a login to end would have done; nobody knows how those we closed would have gone on. */
export function replayOpenMinutes(day: Day, minutes: number): ReplayFact[] {
  const closed = day.ends.filter(({ byUs }) => byUs);
  const open = sumOf(closed.filter((ends) => ends.minutes <= minutes));
  const tooLate = sumOf(day.ends.filter((ends) => !ends.byUs && ends.minutes > minutes));
  return [
    { figure: "closedByUs", before: sumOf(closed), after: atLeast(sumOf(closed) - open + tooLate, open) },
    { figure: "endedTooLate", before: null, after: exact(tooLate) },
  ];
}
