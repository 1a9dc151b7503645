import { useTranslations } from "next-intl";
import type { RolloutAnswer } from "#lib/early-adopters/types.ts";

/** What the rollout says to one person at this stage, in a sentence; and what it would say if nothing stood in the way. */
export function useRolloutAnswer(answer: RolloutAnswer): string {
  const t = useTranslations("earlyAdopters.says");
  const { reason, through, bucket, exposurePercent: percent, offersEarlyAdopters } = answer;
  const offered = percent > 0 ? "share" : offersEarlyAdopters ? "cohort" : "nobody";
  const facts = { bucket, percent, offered, through: through ?? "nothing" };
  const now = t(reason, facts);
  if (reason === "exposed" || reason === "not_exposed") return now;
  return `${now} ${t("otherwise", facts)}`;
}
