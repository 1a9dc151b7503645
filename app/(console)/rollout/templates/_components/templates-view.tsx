import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { Page } from "#components/layout/page.tsx";
import { FollowAlong } from "#components/requests/follow-along.tsx";
import { ChoiceRail } from "#components/templates/choice-rail.tsx";
import { ChoicesSection } from "#components/templates/choices-section.tsx";
import { TemplatesCrumb } from "#components/templates/templates-crumb.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { Section } from "#components/ui/section.tsx";
import type { TemplatesData } from "#lib/templates/types.ts";
import { settleTemplatesAction } from "../actions.ts";

/** What becomes of the biometrics enrolled during a rolled-back rollout: where it stands, what can be chosen, what was. */
export function TemplatesView({ data }: { data: TemplatesData }) {
  const t = useTranslations("templates");
  const { rollout, stamp, others } = data;
  return (
    <ClientMessages rooms={["templates", "errors"]}>
      <FollowAlong path={`/api/rollout/templates/stamp?rollout=${rollout.id}`} stamp={stamp} />
      <Page railLabel={t("rail.label")} rail={<ChoiceRail data={data} />}>
        <Head data={data} />
        <ChoicesSection data={data} act={settleTemplatesAction} />
        {others.length === 0 ? null : <Others others={others} />}
      </Page>
    </ClientMessages>
  );
}

function Head({ data: { rollout, enrolled, progress, standing } }: { data: TemplatesData }) {
  const t = useTranslations("templates");
  const format = useFormatter();
  const facts = {
    build: rollout.build,
    people: progress?.people ?? enrolled,
    settled: progress?.settled ?? 0,
    erased: progress?.erased ?? 0,
    list: progress?.lists[0]?.name ?? "",
    rows: progress?.lists[0]?.rows ?? 0,
    from: format.dateTime(rollout.startedAt, "minute"),
    to: format.dateTime(rollout.endedAt, "minute"),
  };
  return (
    <PageHead
      crumb={<TemplatesCrumb />}
      answer={<span role="status">{t(`answer.${standing}`, facts)}</span>}
      lead={t(`lead.${standing}`, facts)}
    />
  );
}

/** Earlier rollouts that were rolled back, so that a suspension of then is not lost sight of. */
function Others({ others }: Pick<TemplatesData, "others">) {
  const t = useTranslations("templates.others");
  const format = useFormatter();
  return (
    <Section title={t("title")}>
      <table className="tbl free stack" aria-label={t("title")}>
        <thead>
          <tr>
            <th scope="col">{t("column")}</th>
            <th scope="col">{t("when")}</th>
            <th scope="col">{t("what")}</th>
          </tr>
        </thead>
        <tbody>
          {others.map(({ id, build, endedAt, templatesChoice }) => (
            <tr key={id}>
              <th scope="row">
                <Link href={`/rollout/templates?rollout=${id}`} prefetch={false}>
                  {build}
                </Link>
              </th>
              <td className="m2 nw">{format.dateTime(endedAt, "day")}</td>
              <td>{t(`choice.${templatesChoice ?? "none"}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
