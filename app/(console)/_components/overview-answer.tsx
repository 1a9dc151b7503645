import { useLocale, useTranslations } from "next-intl";
import { inSentence } from "#lib/format/in-sentence.ts";
import { formatPercent } from "#lib/format/numbers.ts";
import type { Figures } from "#lib/overview/types.ts";
import type { Exposure } from "#lib/service-health/types.ts";

/** Whether login is healthy, in one sentence; what is wrong where it is not. */
export function Answer({ figures, exposure }: { figures: Figures; exposure: Exposure | null }) {
  const t = useTranslations("overview.figures.answer");
  const locale = useLocale();
  const { verdict, offered, openLogins, split, completed, fallback, before } = figures;
  const percent = (rate: { share: number } | null | undefined) => formatPercent(rate?.share ?? 0, locale);
  switch (verdict) {
    case "trouble":
    case "halted":
    case "circuitHeld":
    case "none":
      return t(verdict);
    case "underWay":
      return t("underWay", { open: openLogins ?? 0 });
    case "hidden":
      return t("hidden", { offered });
    case "counts":
      return t("counts", { completed: split?.completed ?? 0, offered });
    case "fewerCompleted":
      return t("fewerCompleted", {
        completed: percent(completed?.rate),
        before: percent(before.completed?.rate),
      });
    case "fallbackRose":
      return t("fallbackRose", { fallback: percent(fallback?.rate), before: percent(before.fallback?.rate) });
    case "healthy":
      return exposure ? t("healthy", { percent: exposure.exposurePercent }) : t("healthyUnread");
  }
}

/** Why, in one line. */
export function Lead({ figures }: { figures: Figures }) {
  const t = useTranslations("overview.figures.lead");
  const { verdict, apiErrors, routed, split } = figures;
  if (verdict === "halted" || verdict === "circuitHeld") return t(verdict);
  if (verdict === "trouble")
    return apiErrors ? t("trouble", { errors: apiErrors.count, calls: apiErrors.of }) : t("hidden");
  if (verdict === "underWay") return t("underWay");
  if (verdict === "none") return routed === null ? t("hidden") : t("routed", { routed });
  if (!split) return t("hidden");
  return verdict === "counts" ? <CountsLead figures={figures} /> : <RatesLead figures={figures} />;
}

function CountsLead({ figures: { split, topReason } }: { figures: Figures }) {
  const t = useTranslations("overview.figures.lead");
  const terms = useTranslations("terms.fallbackReason");
  const fallbacks = split?.fellBack ?? 0;
  if (fallbacks === 0) return t("noFallback");
  if (!topReason) return t("manyReasons", { fallbacks });
  return t("reason", { fallbacks, reason: inSentence(terms(topReason.reason)), count: topReason.count });
}

function RatesLead({ figures: { completed, fallback, topReason } }: { figures: Figures }) {
  const t = useTranslations("overview.figures.lead");
  const terms = useTranslations("terms.fallbackReason");
  const locale = useLocale();
  const rates = {
    completed: formatPercent(completed?.rate?.share ?? 0, locale),
    fallback: formatPercent(fallback?.rate?.share ?? 0, locale),
  };
  if (!topReason) return t("rates", rates);
  const reason = inSentence(terms(topReason.reason));
  return t("ratesReason", { ...rates, reason, count: topReason.count, fallbacks: fallback?.count ?? 0 });
}
