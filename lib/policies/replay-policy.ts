import { replayConfidence, replayLiveness, replayQualityCheck, replayRefusal } from "./replay-checks.ts";
import { replayPauses } from "./replay-pauses.ts";
import { replayOpenMinutes, replayTimeout } from "./replay-times.ts";
import { replayAfterLastAttempt, replayAfterNotMatched, replayAttempts } from "./replay-tries.ts";
import { changesBetween, withValue } from "./rules.ts";
import type { PolicyValues } from "./schema.ts";
import type { Day, Refusable, ReplayFact, RuleName, RuleReplay } from "./types.ts";

const cannotTell = (why: "not_in_force" | "comparisons"): ReplayFact[] => [
  { figure: "effect", before: null, after: { kind: "unknown", why } },
];

/**
 * What each change would have done over the day, had it been made alone: measured where the tries recorded tell, else
 * estimated, bounded, or not to be told and why.
 */
export function replayPolicy(day: Day, base: PolicyValues, wanted: PolicyValues): RuleReplay[] {
  return changesBetween(base, wanted).map((change) => ({
    ...change,
    facts: replayRule(day, change.rule, base, withValue(base, change.rule, change.after)),
  }));
}

function replayRule(day: Day, rule: RuleName, base: PolicyValues, to: PolicyValues): ReplayFact[] {
  switch (rule) {
    case "attemptsBeforeFallback":
      return replayAttempts(day, to.attemptsBeforeFallback);
    case "failuresBeforePauseWithLiveness":
      return base.livenessRequired ? replayPauses(day, to) : cannotTell("not_in_force");
    case "failuresBeforePause":
    case "pauseMinutes":
      return replayPauses(day, to);
    case "apiTimeoutMs":
      return replayTimeout(day, to.apiTimeoutMs);
    case "openLoginMinutes":
      return replayOpenMinutes(day, to.openLoginMinutes);
    case "qualityChecked":
      return replayQualityCheck(day, to.qualityChecked);
    case "qualityMinConfidence":
      return replayConfidence(base);
    case "afterNotMatched":
      return replayAfterNotMatched(day, to.afterNotMatched);
    case "afterLastAttempt":
      return replayAfterLastAttempt(day, to.afterLastAttempt);
    case "livenessRequired":
      return replayLiveness(day, to);
    case "minScore":
      return cannotTell("comparisons");
    default: {
      const refusable = rule.slice("refuse.".length) as Refusable;
      return replayRefusal(day, refusable, to.refuse[refusable], base);
    }
  }
}
