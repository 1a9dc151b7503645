import "#components/service-health/service-health.css";
import { useTranslations } from "next-intl";
import { Page } from "#components/layout/page.tsx";
import { FollowAlong } from "#components/requests/follow-along.tsx";
import type { HealthData } from "#lib/health-page/loaders.ts";
import type { StatusPage } from "#lib/service-health/read-status-page.ts";
import { CircuitRail } from "./circuit-rail.tsx";
import { ErrorsTable } from "./errors-table.tsx";
import { HealthHead } from "./health-head.tsx";
import { PartsTable } from "./parts-table.tsx";
import { CostRail, TroubleRail } from "./rail.tsx";
import { VerifyChart } from "./verify-chart.tsx";

export type ViewProps = { data: HealthData };

/** Is it them or us: every part now and for 90 days, how long calls take, what failed and who must do what. */
export function HealthView({ data, statusPage }: ViewProps & { statusPage: Promise<StatusPage | null> }) {
  const t = useTranslations("serviceHealth");
  const rail = (
    <>
      <CostRail data={data} />
      <CircuitRail data={data} />
      <TroubleRail data={data} />
    </>
  );
  return (
    <Page rail={rail} railLabel={t("rail")}>
      <FollowAlong path="/api/service-health/stamp" stamp={data.stamp} />
      <HealthHead data={data} />
      <PartsTable data={data} statusPage={statusPage} />
      <VerifyChart data={data} />
      <ErrorsTable data={data} />
    </Page>
  );
}
