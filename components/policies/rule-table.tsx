"use client";

import { useTranslations } from "next-intl";
import {
  type PolicyFigures,
  RULE_GROUPS,
  type RuleGroup,
  type RuleName,
  type RuleReplay,
} from "#lib/policies/types.ts";
import { RuleRow } from "./rule-row.tsx";
import type { Draft } from "./use-draft.ts";

type RuleTableProps = {
  group: RuleGroup;
  draft: Draft;
  mayChange: boolean;
  figures: Promise<PolicyFigures | null>;
  replays: readonly RuleReplay[] | null;
};

/** The rules of one kind under each other. */
export function RuleTable({ group, draft, mayChange, figures, replays }: RuleTableProps) {
  const t = useTranslations("policies");
  const rules: readonly RuleName[] = RULE_GROUPS[group];
  return (
    <table className="tbl list pol fix free stack">
      <thead>
        <tr>
          <th scope="col">{t(`group.${group}`)}</th>
          <th scope="col">{t("now")}</th>
          <th scope="col">{t("does")}</th>
        </tr>
      </thead>
      <tbody>
        {rules.map((rule) => (
          <RuleRow
            key={rule}
            rule={rule}
            draft={draft}
            mayChange={mayChange}
            figures={figures}
            facts={replays?.find((replay) => replay.rule === rule)?.facts ?? null}
          />
        ))}
      </tbody>
    </table>
  );
}
