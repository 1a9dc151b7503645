import { useFormatter, useTranslations } from "next-intl";
import type { RolloutPageData } from "#lib/rollout-page/types.ts";
import { stagesAround, useStageNames } from "./use-stage-names.ts";

type VerdictData = Pick<RolloutPageData, "standing" | "verdict" | "underWay" | "now">;

/** What the rule says of the present stage, as a sentence, and why. */
export function useVerdictWords(data: VerdictData): { answer: string; lead: string } {
  const t = useTranslations("rollout");
  const format = useFormatter();
  const names = useStageNames();
  const lead = useLeadOf(data);
  const { standing, verdict: judged, underWay } = data;
  const { now, next } = stagesAround(data);
  const stage = names.inSentence(now?.exposurePercent ?? 0);
  if (underWay !== null) {
    const act = t(`history.kind.${underWay.kind}`, { from: "", to: "" }).trim();
    const trouble = underWay.trouble === null ? "none" : "some";
    const at = format.relativeTime(underWay.at, data.now);
    return { answer: t("answer.underWay", { act }), lead: t("lead.underWay", { at, trouble }) };
  }
  if (judged === null) {
    const { coolDownMinutes = 0, outcomeMinutes = 0 } = standing.rollout?.plan ?? {};
    const minutes = Math.ceil(coolDownMinutes + outcomeMinutes);
    return { answer: t("answer.notJudged", { stage }), lead: t("lead.notJudged", { minutes }) };
  }
  const { decision, reason, metrics, gates, until } = judged.verdict;
  if (reason === "proven" && next !== null) {
    const key = decision === "ask" ? "ready" : "goingOn";
    return {
      answer: t(`answer.${key}`, { next: names.inSentence(next.exposurePercent) }),
      lead: t(`lead.${key}`),
    };
  }
  const answer = t(`answer.${reason === "proven" ? "held" : reason}`, {
    stage,
    gates: names.gates(metrics),
    count: gates.filter(({ state }) => state === "cannot_tell").length,
    until: until === null ? "" : format.dateTime(new Date(until), "minute"),
  });
  // A stage's name begins the sentence here and there.
  return { answer: answer.charAt(0).toUpperCase() + answer.slice(1), lead };
}

function useLeadOf(data: VerdictData): string {
  const t = useTranslations("rollout.lead");
  const format = useFormatter();
  const names = useStageNames();
  const { verdict: judged } = data;
  const { now } = stagesAround(data);
  if (judged === null) return "";
  const { reason, metrics, slices, gates } = judged.verdict;
  if (reason === "cannot_tell") {
    const forecasts = gates.filter(({ state }) => state === "cannot_tell").map(({ forecast }) => forecast);
    const hours = Math.max(0, ...forecasts.map((each) => each?.hours ?? Number.NaN));
    const logins = Math.max(0, ...forecasts.map((each) => each?.logins ?? 0));
    if (Number.isNaN(hours)) return t("cannot_tell_ever");
    return t("cannot_tell", { hours: format.number(Math.ceil(hours)), logins: format.number(logins) });
  }
  const text = t(reason === "proven" ? "held" : reason, {
    stage: names.inSentence(now?.exposurePercent ?? 0),
    gates: names.gates(metrics),
    slices: format.list(slices),
    people: format.number(judged.inputs.people.treated),
    least: format.number(judged.inputs.stage.minimumPeople),
  });
  return text.charAt(0).toUpperCase() + text.slice(1);
}
