import { useFormatter, useTranslations } from "next-intl";
import { StackedBars } from "#components/charts/stacked-bars.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { Section } from "#components/ui/section.tsx";
import type { Figures, FiguresOverview } from "#lib/overview/types.ts";
import { placeChanges } from "#lib/trends/rules.ts";

type HoursChartProps = Pick<FiguresOverview, "figures" | "policyChanges" | "asOf">;

/** How the offered logins of each hour ended; the title says what the bars show. */
export function HoursChart({ figures, policyChanges, asOf }: HoursChartProps) {
  const t = useTranslations("overview.figures.chart");
  const trend = useTranslations("overview.trend");
  const format = useFormatter();
  const { hours, split, since } = figures;
  if (!hours) {
    return (
      <Section title={t("title")}>
        <p className="m">{t("hidden")}</p>
      </Section>
    );
  }
  const steps = { unit: "hour", starts: hours.map(({ hour }) => hour), now: asOf } as const;
  const changed = placeChanges(policyChanges, steps);
  const countValue = (value: number) => ({ value, text: format.number(value) });
  const at = (hour: Date) => format.dateTime(hour, "clock");
  return (
    <ClientMessages rooms={["charts"]}>
      <StackedBars
        title={<Message figures={figures} />}
        about={t("title")}
        text={
          split
            ? t("text", {
                time: at(since),
                completed: split.completed,
                fell: split.fellBack,
                lost: split.lost,
              })
            : t("title")
        }
        stepName={t("hour")}
        totalHead={t("total")}
        series={[
          { key: "completed", name: t("completed"), colour: "var(--c-bio)" },
          { key: "fellBack", name: t("fellBack"), colour: "var(--c-legacy)" },
          { key: "lost", name: t("lost"), colour: "var(--ink)" },
        ]}
        marks={{
          stages: [],
          changes: changed.map(({ place, version }) => ({ place, name: trend("rules", { version }) })),
        }}
        steps={hours.map(({ hour, split: parts }) => ({
          key: hour.toISOString(),
          tick: at(hour),
          name: format.dateTime(hour, "minute"),
          values: {
            completed: countValue(parts.completed),
            fellBack: countValue(parts.fellBack),
            lost: countValue(parts.lost),
          },
        }))}
      />
    </ClientMessages>
  );
}

function Message({ figures }: { figures: Figures }) {
  const t = useTranslations("overview.figures.chart");
  const { offered, split } = figures;
  if (!split) return t("title");
  if (offered === 0) return t("message.none");
  if (split.fellBack > 0) return t("message.fell", { fell: split.fellBack, offered });
  if (split.lost > 0) return t("message.lost", { lost: split.lost, offered });
  return t("message.allIn", { offered });
}
