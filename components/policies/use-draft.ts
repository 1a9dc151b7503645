import { useLocale } from "next-intl";
import { useState } from "react";
import {
  changesBetween,
  isNumberRule,
  type NumberProblem,
  readNumber,
  rebase,
  shownNumber,
  valueOfRule,
} from "#lib/policies/rules.ts";
import type { Policy, PolicyValues } from "#lib/policies/schema.ts";
import type { RuleChange, RuleName, RuleValue } from "#lib/policies/types.ts";

type Typed = Partial<Record<RuleName, string>>;

export type Draft = {
  base: Policy;
  values: PolicyValues;
  changes: RuleChange[];
  problems: Partial<Record<RuleName, NumberProblem>>;
  /** What somebody else saved while this was being typed; null while the base is in force. */
  theirs: { version: number; changes: RuleChange[] } | null;
  /** What stands in a rule's field. */
  textOf(rule: RuleName): string;
  type(rule: RuleName, text: string): void;
  putBack(): void;
  /** Fills the fields with the values of another version. */
  load(values: PolicyValues): void;
  /** Goes on with what was typed on top of the policy that is in force now. */
  goOn(): void;
};

/** What is being changed, as typed: nothing of it is lost when a value is wrong or somebody else saves first. */
export function useDraft(policy: Policy): Draft {
  const locale = useLocale();
  const [base, setBase] = useState(policy);
  const [typed, setTyped] = useState<Typed>({});
  const written = (rule: RuleName, value: RuleValue) => writeValue(rule, value, locale);
  const { made, problems } = readTyped(typed, base.values);
  const isClean = made.length === 0 && Object.keys(problems).length === 0;
  const values = rebase(made, base.values);
  const isStale = policy.version !== base.version;
  const isInForce = changesBetween(values, policy.values).length === 0;
  if (isStale && (isClean || isInForce)) {
    setBase(policy);
    setTyped({});
  }
  return {
    base,
    values,
    changes: made,
    problems,
    theirs:
      isStale && !isClean
        ? { version: policy.version, changes: changesBetween(base.values, policy.values) }
        : null,
    textOf: (rule) => typed[rule] ?? written(rule, valueOfRule(base.values, rule)),
    type: (rule, text) => setTyped((all) => ({ ...all, [rule]: text })),
    putBack: () => setTyped({}),
    load: (values) =>
      setTyped(
        Object.fromEntries(
          changesBetween(policy.values, values).map(({ rule, after }) => [rule, written(rule, after)]),
        ),
      ),
    goOn: () => setBase(policy),
  };
}

/** The rules that were typed and really differ, in the order of the rules, and what cannot be read. */
function readTyped(typed: Typed, base: PolicyValues): { made: RuleChange[]; problems: Draft["problems"] } {
  const problems: Draft["problems"] = {};
  const wanted: RuleChange[] = [];
  for (const [name, text] of Object.entries(typed)) {
    const rule = name as RuleName;
    const before = valueOfRule(base, rule);
    if (!isNumberRule(rule)) {
      wanted.push({ rule, before, after: typeof before === "boolean" ? text === "true" : text });
      continue;
    }
    const read = readNumber(rule, text);
    if (read.ok) wanted.push({ rule, before, after: read.value });
    else problems[rule] = read.problem;
  }
  return { made: changesBetween(base, rebase(wanted, base)), problems };
}

/** A value as it stands in its field: numbers as the reader's language writes them. */
export function writeValue(rule: RuleName, value: RuleValue, locale: string): string {
  if (!isNumberRule(rule) || typeof value !== "number") return String(value);
  const digits = { minimumFractionDigits: rule === "apiTimeoutMs" ? 1 : 0, maximumFractionDigits: 3 };
  return new Intl.NumberFormat(locale, { ...digits, useGrouping: false }).format(shownNumber(rule, value));
}
