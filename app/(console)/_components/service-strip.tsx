import { useFormatter, useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { DayBars } from "#components/charts/day-bars.tsx";
import { RailSection } from "#components/ui/section.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { Status } from "#components/ui/status.tsx";
import type { Figures, Site } from "#lib/overview/types.ts";
import type { ApiDay, PartCheck } from "#lib/service-health/types.ts";
import { PartRows } from "./what-runs.tsx";

type ServiceStripProps = {
  checks: Promise<PartCheck[]>;
  site: Site;
  figures: Pick<Figures, "apiTrouble" | "apiCalledLately">;
  days: readonly ApiDay[];
};

/** Each part as it answers now, and the API day by day as our own calls saw it: nothing else keeps a history. */
export function ServiceStrip({ checks, site, figures, days }: ServiceStripProps) {
  const t = useTranslations("overview.service");
  const runs = useTranslations("overview.runs");
  const loading = useTranslations("common")("loading");
  return (
    <RailSection title={t("title")} about={t("about")}>
      <p className="strip-row">
        <span>{site.embedded.api ? runs("part.api") : t("api")}</span>
        <Suspense>
          <ApiStatus checks={checks} figures={figures} />
        </Suspense>
      </p>
      <ApiBars days={days} />
      <p className="small m foot">
        <Answered days={days} />
        {t("own")}
      </p>
      <Suspense fallback={<SkeletonRows rows={3} label={loading} />}>
        <PartRows checks={othersOf(checks)} site={site} exposure={null} />
      </Suspense>
    </RailSection>
  );
}

/** The sandbox is asked; a real API is not called just to see whether it is there, so our logins' calls tell. */
async function ApiStatus({ checks, figures }: Pick<ServiceStripProps, "checks" | "figures">) {
  const t = await getTranslations("overview.service");
  const runs = await getTranslations("overview.runs");
  const check = (await checks).find(({ part }) => part === "api");
  if (check && !check.ok) return <Status kind="fail">{runs("silent")}</Status>;
  if (figures.apiTrouble) return <Status kind="fail">{t("failing")}</Status>;
  if (check || figures.apiCalledLately) return <Status kind="ok">{runs("working")}</Status>;
  return <Status kind="none">{t("notCalled")}</Status>;
}

function ApiBars({ days }: Pick<ServiceStripProps, "days">) {
  const t = useTranslations("overview.service");
  const format = useFormatter();
  const daysThat = (state: ApiDay["state"]) => days.filter((day) => day.state === state).length;
  const nameOf = ({ at, counts }: ApiDay) => {
    const day = format.dateTime(at, "day");
    if (!counts) return t("day.hidden", { day });
    return counts.calls === 0 ? t("day.unknown", { day }) : t("day.counts", { day, ...counts });
  };
  return (
    <DayBars
      text={t("days", {
        working: daysThat("working"),
        errors: daysThat("some_errors"),
        failing: daysThat("failing"),
        unknown: daysThat("unknown"),
      })}
      days={days.map((day) => ({ key: day.at.toISOString(), state: day.state, name: nameOf(day) }))}
    />
  );
}

/** The share of calls that were answered, where every day of it may be told. */
function Answered({ days }: Pick<ServiceStripProps, "days">) {
  const t = useTranslations("overview.service");
  const format = useFormatter();
  const counts = days.map((day) => day.counts);
  const calls = counts.reduce((sum, day) => sum + (day?.calls ?? 0), 0);
  const errors = counts.reduce((sum, day) => sum + (day?.errors ?? 0), 0);
  if (counts.includes(null) || calls === 0) return null;
  const share = format.number(((calls - errors) / calls) * 100, { maximumFractionDigits: 2 });
  return `${t("answered", { share: `${share}\u00a0%` })}. `;
}

/** The API has a line of its own above them. */
const othersOf = async (checks: Promise<PartCheck[]>): Promise<PartCheck[]> =>
  (await checks).filter(({ part }) => part !== "api");
