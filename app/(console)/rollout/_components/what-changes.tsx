import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { RailSection } from "#components/ui/section.tsx";
import { MOST_COUNTED } from "#lib/retention/rules.ts";
import type { Offer, RolloutPageData } from "#lib/rollout-page/types.ts";
import { useReachWords } from "./use-reach-words.ts";
import { stagesAround, useStageNames } from "./use-stage-names.ts";

type Possible = Extract<Offer, { ok: true }>;

/** What the next step would change: who gains and who loses by the SDK's own buckets, and what a day would bring. */
export function WhatChanges({ data }: { data: RolloutPageData }) {
  const t = useTranslations("rollout.change");
  const format = useFormatter();
  const names = useStageNames();
  const { start, advance } = data.offers;
  const offer = advance.ok ? advance : start;
  if (!offer.ok) return null;
  const to = names.inSentence(offer.difference.after.exposurePercent);
  const isEstimate = offer.reach.estimated !== "none";
  const about = t(isEstimate ? "aboutEstimate" : "about", { at: format.dateTime(data.now, "clock") });
  return (
    <RailSection title={t("title", { to })} about={about}>
      {offer.reach.of === 0 ? <p className="m2">{t("noPeople")}</p> : <Figures data={data} offer={offer} />}
      <p className="end-links">
        <Link href="/rollout/early-adopters" prefetch={false}>
          {t("isIn")}
        </Link>
      </p>
    </RailSection>
  );
}

function Figures({ data, offer: { reach, expected } }: { data: RolloutPageData; offer: Possible }) {
  const t = useTranslations("rollout.change");
  const format = useFormatter();
  const { count, outOfAll } = useReachWords()(reach);
  const number = (of: number) => format.number(of);
  const arrow = (from: number, to: number) => t("arrow", { from: number(from), to: number(to) });
  return (
    <>
      <dl className="dl">
        <dt>{t("gain")}</dt>
        <dd className="b">{reach.gain === 0 ? "0" : t("plus", { count: count(reach.gain) })}</dd>
        <dt>{t("lose")}</dt>
        <dd>{count(reach.lose)}</dd>
        <dt>{t("stay")}</dt>
        <dd>{count(reach.stay)}</dd>
        <dt>{t("onPath")}</dt>
        <dd>{outOfAll(reach.after)}</dd>
        {expected === null ? null : (
          <>
            <dt>{t("offered")}</dt>
            <dd>{arrow(...expected.offered)}</dd>
            {expected.fallbacks === null ? null : <Fallbacks fallbacks={expected.fallbacks} />}
            <dt>{t("calls")}</dt>
            <dd>{arrow(...expected.calls)}</dd>
          </>
        )}
        <Margin data={data} />
      </dl>
      <p className="small m next-note">{t(expected === null ? "noTraffic" : "expected")}</p>
      {reach.estimated === "none" ? null : (
        <p className="small m next-note">{t("estimate", { most: MOST_COUNTED })}</p>
      )}
    </>
  );
}

function Fallbacks({ fallbacks: [from, low, high] }: { fallbacks: [number, number, number] }) {
  const t = useTranslations("rollout.change");
  const format = useFormatter();
  const words = { from: format.number(from), low: format.number(low), high: format.number(high) };
  return (
    <>
      <dt>{t("fallbacks")}</dt>
      <dd>{t("range", words)}</dd>
    </>
  );
}

function Margin({ data }: { data: RolloutPageData }) {
  const t = useTranslations("rollout.change");
  const format = useFormatter();
  const { now, next } = stagesAround(data);
  if (now === null || next === null || now.margin === next.margin) return null;
  const text = (margin: number | null) =>
    margin === null
      ? t("marginNone")
      : t("marginTimes", { margin: format.number(margin, { maximumFractionDigits: 2 }) });
  return (
    <>
      <dt>{t("margin")}</dt>
      <dd>{t("arrow", { from: text(now.margin), to: text(next.margin) })}</dd>
    </>
  );
}
