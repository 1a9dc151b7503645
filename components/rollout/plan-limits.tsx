"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Section } from "#components/ui/section.tsx";
import { CellField } from "./cell-field.tsx";
import { LIMIT_FIELDS, type PlanDraft, TIME_FIELDS } from "./plan-draft.ts";
import type { PlanErrors } from "./plan-stages.tsx";

type PlanLimitsProps = { draft: PlanDraft; errors: PlanErrors; change(draft: PlanDraft): void };

/** What rolls back without a comparison, and the times of counting and of rest. */
export function PlanLimits({ draft, errors, change }: PlanLimitsProps) {
  const t = useTranslations("rollout.plan");
  const { limits, times, quietHours } = draft;
  return (
    <>
      <Section title={t("limits")} about={t("limitsAbout")}>
        <table className="tbl free plan-values">
          <tbody>
            {LIMIT_FIELDS.map((field) => (
              <Row key={field} text={t(field)}>
                <CellField
                  label={t(field)}
                  value={limits[field]}
                  error={errors.get(`limits.${field}`)}
                  set={(value) => change({ ...draft, limits: { ...limits, [field]: value } })}
                />
              </Row>
            ))}
          </tbody>
        </table>
      </Section>
      <Section title={t("times")}>
        <table className="tbl free plan-values">
          <tbody>
            {TIME_FIELDS.map((field) => (
              <Row key={field} text={t(field)}>
                <CellField
                  label={t(field)}
                  value={times[field]}
                  error={errors.get(field)}
                  set={(value) => change({ ...draft, times: { ...times, [field]: value } })}
                />
              </Row>
            ))}
            <Row text={t("quietFrom")} help={t("quietHelp")}>
              <CellField
                label={t("quietFrom")}
                value={quietHours.from}
                error={errors.get("quietHours.from")}
                set={(from) => change({ ...draft, quietHours: { ...quietHours, from } })}
              />
              <span className="m">{t("quietTo")}</span>
              <CellField
                label={t("quietTo")}
                value={quietHours.to}
                error={errors.get("quietHours.to")}
                set={(to) => change({ ...draft, quietHours: { ...quietHours, to } })}
              />
            </Row>
          </tbody>
        </table>
      </Section>
    </>
  );
}

function Row({ text, help, children }: { text: string; help?: string; children: ReactNode }) {
  return (
    <tr>
      <th scope="row">
        {text}
        {help === undefined ? null : <small className="m"> {help}</small>}
      </th>
      <td>
        <div className="cell-fields">{children}</div>
      </td>
    </tr>
  );
}
