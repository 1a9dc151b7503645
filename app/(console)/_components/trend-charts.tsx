import Link from "next/link";
import { useTranslations } from "next-intl";
import { classNames } from "#components/ui/class-names.ts";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { TIME_SPANS } from "#lib/time-steps.ts";
import type { Trend } from "#lib/trends/types.ts";
import { LatencyChart } from "./latency-chart.tsx";
import { ReasonsChart } from "./reasons-chart.tsx";
import { ErrorsChart, FallbackChart } from "./share-charts.tsx";

/** How the figures went, each chart over the same time and with the same marks. */
export function TrendCharts({ trend }: { trend: Trend }) {
  return (
    <ClientMessages rooms={["charts"]}>
      <Spans chosen={trend.span} />
      <FallbackChart trend={trend} />
      <ReasonsChart trend={trend} />
      <div className="two">
        <ErrorsChart trend={trend} />
        <LatencyChart trend={trend} />
      </div>
    </ClientMessages>
  );
}

function Spans({ chosen }: { chosen: Trend["span"] }) {
  const t = useTranslations("overview.trend");
  return (
    <nav className="sec acts spans" aria-label={t("period")}>
      {TIME_SPANS.map((span) => (
        <Link
          key={span}
          className={classNames("chip", span === chosen && "on")}
          aria-current={span === chosen ? "true" : undefined}
          href={span === "30d" ? "/" : `/?span=${span}`}
          scroll={false}
          prefetch={false}
        >
          {t(`span.${span}`)}
        </Link>
      ))}
    </nav>
  );
}
