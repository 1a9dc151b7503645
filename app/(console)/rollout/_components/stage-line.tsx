import { useFormatter, useTranslations } from "next-intl";
import { type Stage, Stages } from "#components/ui/stages.tsx";
import type { PlannedStage } from "#lib/rollout/schema.ts";
import type { LivedStage, RolloutPageData } from "#lib/rollout-page/types.ts";
import { useStageNames } from "./use-stage-names.ts";

const HOUR_MS = 3_600_000;

type StageLineData = Pick<RolloutPageData, "standing" | "ended" | "stages" | "adopters" | "lastHalt" | "now">;

/** The stages of the plan in force, or of the rollout that ended last: what was lived, where it stands, what is to come. */
export function StageLine({ data }: { data: StageLineData }) {
  const t = useTranslations("rollout.stage");
  const names = useStageNames();
  const captionOf = useCaption(data);
  const { standing, ended, now } = data;
  const plan = standing.rollout?.plan ?? ended?.plan;
  if (plan === undefined) return null;
  const lived = standing.rollout === null ? (ended?.stages ?? []) : data.stages;
  const current = standing.rollout?.stage?.place ?? null;
  const stages = plan.stages.map((stage, place): Stage => {
    const own = lived.filter((each) => each.place === place).at(-1);
    const isNow = place === current;
    const isPast = !isNow && own !== undefined && (current === null || place < current);
    return {
      id: String(place),
      name: names.name(stage.exposurePercent),
      caption: captionOf(stage, place, own, isNow),
      state: isNow ? "now" : isPast ? "done" : "later",
    };
  });
  const share = standing.rollout?.stage
    ? dwellShare(plan.stages[current ?? 0], standing.rollout.stage.beganAt, now)
    : null;
  return (
    <section className="sec bare" aria-label={t("label")}>
      <Stages label={t("label")} stages={stages} share={share} isHalted={standing.intent.halted} />
    </section>
  );
}

/** How much of its least time a stage has lived, never quite to the post: only proof gets it there. */
function dwellShare(stage: PlannedStage | undefined, beganAt: Date, now: Date): number {
  const least = (stage?.minDwellHours ?? 0) * HOUR_MS;
  return least === 0 ? 0.92 : Math.max(0.04, Math.min(0.92, (now.getTime() - beganAt.getTime()) / least));
}

function useCaption({ standing, adopters, lastHalt, now }: StageLineData) {
  const t = useTranslations("rollout.stage");
  const format = useFormatter();
  const day = (at: Date) => format.dateTime(at, "dayAndMonth");
  return (stage: PlannedStage, place: number, own: LivedStage | undefined, isNow: boolean) => {
    if (isNow && standing.intent.halted)
      return t("halted", { at: format.dateTime(lastHalt?.at ?? now, "clock") });
    if (isNow && own) return sinceText(own.beganAt);
    if (own?.endedAt) return t("between", { from: day(own.beganAt), to: day(own.endedAt) });
    if (place === 0 && stage.exposurePercent === 0) return t("people", { count: adopters });
    if (stage.margin === null && stage.exposurePercent < 100)
      return t("holdBack", { rest: 100 - stage.exposurePercent });
    if (stage.exposurePercent === 100) return t("everybody");
    const hours = format.number(stage.minDwellHours);
    if (stage.minDwellHours === 0) return t("noLeast");
    return stage.spansWeekend ? t("atLeastWeekend", { hours }) : t("atLeastHours", { hours });
  };

  function sinceText(beganAt: Date) {
    const hours = Math.floor((now.getTime() - beganAt.getTime()) / HOUR_MS);
    if (hours < 24) {
      const minutes = Math.floor(((now.getTime() - beganAt.getTime()) % HOUR_MS) / 60_000);
      return t("sinceHours", { from: format.dateTime(beganAt, "clock"), hours, minutes });
    }
    return t("sinceDays", { from: day(beganAt), days: Math.floor(hours / 24), hours: hours % 24 });
  }
}
