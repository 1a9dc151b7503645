import { ExternalLink } from "lucide-react";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { DayBars } from "#components/charts/day-bars.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Section } from "#components/ui/section.tsx";
import { Status } from "#components/ui/status.tsx";
import { formatLatency, formatPercent } from "#lib/format/numbers.ts";
import type { HealthDay, HealthLine } from "#lib/health-page/types.ts";
import { PARTS, type Part } from "#lib/incidents/schema.ts";
import type { StatusPage } from "#lib/service-health/read-status-page.ts";
import type { ViewProps } from "./health-view.tsx";

type PartsTableProps = ViewProps & { statusPage: Promise<StatusPage | null> };

/** Every part, and each call of the API, now and day by day. */
export function PartsTable({ data, statusPage }: PartsTableProps) {
  const t = useTranslations("serviceHealth.parts");
  const format = useFormatter();
  const first = data.days.starts[0] ?? data.now;
  const end = (
    <Suspense>
      <StatusPageLink statusPage={statusPage} />
    </Suspense>
  );
  return (
    <Section title={t("title")} about={t("about")} end={end}>
      <table className="tbl free parts">
        <thead>
          <tr>
            <th scope="col">{t("part")}</th>
            <th scope="col" className="num">
              {t("median")}
            </th>
            <th scope="col" className="num">
              {t("p95")}
            </th>
            <th scope="col" className="bars">
              {t("days", { from: format.dateTime(first, "dayAndMonth") })}
            </th>
            <th scope="col" className="num">
              {t("up")}
            </th>
            <th scope="col">{t("now")}</th>
            <th scope="col" className="num asked">
              {t("asked")}
            </th>
          </tr>
        </thead>
        <tbody>
          {data.lines.map((line) => (
            <Line key={line.line} line={line} />
          ))}
        </tbody>
      </table>
    </Section>
  );
}

const isPart = (line: HealthLine["line"]): line is Part => PARTS.some((part) => part === line);

function Line({ line }: { line: HealthLine }) {
  const t = useTranslations("serviceHealth.parts");
  const format = useFormatter();
  const locale = useLocale();
  const latency = (ms: number | null) => (ms === null ? "" : formatLatency(ms, locale));
  const name = line.line;
  return (
    <tr>
      <th scope="row" className={isPart(name) ? "part" : "call"}>
        {isPart(name) ? t(name) : <code>{name}</code>}
      </th>
      <td className="num m">{latency(line.p50Ms)}</td>
      <td className="num m">{latency(line.p95Ms)}</td>
      <td className="bars">
        <Days days={line.days} />
      </td>
      <td className="num">{line.upShare === null ? "–" : formatPercent(line.upShare, locale, 2)}</td>
      <td className="nw">
        <Now line={line} />
      </td>
      <td className="num m asked">{line.askedAt === null ? "–" : format.dateTime(line.askedAt, "clock")}</td>
    </tr>
  );
}

function Now({ line: { line, now, cause } }: { line: HealthLine }) {
  const t = useTranslations("serviceHealth");
  if (now === "unknown") return <Status kind="none">{t("parts.unknown")}</Status>;
  if (cause !== null) return <Status kind={cause === "slow" ? "due" : "fail"}>{t(`cause.${cause}`)}</Status>;
  return (
    <Status kind="ok" quiet={!isPart(line)}>
      {t("parts.working")}
    </Status>
  );
}

function Days({ days }: { days: readonly HealthDay[] }) {
  const t = useTranslations("serviceHealth.parts");
  const format = useFormatter();
  const locale = useLocale();
  const daysThat = (state: HealthDay["state"]) => days.filter((day) => day.state === state).length;
  const nameOf = ({ at, failedShare }: HealthDay) => {
    const day = format.dateTime(at, "day");
    if (failedShare === null) return t("day.unknown", { day });
    if (failedShare === 0) return t("day.well", { day });
    return t("day.share", { day, share: formatPercent(failedShare, locale, 2) });
  };
  return (
    <DayBars
      text={t("bars", {
        working: daysThat("working"),
        errors: daysThat("some_errors"),
        failing: daysThat("failing"),
        unknown: daysThat("unknown"),
      })}
      days={days.map((day) => ({ key: day.at.toISOString(), state: day.state, name: nameOf(day) }))}
    />
  );
}

/** What the provider says of itself, where its page tells it, and the way to it. */
async function StatusPageLink({ statusPage }: Pick<PartsTableProps, "statusPage">) {
  const t = await getTranslations("serviceHealth.status");
  const page = await statusPage;
  if (page === null) return null;
  return (
    <a href={page.url} target="_blank" rel="noreferrer">
      {page.kind === "told" ? t("told", { said: page.said }) : t("link")} <Icon of={ExternalLink} size={14} />
    </a>
  );
}
