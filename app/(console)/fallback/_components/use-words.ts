import { useFormatter, useTranslations } from "next-intl";
import { useFacetText } from "#components/verifications/facet-text.ts";
import type { FallbackData } from "#lib/fallback-page/loaders.ts";
import type { FacetName, FallbackFilters } from "#lib/fallback-page/types.ts";
import type { TimeRange } from "#lib/time-steps.ts";

/** The words for a value of a facet, as every list of them says it. */
export function useValueText(applications: Readonly<Record<string, string>>) {
  const t = useTranslations("terms");
  const stage = useTranslations("overview.stage");
  const textOf = useFacetText(applications);
  return (facet: FacetName, value: string): string => {
    switch (facet) {
      case "reason":
        return t(`fallbackReason.${value as FallbackFilters["reason"][number]}`);
      case "device":
        return t(`deviceClass.${value as FallbackFilters["device"][number]}`);
      case "stage":
        return value === "0" ? stage("adopters") : textOf("stage", value);
      case "channel":
      case "application":
        return textOf(facet, value);
    }
  };
}

/** A stage by the exposure that is its name. */
export function useStageName() {
  const t = useTranslations("overview.stage");
  return (percent: number) => (percent === 0 ? t("adopters") : t("percent", { percent }));
}

/** From when to when, in days where both ends are midnights of the installation. */
export function useRangeText() {
  const format = useFormatter();
  return ({ from, to }: TimeRange) => {
    const isDays = (to.getTime() - from.getTime()) / 3_600_000 > 24;
    const last = new Date(to.getTime() - 1);
    return isDays
      ? format.dateTimeRange(from, last, "dayAndMonth")
      : format.dateTimeRange(from, to, "minute");
  };
}

/** What the two periods are called: by their stages where both sides of a change are looked at, else by their days. */
export function usePeriodNames({ change, periods }: Pick<FallbackData, "change" | "periods">) {
  const stageName = useStageName();
  const rangeText = useRangeText();
  return {
    now: change ? stageName(change.to) : rangeText(periods.now),
    before: periods.before && (change ? stageName(change.from) : rangeText(periods.before)),
  };
}
