import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Page } from "#components/layout/page.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { Section } from "#components/ui/section.tsx";
import type { VerdictPoint } from "#lib/rollout-judging/types.ts";
import type { RolloutEvidenceData } from "#lib/rollout-page/types.ts";
import { GateChart } from "./gate-chart.tsx";
import { useStageNames } from "./use-stage-names.ts";

const RULES = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"] as const;
const VERDICTS_SHOWN = 50;

/** How the present stage is judged: each gate over time, the rule in its order, and the verdicts that were kept. */
export function Evidence({ data, crumb }: { data: RolloutEvidenceData; crumb: ReactNode }) {
  const t = useTranslations("rollout.evidence");
  const names = useStageNames();
  const { plan, place, points, latest } = data;
  const stage = names.inSentence(plan.stages[place]?.exposurePercent ?? 0);
  return (
    <Page>
      <PageHead crumb={crumb} answer={t("answer", { stage })} lead={t("lead", { count: points.length })} />
      <div className="gate-charts">
        {latest.verdict.gates.map(({ metric }) => (
          <GateChart key={metric} metric={metric} points={points} plan={plan} />
        ))}
      </div>
      <Section title={t("ruleTitle")}>
        <ol className="rules">
          {RULES.map((number) => (
            <li key={number}>{t(`rule.${number}`)}</li>
          ))}
        </ol>
      </Section>
      <Verdicts points={points} />
    </Page>
  );
}

function Verdicts({ points }: { points: readonly VerdictPoint[] }) {
  const t = useTranslations("rollout.evidence");
  const format = useFormatter();
  const newest = [...points].reverse().slice(0, VERDICTS_SHOWN);
  return (
    <Section title={t("verdicts")} about={t("verdictsAbout")}>
      <table className="tbl free">
        <thead>
          <tr>
            <th scope="col">{t("when")}</th>
            <th scope="col">{t("decision")}</th>
            <th scope="col">{t("why")}</th>
          </tr>
        </thead>
        <tbody>
          {newest.map(({ id, at, decision, reason }) => (
            <tr key={id}>
              <td className="m nw">{format.dateTime(at, "minute")}</td>
              <td>{t(`decisionName.${decision}`)}</td>
              <td className="m2">{t(`reason.${reason}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
