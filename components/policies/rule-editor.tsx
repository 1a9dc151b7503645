"use client";

import { useTranslations } from "next-intl";
import { isNumberRule } from "#lib/policies/rules.ts";
import { AFTER_LAST_ATTEMPT, AFTER_NOT_MATCHED, type RuleName } from "#lib/policies/types.ts";

type RuleEditorProps = {
  rule: RuleName;
  text: string;
  onType(text: string): void;
  labelledBy: string;
  describedBy: string;
  isInvalid: boolean;
};

/** The field of a rule: a number is typed, so that it may be wrong for a moment; everything else is chosen. */
export function RuleEditor({ rule, text, onType, labelledBy, describedBy, isInvalid }: RuleEditorProps) {
  const t = useTranslations("policies.value");
  const aria = { "aria-labelledby": labelledBy, "aria-describedby": describedBy };
  if (isNumberRule(rule))
    return (
      <input
        className="in s val"
        inputMode="decimal"
        autoComplete="off"
        value={text}
        onChange={(event) => onType(event.currentTarget.value)}
        aria-invalid={isInvalid || undefined}
        {...aria}
      />
    );
  const choices = choicesOf(rule);
  return (
    <select
      className={choices === null ? "in s val" : "in s val choice"}
      value={text}
      onChange={(event) => onType(event.currentTarget.value)}
      {...aria}
    >
      {choices === null ? (
        <>
          <option value="true">{t("on")}</option>
          <option value="false">{t("off")}</option>
        </>
      ) : (
        choices.map((choice) => (
          <option key={choice} value={choice}>
            {t(choice)}
          </option>
        ))
      )}
    </select>
  );
}

function choicesOf(rule: RuleName): readonly (typeof AFTER_NOT_MATCHED)[number][] | null {
  if (rule === "afterNotMatched") return AFTER_NOT_MATCHED;
  return rule === "afterLastAttempt" ? AFTER_LAST_ATTEMPT : null;
}
