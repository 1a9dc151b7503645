import { useFormatter, useTranslations } from "next-intl";
import type { GateMetric } from "#lib/rollout-evidence/schema.ts";
import type { RolloutPageData } from "#lib/rollout-page/types.ts";

/** The names of stages and gates as they stand alone and inside a sentence. */
export function useStageNames() {
  const t = useTranslations("rollout.stage");
  const gates = useTranslations("rollout.gates.inSentence");
  const format = useFormatter();
  return {
    name: (percent: number) => (percent === 0 ? t("adopters") : t("percent", { percent })),
    inSentence: (percent: number) =>
      percent === 0 ? t("inSentence.adopters") : t("inSentence.percent", { percent }),
    gates: (metrics: readonly GateMetric[]) => format.list(metrics.map((metric) => gates(metric))),
  };
}

/** The stage the rollout stands at and the one after it; null where there is none. */
export function stagesAround({ standing: { rollout } }: Pick<RolloutPageData, "standing">) {
  const place = rollout?.stage?.place;
  if (rollout === null || place === undefined) return { now: null, next: null };
  return { now: rollout.plan.stages[place] ?? null, next: rollout.plan.stages[place + 1] ?? null };
}
