import { failuresBeforePause } from "#lib/logins/rules.ts";
import { atLeast, exact, isFailure, policyOf } from "./examine-day.ts";
import type { PolicyValues } from "./schema.ts";
import type { Day, DayTry, PausedLogin, ReplayFact } from "./types.ts";

const MINUTE_MS = 60_000;

type Pause = { fromMs: number; untilMs: number; byLiveness: boolean };
type Pauses = ReadonlyMap<string, readonly Pause[]>;
type Limits = (made: DayTry) => PolicyValues;

function triesByPerson(day: Day): Map<string, DayTry[]> {
  const people = new Map<string, DayTry[]>();
  for (const made of day.tries) {
    if (made.personId === null) continue;
    const tries = people.get(made.personId);
    if (tries) tries.push(made);
    else people.set(made.personId, [made]);
  }
  return people;
}

/**
 * Goes through everybody's failures in a row by the rule of the recorder: a match clears them, and from the limit on
 * each further one pauses anew. Tries inside a pause are left out where they would then not have been made.
 */
function pausesBy(day: Day, limits: Limits, leavesOut: boolean): { pauses: Pauses; leftOut: DayTry[] } {
  const pauses = new Map<string, Pause[]>();
  const leftOut: DayTry[] = [];
  for (const [personId, tries] of triesByPerson(day)) {
    let failures = day.failuresBefore.get(personId) ?? 0;
    const own: Pause[] = [];
    for (const made of tries) {
      if (leavesOut && own.some(({ untilMs }) => made.atMs < untilMs)) {
        leftOut.push(made);
        continue;
      }
      if (made.outcome === "matched") failures = 0;
      if (!isFailure(made)) continue;
      failures += 1;
      const policy = limits(made);
      if (failures < failuresBeforePause(policy, made)) continue;
      const untilMs = made.atMs + policy.pauseMinutes * MINUTE_MS;
      own.push({ fromMs: made.atMs, untilMs, byLiveness: policy.livenessRequired && made.face });
    }
    if (own.length > 0) pauses.set(personId, own);
  }
  return { pauses, leftOut };
}

/** Two rules tell the same pauses of a day: they are gone through once. */
const known = new WeakMap<Day, Pauses>();

/** The pauses of the day as they were, by the rules each try was judged by. */
function pausesOf(day: Day): Pauses {
  const pauses = known.get(day) ?? pausesBy(day, (made) => policyOf(day, made), false).pauses;
  known.set(day, pauses);
  return pauses;
}

/** How many people were paused by the limit for faces checked for life, or by the other one. */
export const countPaused = (day: Day, byLiveness: boolean): number =>
  [...pausesOf(day).values()].filter((own) => own.some((pause) => pause.byLiveness === byLiveness)).length;

const isInside = (pauses: Pauses, { personId, atMs }: PausedLogin): boolean =>
  personId !== null &&
  (pauses.get(personId) ?? []).some(({ fromMs, untilMs }) => atMs >= fromMs && atMs < untilMs);

/**
 * What other limits of failures and another length of the pause would have done. Stricter ones are exact on the tries
 * recorded; of somebody who would not have been paused, nobody knows what they would have tried instead.
 */
export function replayPauses(day: Day, to: PolicyValues): ReplayFact[] {
  const was = pausesOf(day);
  const { pauses, leftOut } = pausesBy(day, () => to, true);
  const released = [...was.keys()].filter((personId) => !pauses.has(personId)).length;
  const facts: ReplayFact[] = [
    { figure: "peoplePaused", before: was.size, after: atLeast(pauses.size, released) },
  ];
  if (leftOut.length > 0) {
    const matched = leftOut.filter(({ outcome }) => outcome === "matched").length;
    facts.push(
      { figure: "triesNotMade", before: null, after: exact(leftOut.length) },
      { figure: "matchedInPause", before: null, after: exact(matched) },
    );
  }
  const freed = day.pausedLogins.filter((login) => isInside(was, login) && !isInside(pauses, login));
  if (freed.length > 0) facts.push({ figure: "freedLogins", before: null, after: freedOf(freed, pauses) });
  return facts;
}

/** The first login after a shorter pause would have been offered biometrics; of those after it, nobody knows. */
function freedOf(freed: readonly PausedLogin[], pauses: Pauses): ReplayFact["after"] {
  const certain = new Set(freed.map(({ personId }) => personId ?? "").filter((id) => pauses.has(id))).size;
  return atLeast(certain, freed.length - certain);
}
