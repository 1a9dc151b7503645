import { useLocale, useTranslations } from "next-intl";
import { isNumberRule } from "#lib/policies/rules.ts";
import type { RuleChange, RuleName, RuleValue, Told } from "#lib/policies/types.ts";
import { writeValue } from "./use-draft.ts";

type RuleKey = RuleName extends infer Name
  ? Name extends `refuse.${infer Refused}`
    ? Refused
    : Name
  : never;

/** The key of a rule's texts: what is refused stands among the others. */
export const keyOfRule = (rule: RuleName): RuleKey => rule.replace("refuse.", "") as RuleKey;

/** How rules, their values and what a replay tells are written. */
export function useRuleText() {
  const locale = useLocale();
  const t = useTranslations("policies");
  const name = (rule: RuleName): string => t(`rule.${keyOfRule(rule)}.name`);
  const value = (rule: RuleName, kept: RuleValue): string => {
    if (typeof kept === "boolean") return t(kept ? "value.on" : "value.off");
    if (!isNumberRule(rule)) return t(`value.${kept as "retry" | "use_legacy" | "reject"}`);
    const written = writeValue(rule, kept, locale);
    return rule === "apiTimeoutMs" ? t("value.seconds", { seconds: written }) : written;
  };
  const change = ({ rule, before, after }: RuleChange): string =>
    t("change", { name: name(rule), before: value(rule, before), after: value(rule, after) });
  const told = (what: Told): string => {
    switch (what.kind) {
      case "exact":
        return t("told.exact", { count: what.count });
      case "estimate":
        return t("told.estimate", { count: what.count, low: what.low, high: what.high });
      case "between":
        return t("told.between", { low: what.low, high: what.high });
      case "unknown":
        return t(`why.${what.why}`, { of: what.of ?? 0 });
    }
  };
  return { name, value, change, told };
}
