import { useTranslations } from "next-intl";

/** The words for the time between two moments: in ms below a second, from two minutes on in minutes. */
export function useDuration(): (from: Date, to: Date) => string {
  const t = useTranslations("verification");
  return (from, to) => {
    const ms = Math.max(0, to.getTime() - from.getTime());
    if (ms < 1000) return t("duration", { unit: "ms", count: ms });
    const seconds = Math.round(ms / 1000);
    if (seconds < 120) return t("duration", { unit: "s", count: seconds });
    return t("duration", { unit: "min", count: Math.round(seconds / 60) });
  };
}
