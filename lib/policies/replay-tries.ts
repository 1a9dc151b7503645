import { atLeast, exact, isLast, isUsedUp, triesByLogin } from "./examine-day.ts";
import type { PolicyValues } from "./schema.ts";
import type { Day, DayTry, ReplayFact } from "./types.ts";

const has = (tries: readonly DayTry[], is: (made: DayTry) => boolean): boolean => tries.some(is);
const isMatch = ({ outcome }: DayTry): boolean => outcome === "matched";
const isFailedTry = ({ outcome }: DayTry): boolean =>
  outcome === "not_matched" || outcome === "capture_refused";

/**
 * What another number of tries would have done. Fewer is exact: the tries after the last allowed one fall away. Of a
 * login that used up fewer than the new number, nobody knows how a further try would have ended.
 */
export function replayAttempts(day: Day, allowed: number): ReplayFact[] {
  let before = 0;
  let after = 0;
  let open = 0;
  let matchedLater = 0;
  let triesNotMade = 0;
  for (const tries of triesByLogin(day).values()) {
    const wasUsedUp = has(tries, (made) => isUsedUp(day, made));
    const last = tries.find(({ attempt }) => attempt === allowed);
    const later = tries.filter(({ attempt }) => attempt > allowed);
    if (wasUsedUp) before += 1;
    if (last && isFailedTry(last)) after += 1;
    else if (!last && later.length === 0 && wasUsedUp) open += 1;
    if (has(later, isMatch)) matchedLater += 1;
    triesNotMade += later.length;
  }
  const facts: ReplayFact[] = [{ figure: "usedUp", before, after: atLeast(after, open) }];
  return triesNotMade === 0 && open > 0 ? facts : [...facts, ...fallenAway(matchedLater, triesNotMade)];
}

const fallenAway = (matchedLater: number, triesNotMade: number): ReplayFact[] => [
  { figure: "matchedLater", before: null, after: exact(matchedLater) },
  { figure: "triesNotMade", before: null, after: exact(triesNotMade) },
];

/** Each login's first try that did not match while tries were left, with what came after it. */
export function firstMisses(day: Day): { miss: DayTry; later: DayTry[] }[] {
  return [...triesByLogin(day).values()].flatMap((tries) => {
    const place = tries.findIndex((made) => made.outcome === "not_matched" && !isLast(day, made));
    const miss = tries[place];
    return miss === undefined ? [] : [{ miss, later: tries.slice(place + 1) }];
  });
}

/** What another answer to a capture that does not match would have done while tries are left. */
export function replayAfterNotMatched(day: Day, answer: PolicyValues["afterNotMatched"]): ReplayFact[] {
  const misses = firstMisses(day);
  if (answer === "retry") {
    const of = misses.filter(({ miss }) => miss.decision !== "retry_capture").length;
    const after = of === 0 ? exact(0) : ({ kind: "unknown", why: "further_try", of } as const);
    return [{ figure: "matchedLater", before: null, after }];
  }
  const decision = answer === "reject" ? "rejected" : "use_legacy";
  const before = misses.filter(({ miss }) => miss.decision === decision).length;
  const later = misses.flatMap((login) => login.later);
  const matchedLater = misses.filter((login) => has(login.later, isMatch)).length;
  const turned: ReplayFact = {
    figure: answer === "reject" ? "rejected" : "toPassword",
    before,
    after: exact(misses.length),
  };
  const facts = [turned, ...fallenAway(matchedLater, later.length)];
  return answer === "reject" ? [...facts, thenPassword(misses.map(({ miss }) => miss))] : facts;
}

/** What another answer to the last try would have done; a bad picture leads to the password in any case. */
export function replayAfterLastAttempt(day: Day, answer: PolicyValues["afterLastAttempt"]): ReplayFact[] {
  const last = day.tries.filter((made) => made.outcome === "not_matched" && isUsedUp(day, made));
  const rejected = last.filter(({ decision }) => decision === "rejected").length;
  if (answer === "use_legacy") return [{ figure: "rejected", before: rejected, after: exact(0) }];
  return [{ figure: "rejected", before: rejected, after: exact(last.length) }, thenPassword(last)];
}

const thenPassword = (tries: readonly DayTry[]): ReplayFact => ({
  figure: "thenPassword",
  before: null,
  after: exact(tries.filter(({ ended }) => ended === "fell_back").length),
});
