import { DEFAULT_POLICY_VALUES, type PolicyValues } from "./schema.ts";
import type { Day, DaySeen, DayTry, Told } from "./types.ts";

/** The rules a try was judged by; version 0 is what a gateway runs that was never told any. */
export const policyOf = (day: Day, { policyVersion }: Pick<DayTry, "policyVersion">): PolicyValues =>
  day.policies.get(policyVersion) ?? DEFAULT_POLICY_VALUES;

/** Every rule looks at the same logins of a day: they are put together once. */
const known = new WeakMap<Day, ReadonlyMap<string, DayTry[]>>();

/** The day's tries by login, each login's in the order in which they were made. */
export function triesByLogin(day: Day): ReadonlyMap<string, readonly DayTry[]> {
  const logins = known.get(day) ?? groupByLogin(day);
  known.set(day, logins);
  return logins;
}

function groupByLogin(day: Day): ReadonlyMap<string, DayTry[]> {
  const logins = new Map<string, DayTry[]>();
  for (const made of day.tries) {
    const tries = logins.get(made.loginId);
    if (tries) tries.push(made);
    else logins.set(made.loginId, [made]);
  }
  return logins;
}

/** Whether a try counts as a failure of the person; trouble at the API does not. */
export const isFailure = ({ outcome }: DayTry): boolean =>
  outcome === "not_matched" || outcome === "capture_refused" || outcome === "spoof_suspected";

/** Whether a try used up a login's last one: a bad picture or no match with none left. */
export function isUsedUp(day: Day, made: DayTry): boolean {
  if (made.outcome === "capture_refused") return made.decision === "use_legacy";
  return made.outcome === "not_matched" && isLast(day, made);
}

/** Whether a try that did not match was the last its login had. */
export function isLast(day: Day, made: DayTry): boolean {
  const { afterNotMatched, attemptsBeforeFallback } = policyOf(day, made);
  if (made.decision === "retry_capture") return false;
  return afterNotMatched === "retry" || made.attempt >= attemptsBeforeFallback;
}

export const sumOf = (counted: readonly { count: number }[]): number =>
  counted.reduce((sum, { count }) => sum + count, 0);

type Trait = Pick<DayTry, "policyVersion" | "face" | "apiLatencyMs">;

/** How many of the day's tries, smooth or not, are so. */
export const countTries = (day: Day, isSo: (made: Trait) => boolean = () => true): number =>
  day.tries.filter(isSo).length + sumOf(day.smooth.filter(isSo));

/** Whether a try of a face went to the API: those a check before the comparison is made for. */
export const isFaceTry = ({ face, apiLatencyMs }: Trait): boolean => face && apiLatencyMs !== null;

/** How much of the day was looked at. */
export const seenOf = (day: Day): DaySeen => ({
  from: day.from,
  isWhole: day.isWhole,
  tries: countTries(day),
  offered: day.offered,
});

export const exact = (count: number): Told => ({ kind: "exact", count });

/** A count that lies between what is certain and that plus what the day cannot tell. */
export const atLeast = (certain: number, open: number): Told =>
  open === 0 ? exact(certain) : { kind: "between", low: certain, high: certain + open };
