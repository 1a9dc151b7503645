import { faultOfRule } from "#lib/captures/rules.ts";
import { wilsonInterval } from "#lib/rates/rules.ts";
import { countTries, exact, isFaceTry, policyOf, triesByLogin } from "./examine-day.ts";
import { replayPauses } from "./replay-pauses.ts";
import type { PolicyValues } from "./schema.ts";
import type { CannotTell, Day, DayTry, Refusable, ReplayFact, ReplayFigure, Told } from "./types.ts";

/** Fewer next tries than this carry no estimate. */
const FEWEST_NEXT_TRIES = 10;

const unknown = (figure: ReplayFigure, why: CannotTell): ReplayFact => ({
  figure,
  before: null,
  after: { kind: "unknown", why },
});

/** Tries that the quality check refused before the comparison, all or those of one rule. */
export function refusedByCheck(day: Day, rule?: Refusable): DayTry[] {
  const fault = rule === undefined ? undefined : faultOfRule(rule);
  return day.tries.filter(
    ({ outcome, apiOperation, reason }) =>
      outcome === "capture_refused" &&
      apiOperation === "check_icao" &&
      (fault === undefined || reason === fault),
  );
}

/** How the try after each of these ended, in the same login; those without one are left out. */
export function nextTries(day: Day, refused: readonly DayTry[]): DayTry[] {
  const logins = triesByLogin(day);
  return refused.flatMap((made) => {
    const tries = logins.get(made.loginId) ?? [];
    return tries[tries.indexOf(made) + 1] ?? [];
  });
}

/** How many of the refused would match, judged by how their next tries went; too few of those tell nothing. */
function likelyMatched(day: Day, refused: readonly DayTry[]): Told {
  const next = nextTries(day, refused);
  if (next.length < FEWEST_NEXT_TRIES) return { kind: "unknown", why: "too_few", of: next.length };
  const matched = next.filter(({ outcome }) => outcome === "matched").length;
  const { share, low, high } = wilsonInterval(matched, next.length);
  const of = (part: number) => Math.round(part * refused.length);
  return { kind: "estimate", count: of(share), low: of(low), high: of(high) };
}

/** What refusing one thing more, or no longer, would have done. */
export function replayRefusal(day: Day, rule: Refusable, refuses: boolean, base: PolicyValues): ReplayFact[] {
  if (!base.qualityChecked) return [unknown("effect", "not_in_force")];
  if (refuses) return [unknown("refusedSo", "not_recorded")];
  const refused = refusedByCheck(day, rule);
  // Only the first thing found is recorded: what else the picture had may still refuse it.
  const sentOn: Told = refused.length === 0 ? exact(0) : { kind: "between", low: 0, high: refused.length };
  return [
    { figure: "refusedSo", before: refused.length, after: exact(0) },
    { figure: "sentOn", before: null, after: sentOn },
    { figure: "likelyMatched", before: null, after: likelyMatched(day, refused) },
  ];
}

/** What asking for the quality of every picture, or no longer, would have done. */
export function replayQualityCheck(day: Day, checked: boolean): ReplayFact[] {
  const asked = countTries(day, (made) => isFaceTry(made) && policyOf(day, made).qualityChecked);
  if (!checked) {
    const refused = refusedByCheck(day);
    return [
      { figure: "refusedSo", before: refused.length, after: exact(0) },
      { figure: "sentOn", before: null, after: exact(refused.length) },
      { figure: "likelyMatched", before: null, after: likelyMatched(day, refused) },
      { figure: "qualityCalls", before: asked, after: exact(0) },
    ];
  }
  return [
    unknown("refusedSo", "not_asked"),
    { figure: "qualityCalls", before: asked, after: exact(countTries(day, isFaceTry)) },
  ];
}

/** What another confidence would have done: what the check was sure of is not recorded. */
export const replayConfidence = (base: PolicyValues): ReplayFact[] => [
  base.qualityChecked ? unknown("refusedSo", "not_recorded") : unknown("effect", "not_in_force"),
];

/** What asking whether a face is alive, or no longer, would have done; with it the limit of failures changes. */
export function replayLiveness(day: Day, to: PolicyValues): ReplayFact[] {
  const asked = countTries(day, (made) => isFaceTry(made) && policyOf(day, made).livenessRequired);
  const spoofs = day.tries.filter(({ outcome }) => outcome === "spoof_suspected").length;
  const calls = to.livenessRequired ? countTries(day, isFaceTry) : 0;
  return [
    to.livenessRequired
      ? unknown("spoofsSentOn", "not_asked")
      : { figure: "spoofsSentOn", before: null, after: exact(spoofs) },
    { figure: "livenessCalls", before: asked, after: exact(calls) },
    ...replayPauses(day, to),
  ];
}
