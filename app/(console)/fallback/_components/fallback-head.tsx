import { useFormatter, useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PageHead } from "#components/ui/page-head.tsx";
import type { FallbackData } from "#lib/fallback-page/loaders.ts";
import { mainMoverOf } from "#lib/fallback-page/rules.ts";
import type { Compared } from "#lib/fallback-page/types.ts";
import { formatInterval, formatPercent, formatPoints } from "#lib/format/numbers.ts";
import { usePeriodNames } from "./use-words.ts";

/** The sentence the reader came for: how many fall back, and whether that changed for certain. */
export function FallbackHead({ data, acts }: { data: FallbackData; acts: ReactNode }) {
  const t = useTranslations("fallback.answer");
  const format = useFormatter();
  const answerOf = useAnswer(data);
  const { whole } = data;
  if (whole === null) return <PageHead answer={t("hidden")} lead={t("hiddenLead")} acts={acts} />;
  const { count, of } = whole.now;
  if (of === 0) return <PageHead answer={t("none")} lead={t("noneLead")} acts={acts} />;
  if (whole.now.rate === null)
    return (
      <PageHead
        answer={t("counts", { count, of: format.number(of), offered: of })}
        lead={t("countsLead")}
        acts={acts}
      />
    );
  return <PageHead answer={answerOf(whole)} lead={<Lead data={data} whole={whole} />} acts={acts} />;
}

function useAnswer(data: FallbackData) {
  const t = useTranslations("fallback.answer");
  const locale = useLocale();
  const names = usePeriodNames(data);
  return (whole: Compared): string => {
    const { now, difference } = whole;
    const rate = formatPercent(now.rate?.share ?? 0, locale);
    if (difference === null) return t("rate", { rate });
    const points = formatPoints(Math.abs(difference.share), locale).replace("+", "");
    const kind = data.change ? "change" : "period";
    return t(whole.reading === "too_few" ? "unclear" : whole.reading, {
      rate,
      points,
      kind,
      now: names.now,
      before: names.before ?? "",
    });
  };
}

function Lead({ data, whole }: { data: FallbackData; whole: Compared }) {
  const t = useTranslations("fallback.lead");
  const terms = useTranslations("terms.fallbackReason");
  const format = useFormatter();
  const locale = useLocale();
  const names = usePeriodNames(data);
  const { now, before, difference } = whole;
  const parts = [
    t("counted", {
      count: format.number(now.count),
      of: format.number(now.of),
      interval: now.rate ? formatInterval(now.rate, locale) : "",
    }),
  ];
  if (difference !== null && before?.rate) {
    parts.push(
      t("difference", {
        before: formatPercent(before.rate.share, locale),
        name: names.before ?? "",
        low: formatPoints(difference.low, locale),
        high: formatPoints(difference.high, locale),
      }),
    );
    const mover = whole.reading === "unclear" ? null : mainMoverOf(data.compared.reason ?? [], whole);
    if (mover)
      parts.push(
        t("mover", {
          reason: terms(mover.value as Parameters<typeof terms>[0]),
          points: formatPoints(mover.share, locale),
        }),
      );
  } else if (before !== null) parts.push(t("tooFewBefore", { name: names.before ?? "" }));
  return parts.join(" ");
}
