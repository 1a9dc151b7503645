import { useFormatter, useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { formatLatency, formatPercent } from "#lib/format/numbers.ts";
import type { Figures, Share } from "#lib/overview/types.ts";

/** The four figures of the last 24 hours, each over its own base. */
export function KeyFigures({ figures }: { figures: Figures }) {
  const t = useTranslations("overview.figures");
  const locale = useLocale();
  const { completed, fallback, apiErrors, latencyMsP50, latencyMsP95 } = figures;
  return (
    <div className="figs">
      <Figure title={t("completed")} share={completed}>
        {completed ? t("ofLogins", { count: completed.count, of: completed.of }) : null}
      </Figure>
      <Figure title={t(fallback?.rate ? "fallbackRate" : "fallback")} share={fallback}>
        {fallback ? <FallbackBase share={fallback} /> : null}
      </Figure>
      <Figure title={t("errors")} share={apiErrors}>
        {apiErrors ? <CallsBase share={apiErrors} /> : null}
      </Figure>
      <Figure
        title={t("p95")}
        value={latencyMsP95 === null ? t("noValue") : formatLatency(latencyMsP95, locale)}
      >
        {latencyMsP50 === null ? t("noCalls") : t("median", { time: formatLatency(latencyMsP50, locale) })}
      </Figure>
    </div>
  );
}

type FigureProps = { title: string; value?: string; share?: Share | null; children: ReactNode };

/** A share is a rate where there are people enough, else its count; null where it may not be told. */
function Figure({ title, value, share, children }: FigureProps) {
  const t = useTranslations("overview.figures");
  const format = useFormatter();
  const locale = useLocale();
  const shown = share?.rate
    ? formatPercent(share.rate.share, locale)
    : share
      ? format.number(share.count)
      : value;
  return (
    <div className="fig">
      <h3>{title}</h3>
      <div className="v">{shown ?? t("noValue")}</div>
      <p>{shown === undefined ? t("hiddenSmall") : children}</p>
    </div>
  );
}

function FallbackBase({ share }: { share: Share }) {
  const t = useTranslations("overview.figures");
  const locale = useLocale();
  const { count, of, rate } = share;
  if (!rate) return t("few");
  const low = formatPercent(rate.low, locale).replace(/\s*%$/, "");
  return t("interval", { low, high: formatPercent(rate.high, locale), count, of });
}

function CallsBase({ share: { count, of } }: { share: Share }) {
  const t = useTranslations("overview.figures");
  return of === 0 ? t("noCalls") : t("ofCalls", { count, of });
}
