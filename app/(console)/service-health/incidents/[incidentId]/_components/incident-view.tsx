import "#components/service-health/service-health.css";
import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { Page } from "#components/layout/page.tsx";
import { FollowAlong } from "#components/requests/follow-along.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { Section } from "#components/ui/section.tsx";
import { inSentence } from "#lib/format/in-sentence.ts";
import { sideOf } from "#lib/health-page/rules.ts";
import type { IncidentData } from "#lib/incident-page/loaders.ts";
import { useLasted, useRemedy } from "../../../_components/use-words.ts";
import { Calls } from "./calls.tsx";
import { Course } from "./course.tsx";
import { CostRail, ProviderRail } from "./rail.tsx";

export type IncidentProps = { data: IncidentData };

/** One incident: what it was, whose it is to mend and how, its course, and what it cost. */
export function IncidentView({ data }: IncidentProps) {
  const t = useTranslations("incident");
  const rail = (
    <>
      <CostRail data={data} />
      <ProviderRail data={data} />
    </>
  );
  return (
    <Page rail={rail} railLabel={t("rail")}>
      <FollowAlong path="/api/service-health/stamp" stamp={data.stamp} />
      <Head data={data} />
      <Remedies data={data} />
      <Course data={data} />
      <Calls data={data} />
    </Page>
  );
}

function Head({ data: { incident, evidence, now } }: IncidentProps) {
  const t = useTranslations("incident");
  const health = useTranslations("serviceHealth");
  const format = useFormatter();
  const lasted = useLasted();
  const { part, openedAt, closedAt, causes, operations } = incident;
  const values = {
    part: health(`parts.${part}`),
    cause: format.list(causes.map((cause) => inSentence(health(`cause.${cause}`)))),
  };
  const time = { from: format.dateTime(openedAt, "minute"), lasted: lasted(openedAt, closedAt ?? now) };
  const when =
    closedAt === null ? t("since", time) : t("fromTo", { ...time, to: format.dateTime(closedAt, "minute") });
  const seen = part === "api" ? format.list(evidence.map((one) => t(`evidence.${one}`))) : null;
  const calls =
    operations.length > 0 && part === "api" ? t("calls.names", { names: operations.join(", ") }) : "";
  const crumb = (
    <>
      <Link href="/service-health" prefetch={false}>
        {health("title")}
      </Link>{" "}
      <Icon of={ChevronRight} size={12} /> {t("title")}
    </>
  );
  const lead = [when, seen === null ? "" : t("seenBy", { seen }), calls]
    .filter((one) => one !== "")
    .join(" ");
  return <PageHead crumb={crumb} answer={t(closedAt === null ? "running" : "over", values)} lead={lead} />;
}

/** What to do about each cause that was seen, and who must. */
function Remedies({ data: { incident } }: IncidentProps) {
  const t = useTranslations("incident.remedies");
  const causes = useTranslations("serviceHealth.cause");
  const remedyOf = useRemedy();
  const { part, closedAt } = incident;
  return (
    <Section title={t("title")} {...(closedAt === null ? {} : { about: t("over") })}>
      <table className="tbl free">
        <thead>
          <tr>
            <th scope="col">{t("cause")}</th>
            <th scope="col">{t("what")}</th>
          </tr>
        </thead>
        <tbody>
          {incident.causes.map((cause) => (
            <tr key={cause}>
              <th scope="row">{causes(cause)}</th>
              <td className="two-line">
                {remedyOf(part, cause)}
                <small>{t(`who.${sideOf({ part, causes: [cause] })}`)}</small>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
