import { useFormatter, useLocale, useTranslations } from "next-intl";
import { LineChart } from "#components/charts/line-chart.tsx";
import type { Value } from "#components/charts/types.ts";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { Section } from "#components/ui/section.tsx";
import { formatLatency } from "#lib/format/numbers.ts";
import { placeOf } from "#lib/time-steps.ts";
import type { ViewProps } from "./health-view.tsx";

/** How long logins waited for the API, hour by hour, with the time limit and the incidents of the API. */
export function VerifyChart({ data }: ViewProps) {
  const t = useTranslations("serviceHealth.chart");
  const trend = useTranslations("overview.trend");
  const causes = useTranslations("serviceHealth.cause");
  const format = useFormatter();
  const locale = useLocale();
  const { latency, hours, limitMs } = data;
  if (latency.every((point) => point === null))
    return (
      <Section title={t("title")}>
        <p className="m">{t("none")}</p>
      </Section>
    );
  const toValue = (ms: number, calls: number): Value => ({
    value: ms,
    text: formatLatency(ms, locale),
    base: trend("calls", { count: calls }),
  });
  const at = (hour: Date) => format.dateTime(hour, "clock");
  const marks = data.incidents
    .filter(({ part }) => part === "api")
    .flatMap(({ openedAt, causes: seen }) => {
      const place = placeOf(hours, openedAt);
      return place === null ? [] : [{ place, name: causes(seen[0] ?? "unreachable") }];
    });
  const most = Math.max(...latency.map((point) => point?.p95Ms ?? 0));
  return (
    <ClientMessages rooms={["charts"]}>
      <LineChart
        title={t("title")}
        about={t("about")}
        text={trend("latency.text", {
          from: at(hours.starts[0] ?? data.now),
          to: at(hours.starts.at(-1) ?? data.now),
          last: formatLatency(latency.findLast((point) => point !== null)?.p95Ms ?? 0, locale),
          most: formatLatency(most, locale),
          at: at(hours.starts[latency.findIndex((point) => point?.p95Ms === most)] ?? data.now),
        })}
        stepName={trend("step", { unit: "hour" })}
        series={[
          { key: "p95", name: trend("latency.p95"), colour: "var(--c-bio)" },
          { key: "p50", name: trend("latency.p50"), colour: "var(--accent-mid)", isQuiet: true },
        ]}
        steps={hours.starts.map((start, place) => {
          const point = latency[place] ?? null;
          return {
            key: start.toISOString(),
            tick: at(start),
            name: format.dateTime(start, "minute"),
            values: {
              p95: point && toValue(point.p95Ms, point.calls),
              p50: point && toValue(point.p50Ms, point.calls),
            },
          };
        })}
        marks={{ stages: [], changes: marks.toSorted((a, b) => a.place - b.place) }}
        limit={{ value: limitMs, text: t("limit", { limit: formatLatency(limitMs, locale) }) }}
        unit="ms"
        present={trend("present", { unit: "hour" })}
      />
    </ClientMessages>
  );
}
