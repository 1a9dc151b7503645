import { Download } from "lucide-react";
import Link from "next/link";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { ButtonLink } from "#components/ui/button.tsx";
import { RailSection } from "#components/ui/section.tsx";
import { shortestWindowSince } from "#lib/verification-counts/rules.ts";
import { parseVerificationsSearch, verificationsPath } from "../../../../verifications/search-params.ts";
import type { IncidentProps } from "./incident-view.tsx";

/** What it cost: logins that went to the password for it, and how many people they were of. */
export function CostRail({ data }: IncidentProps) {
  const t = useTranslations("incident.cost");
  const format = useFormatter();
  const { incident, mayList } = data;
  const { part, logins, people, closedAt } = incident;
  const costsLogins = part === "api" || part === "database";
  return (
    <RailSection title={t("title")} {...(closedAt === null ? { about: t("soFar") } : {})}>
      {!costsLogins ? (
        <p className="m">{t("none")}</p>
      ) : logins === null || people === null ? (
        <p className="m">{t("hidden")}</p>
      ) : (
        <dl className="dl">
          <dt>{t("logins")}</dt>
          <dd>
            <b>{format.number(logins)}</b>
          </dd>
          <dt>{t("people")}</dt>
          <dd>{format.number(people)}</dd>
        </dl>
      )}
      {mayList ? (
        <p className="small foot">
          <Link href={listPath(data)} prefetch={false}>
            {t("list")}
          </Link>
        </p>
      ) : null}
    </RailSection>
  );
}

/** The verifications of its time that failed at the API. */
function listPath({ range, now }: IncidentProps["data"]): string {
  const { filters } = parseVerificationsSearch({
    outcome: "api_error",
    window: shortestWindowSince(range.from, now),
  });
  return verificationsPath({ filters: { ...filters, range }, order: "newest", cursor: null });
}

/** What the provider needs to look into it, as a file. */
export function ProviderRail({ data: { incident, mayReport } }: IncidentProps) {
  const t = useTranslations("incident.provider");
  const locale = useLocale();
  if (!mayReport) return null;
  return (
    <RailSection title={t("title")}>
      <ButtonLink href={`/api/incidents/${incident.id}/report?locale=${locale}`} icon={Download} external>
        {t("open")}
      </ButtonLink>
      <p className="small m foot">{t("holds")}</p>
    </RailSection>
  );
}
