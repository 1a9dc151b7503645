"use client";

import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Icon } from "#components/ui/icon.tsx";
import { isNumberRule, type NumberProblem, overNist, shownNumber } from "#lib/policies/rules.ts";
import {
  POLICY_RANGES,
  type ReplayFact,
  type RuleChange,
  type RuleName,
  type TodayLine,
} from "#lib/policies/types.ts";
import { useRuleText } from "./use-rule-text.ts";

type RuleNoteProps = {
  rule: RuleName;
  change: RuleChange | undefined;
  problem: NumberProblem | undefined;
  note: TodayLine | null;
  facts: readonly ReplayFact[] | null;
};

/** Facts said in the row itself; the rail has them all. */
const SAID_IN_ROW = 2;

/** Under what a rule did: what is wrong with the value typed, or what it would have done, or one figure more. */
export function RuleNote({ rule, change, problem, note, facts }: RuleNoteProps) {
  const t = useTranslations("policies");
  const did = useTranslations("policies.today");
  const text = useRuleText();
  if (problem !== undefined) return <RuleProblem rule={rule} problem={problem} />;
  if (change === undefined) return note === null ? null : did(note.text, note.values);
  const nist = overNist(rule, change.after);
  if (nist !== null)
    return (
      <span className="warn">
        <Icon of={CircleAlert} size={14} /> {t("overNist", { limit: nist })}
      </span>
    );
  if (facts === null) return t("replaying");
  return facts
    .slice(0, SAID_IN_ROW)
    .map((fact) => t("fact", { name: t(`figure.${fact.figure}`), value: text.told(fact.after) }))
    .join(" · ");
}

function RuleProblem({ rule, problem }: { rule: RuleName; problem: NumberProblem }) {
  const t = useTranslations("policies.problem");
  if (!isNumberRule(rule)) return null;
  const { min, max } = POLICY_RANGES[rule];
  const range = { min: shownNumber(rule, min), max: shownNumber(rule, max) };
  return (
    <span className="bad" role="alert">
      <Icon of={CircleAlert} size={14} /> {t(problem, range)}{" "}
      {rule === "failuresBeforePause" ? t("nist") : null}
    </span>
  );
}
