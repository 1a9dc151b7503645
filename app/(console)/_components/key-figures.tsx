import { useFormatter, useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Sparkline } from "#components/charts/sparkline.tsx";
import {
  formatInterval,
  formatLatency,
  formatLatencyChange,
  formatPercent,
  formatPoints,
} from "#lib/format/numbers.ts";
import type { Figures } from "#lib/overview/types.ts";
import type { Share } from "#lib/rates/types.ts";
import type { Sparks } from "#lib/trends/types.ts";

/** The four figures of the last 24 hours, each over its own base, with its change and the way it went. */
export function KeyFigures({ figures, sparks }: { figures: Figures; sparks: Sparks }) {
  const t = useTranslations("overview.figures");
  const basesOf = useBases();
  const { completed, fallback, apiErrors, before } = figures;
  return (
    <div className="figs">
      <ShareFigure
        title={t("completed")}
        share={completed}
        before={before.completed}
        spark={sparks.completed}
      >
        {completed ? t("completedOf", basesOf(completed)) : null}
      </ShareFigure>
      <ShareFigure
        title={t(fallback?.rate ? "fallbackRate" : "fallback")}
        share={fallback}
        before={before.fallback}
        spark={sparks.fallback}
      >
        {fallback ? <FallbackBase share={fallback} /> : null}
      </ShareFigure>
      <ShareFigure title={t("errors")} share={apiErrors} before={before.apiErrors} spark={sparks.apiErrors}>
        {apiErrors ? <CallsBase share={apiErrors} /> : null}
      </ShareFigure>
      <LatencyFigure figures={figures} spark={sparks.latencyMsP95} />
    </div>
  );
}

type Spark = readonly (number | null)[];
type FigureProps = {
  title: string;
  value: string;
  /** What it gained or lost, and the same in a sentence. */
  change?: { text: string; said: string } | undefined;
  spark: Spark;
  children: ReactNode;
};

function Figure({ title, value, change, spark, children }: FigureProps) {
  return (
    <div className="fig">
      <h3>{title}</h3>
      <div className="row">
        <div className="v">
          {value}
          {change ? (
            <small title={change.said}>
              <span aria-hidden="true">{change.text}</span>
              <span className="vh">{change.said}</span>
            </small>
          ) : null}
        </div>
        <Sparkline values={spark} />
      </div>
      <p>{children}</p>
    </div>
  );
}

type ShareFigureProps = {
  title: string;
  share: Share | null;
  before: Share | null;
  spark: Spark;
  children: ReactNode;
};

/** A share is a rate where there are people enough, else its count; null where it may not be told. */
function ShareFigure({ title, share, before, spark, children }: ShareFigureProps) {
  const t = useTranslations("overview.figures");
  const format = useFormatter();
  const locale = useLocale();
  if (!share)
    return (
      <Figure title={title} value={t("noValue")} spark={[]}>
        {t("hiddenSmall")}
      </Figure>
    );
  if (!share.rate)
    return (
      <Figure title={title} value={format.number(share.count)} spark={[]}>
        {children}
      </Figure>
    );
  const points = before?.rate ? formatPoints(share.rate.share - before.rate.share, locale) : null;
  const change = points === null ? undefined : { text: points, said: t("change.points", { change: points }) };
  return (
    <Figure title={title} value={formatPercent(share.rate.share, locale)} change={change} spark={spark}>
      {children}
    </Figure>
  );
}

function LatencyFigure({ figures, spark }: { figures: Figures; spark: Spark }) {
  const t = useTranslations("overview.figures");
  const locale = useLocale();
  const { latencyMsP50, latencyMsP95, before } = figures;
  if (latencyMsP50 === null || latencyMsP95 === null)
    return (
      <Figure title={t("p95")} value={t("noValue")} spark={[]}>
        {t("noCalls")}
      </Figure>
    );
  const text =
    before.latencyMsP95 === null
      ? null
      : formatLatencyChange(latencyMsP95 - before.latencyMsP95, latencyMsP95, locale);
  const change = text === null ? undefined : { text, said: t("change.time", { change: text }) };
  return (
    <Figure title={t("p95")} value={formatLatency(latencyMsP95, locale)} change={change} spark={spark}>
      {t("median", { time: formatLatency(latencyMsP50, locale) })}
    </Figure>
  );
}

/** Counts as they are written. */
function useBases() {
  const format = useFormatter();
  return ({ count, of }: Share) => ({ count: format.number(count), of: format.number(of) });
}

function FallbackBase({ share }: { share: Share }) {
  const t = useTranslations("overview.figures");
  const basesOf = useBases();
  const locale = useLocale();
  return share.rate
    ? t("interval", { interval: formatInterval(share.rate, locale), ...basesOf(share) })
    : t("few");
}

function CallsBase({ share }: { share: Share }) {
  const t = useTranslations("overview.figures");
  const basesOf = useBases();
  return share.of === 0 ? t("noCalls") : t("ofCalls", basesOf(share));
}
