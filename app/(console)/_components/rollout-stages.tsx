import { useFormatter, useTranslations } from "next-intl";
import { type Stage as StageItem, Stages } from "#components/ui/stages.tsx";
import type { Stage, StageCard } from "#lib/overview/types.ts";

const PAST_SHOWN = 5;
const DAY_MS = 86_400_000;

/** The stages the history saw and the present one, by our own intent. What comes next is nobody's plan yet. */
export function RolloutStages({ stage, now }: { stage: StageCard; now: Date }) {
  const t = useTranslations("overview.stage");
  const stages = useStages(stage, now);
  return (
    <section className="sec bare" aria-label={t("label")}>
      {stage.exposure ? (
        <Stages label={t("label")} stages={stages} share={null} isHalted={stage.exposure.halted} />
      ) : (
        <p className="m">{t("unknown")}</p>
      )}
    </section>
  );
}

function useStages(card: StageCard, now: Date): StageItem[] {
  const t = useTranslations("overview.stage");
  const captionOf = useSpanOf();
  const since = useSince(card, now);
  const { exposurePercent: percent, halted } = card.exposure ?? { exposurePercent: 0, halted: false };
  const past = card.past.slice(-PAST_SHOWN).map((one): StageItem => {
    // Nobody is offered anything at 0 % but those who were named.
    const name = one.exposurePercent === 0 ? t("adopters") : t("percent", { percent: one.exposurePercent });
    return { id: captionOf(one), name, caption: captionOf(one), state: "done" };
  });
  const name = t("percent", { percent });
  const present: StageItem = { id: "present", name, caption: halted ? t("halted") : since, state: "now" };
  if (percent === 100) return [...past, present];
  const caption = t("rest", { percent: 100 - percent });
  return [...past, present, { id: "rest", name: t("none"), caption, state: "later" }];
}

function useSpanOf() {
  const t = useTranslations("overview.stage");
  const format = useFormatter();
  return ({ from, to }: Stage) => {
    const until = to ? format.dateTime(to, "dayAndMonth") : "";
    return from
      ? t("between", { from: format.dateTime(from, "dayAndMonth"), to: until })
      : t("until", { to: until });
  };
}

function useSince({ since, comparedSince, exposure }: StageCard, now: Date): string {
  const t = useTranslations("overview.stage");
  const format = useFormatter();
  if (exposure?.exposurePercent === 0) return t("closed");
  if (!since) return t("sinceLong");
  const from = format.dateTime(since, "dayAndMonth");
  if (!comparedSince) return t("notMet", { from });
  return t("since", { from, days: Math.floor((now.getTime() - since.getTime()) / DAY_MS) });
}
