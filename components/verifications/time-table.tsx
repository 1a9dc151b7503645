import { useFormatter, useTranslations } from "next-intl";
import { ChartTable } from "#components/charts/chart-table.tsx";
import type { BrushBar } from "./time-brush.tsx";

type TimeTableProps = { bars: readonly BrushBar[]; spanText(from: number, to: number): string };

/** The time line for those who cannot see it: each bar a row. */
export function TimeTable({ bars, spanText }: TimeTableProps) {
  const t = useTranslations("verifications.histogram");
  const format = useFormatter();
  const counted = (count: number) => ({ value: count, text: format.number(count) });
  const steps = bars.map(({ all, shown }, place) => {
    const name = spanText(place, place + 1);
    const values = { shown: counted(shown), leftOut: counted(all - shown) };
    return { key: String(place), name, tick: name, values };
  });
  return (
    <ChartTable
      about={t("label")}
      stepName={t("time")}
      totalHead={t("all")}
      steps={steps}
      marks={{ stages: [], changes: [] }}
      series={[
        { key: "shown", name: t("shown"), colour: "var(--accent)" },
        { key: "leftOut", name: t("leftOut"), colour: "var(--c-quiet)" },
      ]}
    />
  );
}
