import type { PolicyValues } from "./schema.ts";
import {
  NIST_FAILURES,
  type NumberRule,
  POLICY_RANGES,
  type Refusable,
  type RefuseRule,
  RULES,
  type RuleChange,
  type RuleName,
  type RuleValue,
} from "./types.ts";

const refusableOf = (rule: RefuseRule): Refusable => rule.slice("refuse.".length) as Refusable;
const isRefuseRule = (rule: RuleName): rule is RefuseRule => rule.startsWith("refuse.");
export const isNumberRule = (rule: RuleName): rule is NumberRule => rule in POLICY_RANGES;

/** What a policy says about one rule. */
export function valueOfRule(values: PolicyValues, rule: RuleName): RuleValue {
  return isRefuseRule(rule)
    ? values.refuse[refusableOf(rule)]
    : values[rule as Exclude<RuleName, RefuseRule>];
}

/** The policy with one rule changed; whether the value may stand is decided where it is parsed. */
export function withValue(values: PolicyValues, rule: RuleName, value: RuleValue): PolicyValues {
  return isRefuseRule(rule)
    ? { ...values, refuse: { ...values.refuse, [refusableOf(rule)]: value } }
    : { ...values, [rule]: value };
}

/** What one policy says differently from another, in the order of the rules. */
export function changesBetween(before: PolicyValues, after: PolicyValues): RuleChange[] {
  return RULES.map((rule) => ({
    rule,
    before: valueOfRule(before, rule),
    after: valueOfRule(after, rule),
  })).filter((change) => change.before !== change.after);
}

/** Somebody's changes, made on an older policy, on top of the one that is in force now. */
export function rebase(changes: readonly RuleChange[], onto: PolicyValues): PolicyValues {
  return changes.reduce((values, { rule, after }) => withValue(values, rule, after), onto);
}

/** Rules whose numbers are shown and typed in another unit than they are kept in. */
const SHOWN_PER_KEPT: Partial<Record<NumberRule, number>> = { apiTimeoutMs: 1 / 1000 };
const WITH_DECIMALS: ReadonlySet<NumberRule> = new Set(["minScore", "apiTimeoutMs"]);

/** A rule's number in the unit it is shown in: the wait for the API in seconds, everything else as it is kept. */
export const shownNumber = (rule: NumberRule, kept: number): number => kept * (SHOWN_PER_KEPT[rule] ?? 1);

export type NumberProblem = "not_a_number" | "not_whole" | "out_of_range";
export type NumberReading = { ok: true; value: number } | { ok: false; problem: NumberProblem };

/** Reads what somebody typed for a rule, with a decimal point or comma, in the unit it is shown in. */
export function readNumber(rule: NumberRule, text: string): NumberReading {
  const typed = text.trim().replace(",", ".");
  if (!/^-?\d+(\.\d+)?$/.test(typed)) return { ok: false, problem: "not_a_number" };
  const perKept = SHOWN_PER_KEPT[rule];
  const value = perKept === undefined ? Number(typed) : Math.round(Number(typed) / perKept);
  if (!WITH_DECIMALS.has(rule) && !Number.isInteger(value)) return { ok: false, problem: "not_whole" };
  const { min, max } = POLICY_RANGES[rule];
  return value < min || value > max ? { ok: false, problem: "out_of_range" } : { ok: true, value };
}

/** How many failures in a row NIST allows where the value is more than that, else null. */
export function overNist(rule: RuleName, value: RuleValue): number | null {
  if (rule !== "failuresBeforePause" && rule !== "failuresBeforePauseWithLiveness") return null;
  return typeof value === "number" && value > NIST_FAILURES[rule] ? NIST_FAILURES[rule] : null;
}
