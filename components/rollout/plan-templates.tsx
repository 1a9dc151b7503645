"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { PlanTemplate, RolloutPlan } from "#lib/rollout/schema.ts";

export type Templates = Record<PlanTemplate, RolloutPlan>;

const NAMES: readonly PlanTemplate[] = ["proven", "careful", "small"];

/** Plans to begin from, each with what it is for. Choosing one writes it over what stands below. */
export function PlanTemplates({
  templates,
  choose,
}: {
  templates: Templates;
  choose(plan: RolloutPlan): void;
}) {
  const t = useTranslations("rollout.plan");
  const [chosen, setChosen] = useState<PlanTemplate>("proven");
  return (
    <fieldset className="choices">
      <legend>{t("template")}</legend>
      {NAMES.map((name) => (
        <label key={name}>
          <input
            type="radio"
            checked={chosen === name}
            onChange={() => {
              setChosen(name);
              choose(templates[name]);
            }}
          />
          <span>
            {t(`templateName.${name}`)} <span className="m small">{t(`templateText.${name}`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
