import { useLocale, useTranslations } from "next-intl";
import { formatLatency } from "#lib/format/numbers.ts";
import type { HistoryEntry } from "#lib/rollout-page/types.ts";
import { useStageNames } from "./use-stage-names.ts";

/** An act of the history in words: what it did, and how many gateways confirmed it after how long. */
export function useChangeWords() {
  const t = useTranslations("rollout.history");
  const reasons = useTranslations("rollout.evidence.reason");
  const locale = useLocale();
  const names = useStageNames();
  const nameOf = (facts: HistoryEntry["before"]) => {
    if (facts === null) return "";
    return facts.exposurePercent === 0 && !facts.offersEarlyAdopters
      ? t("off")
      : names.name(facts.exposurePercent);
  };
  return {
    what: ({ kind, before, after }: HistoryEntry) =>
      t(`kind.${kind}`, { from: nameOf(before), to: nameOf(after) }),
    why: ({ reason, because }: HistoryEntry) => {
      if (reason) return `“${reason}”`;
      return because === null ? "" : reasons(because);
    },
    who: ({ by, isByRule }: HistoryEntry) => by ?? t(isByRule ? "rule" : "former"),
    gateways: ({ gatewaysRunning: running, gatewaysConfirmed: confirmed, confirmedMs }: HistoryEntry) => {
      if (running === null || confirmed === null) return null;
      if (running === 0) return t("gatewaysNone");
      if (confirmedMs === null || confirmed < running) return t("gatewaysSilent", { confirmed, running });
      const time = formatLatency(confirmedMs, locale);
      return t("gateways", { confirmed, running, time });
    },
  };
}
