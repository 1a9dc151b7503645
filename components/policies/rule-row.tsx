"use client";

import { useTranslations } from "next-intl";
import { valueOfRule } from "#lib/policies/rules.ts";
import type { PolicyFigures, ReplayFact, RuleName } from "#lib/policies/types.ts";
import { RuleDay } from "./rule-day.tsx";
import { RuleEditor } from "./rule-editor.tsx";
import type { Draft } from "./use-draft.ts";
import { keyOfRule, useRuleText } from "./use-rule-text.ts";

const UNITS: Partial<Record<RuleName, "tries" | "minutes" | "seconds" | "inARow" | "of100">> = {
  attemptsBeforeFallback: "tries",
  failuresBeforePause: "inARow",
  failuresBeforePauseWithLiveness: "inARow",
  pauseMinutes: "minutes",
  apiTimeoutMs: "seconds",
  openLoginMinutes: "minutes",
  qualityMinConfidence: "of100",
};

type RuleRowProps = {
  rule: RuleName;
  draft: Draft;
  mayChange: boolean;
  figures: Promise<PolicyFigures | null>;
  /** What the typed value would have done; null while it is not known, or not asked. */
  facts: readonly ReplayFact[] | null;
};

/** One rule: its value, what it did over the day, and what another value would have done. */
export function RuleRow({ rule, draft, mayChange, figures, facts }: RuleRowProps) {
  const t = useTranslations("policies");
  const id = `rule-${rule.replace(".", "-")}`;
  const problem = draft.problems[rule];
  const change = draft.changes.find((made) => made.rule === rule);
  const isTouched = change !== undefined || problem !== undefined;
  return (
    <tr className={isTouched ? "sel" : undefined}>
      <th scope="row" className="two-line">
        <span className="b" id={id}>
          {t(`rule.${keyOfRule(rule)}.name`)}
        </span>
        <small id={`${id}-help`}>{t(`rule.${keyOfRule(rule)}.help`)}</small>
      </th>
      <td className="now">
        {mayChange ? (
          <RuleEditor
            rule={rule}
            text={draft.textOf(rule)}
            onType={(typed) => draft.type(rule, typed)}
            labelledBy={id}
            describedBy={`${id}-help ${id}-note`}
            isInvalid={problem !== undefined}
          />
        ) : null}
        <RuleUnit rule={rule} draft={draft} isTouched={isTouched} mayChange={mayChange} />
      </td>
      <td className="two-line full">
        <RuleDay {...{ rule, figures, change, problem, facts }} noteId={`${id}-note`} />
      </td>
    </tr>
  );
}

type RuleUnitProps = { rule: RuleName; draft: Draft; isTouched: boolean; mayChange: boolean };

/** The unit beside the field; what it was while another value is typed; the value itself for those who only read. */
function RuleUnit({ rule, draft, isTouched, mayChange }: RuleUnitProps) {
  const t = useTranslations("policies");
  const text = useRuleText();
  const value = text.value(rule, valueOfRule(draft.base.values, rule));
  if (isTouched) return <span className="m">{t("was", { value })}</span>;
  const unit = UNITS[rule];
  const isSaid = unit === undefined || (unit === "seconds" && !mayChange);
  return (
    <>
      {mayChange ? null : <span className="b only-read">{value}</span>}
      {isSaid ? null : <span className="m">{t(`unit.${unit}`)}</span>}
    </>
  );
}
