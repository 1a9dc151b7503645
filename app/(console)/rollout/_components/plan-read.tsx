import "#components/rollout/rollout.css";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Page } from "#components/layout/page.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { Section } from "#components/ui/section.tsx";
import type { OpenRollout } from "#lib/rollout/types.ts";
import { useStageNames } from "./use-stage-names.ts";

/** The plan for those who may only read it. */
export function PlanRead({ rollout, crumb }: { rollout: OpenRollout | null; crumb: ReactNode }) {
  const t = useTranslations("rollout.plan");
  const format = useFormatter();
  const names = useStageNames();
  const trouble = useTranslations("rollout.trouble");
  if (rollout === null)
    return (
      <Page>
        <PageHead crumb={crumb} answer={t("answerRead")} lead={trouble("no_rollout")} />
      </Page>
    );
  const { planVersion: version, build, plan } = rollout;
  return (
    <Page>
      <PageHead crumb={crumb} answer={t("answerRead")} lead={t("leadRead", { version, build })} />
      <Section title={t("stages")} about={t("stagesAbout")}>
        <table className="tbl stack">
          <thead>
            <tr>
              <th scope="col">{t("exposure")}</th>
              <th scope="col" className="num">
                {t("minDwell")} ({t("hours")})
              </th>
              <th scope="col" className="num">
                {t("maxDwell")} ({t("days")})
              </th>
              <th scope="col" className="num">
                {t("margin")}
              </th>
              <th scope="col">{t("advances")}</th>
            </tr>
          </thead>
          <tbody>
            {plan.stages.map((stage) => (
              <tr key={stage.exposurePercent}>
                <th scope="row">{names.name(stage.exposurePercent)}</th>
                <td className="num">{format.number(stage.minDwellHours)}</td>
                <td className="num">{format.number(stage.maxDwellDays)}</td>
                <td className="num">{stage.margin === null ? t("none") : format.number(stage.margin)}</td>
                <td>{t(stage.advances)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Section>
    </Page>
  );
}
