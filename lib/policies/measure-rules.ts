import { faultOfRule } from "#lib/captures/rules.ts";
import { countTries, isFaceTry, isUsedUp } from "./examine-day.ts";
import { nextTries, refusedByCheck } from "./replay-checks.ts";
import { countPaused } from "./replay-pauses.ts";
import { isCutOff, replayTimeout } from "./replay-times.ts";
import { firstMisses, replayAttempts } from "./replay-tries.ts";
import type { PolicyValues } from "./schema.ts";
import {
  type Day,
  type DayTry,
  POLICY_RANGES,
  type Refusable,
  type ReplayFact,
  RULES,
  type RuleName,
  type RuleToday,
  type TodayLine,
  type TodayText,
} from "./types.ts";

const line = (text: TodayText, values: Record<string, number> = {}): TodayLine => ({ text, values });

/** What every rule did over the day, in figures that were measured; where nothing can be known, why. */
export function measureRules(day: Day, policy: PolicyValues): Record<RuleName, RuleToday> {
  const entries = RULES.map((rule) => [rule, measureRule(day, rule, policy)]);
  return Object.fromEntries(entries) as Record<RuleName, RuleToday>;
}

function measureRule(day: Day, rule: RuleName, policy: PolicyValues): RuleToday {
  switch (rule) {
    case "attemptsBeforeFallback":
      return measureAttempts(day, policy);
    case "failuresBeforePause":
      return { did: line("paused", { count: countPaused(day, false) }), note: null };
    case "failuresBeforePauseWithLiveness":
      if (!policy.livenessRequired) return { did: line("notInForce"), note: null };
      return { did: line("paused", { count: countPaused(day, true) }), note: null };
    case "pauseMinutes":
      return measurePause(day);
    case "apiTimeoutMs":
      return measureTimeout(day, policy);
    case "openLoginMinutes":
      return measureOpenLogins(day);
    case "qualityChecked":
      return measureQuality(day, policy);
    case "qualityMinConfidence":
      return { did: line(policy.qualityChecked ? "confidence" : "notChecked"), note: null };
    case "afterNotMatched":
      return measureMisses(day, policy);
    case "afterLastAttempt":
      return measureLast(day);
    case "livenessRequired":
      return measureLiveness(day, policy);
    case "minScore":
      return { did: line("comparisons"), note: null };
    default:
      return measureRefusal(day, rule.slice("refuse.".length) as Refusable, policy);
  }
}

/** The count another value would have led to, where the day tells it exactly. */
function countWith([fact]: ReplayFact[]): number | null {
  return fact?.after.kind === "exact" ? fact.after.count : null;
}

function measureAttempts(day: Day, { attemptsBeforeFallback: tries }: PolicyValues): RuleToday {
  const usedUp = day.tries.filter((made) => isUsedUp(day, made)).length;
  const fewer =
    tries > POLICY_RANGES.attemptsBeforeFallback.min ? countWith(replayAttempts(day, tries - 1)) : null;
  const note = fewer === null ? null : line("usedUpWith", { value: tries - 1, count: fewer });
  return { did: line("usedUp", { count: usedUp }), note };
}

function measurePause({ pausedLogins }: Day): RuleToday {
  const count = pausedLogins.length;
  const inside = pausedLogins.filter(({ ended }) => ended === "completed_legacy").length;
  return { did: line("turnedAway", { count }), note: count === 0 ? null : line("thenIn", { count: inside }) };
}

function measureTimeout(day: Day, { apiTimeoutMs }: PolicyValues): RuleToday {
  const cut = day.tries.filter(isCutOff);
  const logins = new Set(
    cut.filter(({ ended }) => ended !== "completed_biometric").map(({ loginId }) => loginId),
  ).size;
  const shorter = apiTimeoutMs - 1000;
  const with1sLess = shorter < POLICY_RANGES.apiTimeoutMs.min ? null : countWith(replayTimeout(day, shorter));
  const note =
    with1sLess === null ? null : line("cutOffWith", { seconds: shorter / 1000, count: with1sLess });
  return { did: line("cutOff", { count: cut.length, logins }), note };
}

function measureOpenLogins({ ends }: Day): RuleToday {
  const count = ends.filter(({ byUs }) => byUs).reduce((sum, end) => sum + end.count, 0);
  const minutes = Math.max(0, ...ends.filter(({ byUs }) => !byUs).map((end) => end.minutes));
  return { did: line("closedByUs", { count }), note: minutes === 0 ? null : line("slowestEnd", { minutes }) };
}

function measureQuality(day: Day, { qualityChecked }: PolicyValues): RuleToday {
  const refused = refusedByCheck(day);
  if (!qualityChecked && refused.length === 0) return { did: line("notChecked"), note: null };
  const byRules = new Set<string>(
    RULES.flatMap((rule) =>
      rule.startsWith("refuse.") ? [faultOfRule(rule.slice("refuse.".length) as Refusable) ?? ""] : [],
    ),
  );
  const always = refused.filter(({ reason }) => !byRules.has(reason)).length;
  const did = line("checked", { count: refused.length, of: countTries(day, isFaceTry) });
  return { did, note: line("checkedAlways", { count: always }) };
}

function measureRefusal(day: Day, rule: Refusable, policy: PolicyValues): RuleToday {
  const refused = refusedByCheck(day, rule);
  const inForce = policy.qualityChecked && policy.refuse[rule];
  if (inForce || refused.length > 0) return refusedWith(refused.length, nextTries(day, refused));
  const fault = faultOfRule(rule);
  const named = day.tries.filter(({ outcome, reason }) => outcome === "capture_refused" && reason === fault);
  const did = line(policy.qualityChecked ? "notRefused" : "notChecked");
  if (named.length === 0) return { did, note: null };
  const next = nextTries(day, named);
  const matched = next.filter(({ outcome }) => outcome === "matched").length;
  return { did, note: line("namedAfter", { count: named.length, matched, next: next.length }) };
}

function refusedWith(count: number, next: readonly DayTry[]): RuleToday {
  const did = line("refused", { count });
  if (count === 0) return { did, note: null };
  if (next.length === 0) return { did, note: line("nextNone") };
  const matched = next.filter(({ outcome }) => outcome === "matched").length;
  return { did, note: line("nextMatched", { matched, count: next.length }) };
}

function measureMisses(day: Day, { afterNotMatched }: PolicyValues): RuleToday {
  const misses = firstMisses(day);
  const did = line("missed", { count: misses.length });
  if (misses.length === 0) return { did, note: null };
  const retried = misses.filter(({ miss }) => miss.decision === "retry_capture");
  if (afterNotMatched !== "retry")
    return { did, note: line("missedEnded", { count: misses.length - retried.length }) };
  const matched = retried.filter(({ later }) => later.some(({ outcome }) => outcome === "matched")).length;
  return { did, note: line("missedMatched", { count: matched }) };
}

function measureLast(day: Day): RuleToday {
  const last = day.tries.filter((made) => made.outcome === "not_matched" && isUsedUp(day, made));
  const thenIn = last.filter(({ ended }) => ended === "fell_back").length;
  const did = line("lastFailed", { count: last.length });
  return { did, note: last.length === 0 ? null : line("lastThenIn", { count: thenIn }) };
}

function measureLiveness(day: Day, { livenessRequired }: PolicyValues): RuleToday {
  const count = day.tries.filter(({ outcome }) => outcome === "spoof_suspected").length;
  const note = line("faceTries", { count: countTries(day, isFaceTry) });
  return { did: livenessRequired || count > 0 ? line("spoofs", { count }) : line("notRequired"), note };
}
