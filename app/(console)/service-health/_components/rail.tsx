import { CircleAlert, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { Icon } from "#components/ui/icon.tsx";
import { RailSection } from "#components/ui/section.tsx";
import { Status } from "#components/ui/status.tsx";
import type { Incident } from "#lib/health-page/types.ts";
import type { ViewProps } from "./health-view.tsx";
import { useLasted } from "./use-words.ts";

/** What trouble at the API cost the logins of the last day. */
export function CostRail({ data }: ViewProps) {
  const t = useTranslations("serviceHealth.cost");
  const format = useFormatter();
  const { cost } = data;
  if (cost === null)
    return (
      <RailSection title={t("title")} about={t("about")}>
        <p className="m">{t("hidden")}</p>
      </RailSection>
    );
  const { offered, toLegacy, gotIn, unreported, saved } = cost;
  const told = t("of", { count: format.number(gotIn), of: format.number(toLegacy) });
  return (
    <RailSection title={t("title")} about={t("about")}>
      <dl className="dl">
        <dt>{t("offered")}</dt>
        <dd>{format.number(offered)}</dd>
        {saved === 0 ? null : (
          <>
            <dt>{t("saved")}</dt>
            <dd>{format.number(saved)}</dd>
          </>
        )}
        <dt>{t("toLegacy")}</dt>
        <dd>
          <b>{format.number(toLegacy)}</b>
        </dd>
        {toLegacy === 0 ? null : (
          <>
            <dt>{t("gotIn")}</dt>
            <dd>{gotIn === toLegacy ? <Status kind="ok">{told}</Status> : told}</dd>
          </>
        )}
        {unreported === 0 ? null : (
          <>
            <dt>{t("unreported")}</dt>
            <dd>{format.number(unreported)}</dd>
          </>
        )}
      </dl>
      {toLegacy === 0 ? <p className="small m foot">{t("none")}</p> : null}
    </RailSection>
  );
}

const SHOWN = 8;

/** Incidents, each with its cause, how long it lasted and what it cost: the newest in view, the others to be opened. */
export function TroubleRail({ data: { incidents } }: ViewProps) {
  const t = useTranslations("serviceHealth.trouble");
  const older = incidents.slice(SHOWN);
  return (
    <RailSection title={t("title")}>
      {incidents.length === 0 ? (
        <p className="m">{t("none")}</p>
      ) : (
        <Incidents incidents={incidents.slice(0, SHOWN)} />
      )}
      {older.length === 0 ? null : (
        <details className="older">
          <summary>{t("older", { count: older.length })}</summary>
          <Incidents incidents={older} />
        </details>
      )}
    </RailSection>
  );
}

function Incidents({ incidents }: { incidents: readonly Incident[] }) {
  return (
    <ul className="todo">
      {incidents.map((incident) => (
        <IncidentRow key={incident.id} incident={incident} />
      ))}
    </ul>
  );
}

function IncidentRow({ incident }: { incident: Incident }) {
  const t = useTranslations("serviceHealth.trouble");
  const parts = useTranslations("serviceHealth.parts");
  const causes = useTranslations("serviceHealth.cause");
  const format = useFormatter();
  const lasted = useLasted();
  const { id, part, openedAt, closedAt, causes: seen, operations, logins } = incident;
  const time = format.dateTime(openedAt, "minute");
  return (
    <li>
      <Icon of={closedAt === null ? CircleAlert : TriangleAlert} size={16} />
      <Link href={`/service-health/incidents/${id}`} prefetch={false}>
        {t("name", { part: parts(part), cause: format.list(seen.map((cause) => causes(cause))) })}
      </Link>
      <small>
        {closedAt === null ? t("running", { time }) : t("at", { time, lasted: lasted(openedAt, closedAt) })}
        {logins === null || (part !== "api" && part !== "database") ? null : ` · ${t("cost", { logins })}`}
        {operations.length === 0 || part !== "api" ? null : (
          <>
            <br />
            {t("calls", { names: operations.join(", ") })}
          </>
        )}
      </small>
    </li>
  );
}
