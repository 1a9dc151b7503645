import { Milestone } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Icon } from "#components/ui/icon.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { BIOMETRIC_LOGIN_FLAG } from "#lib/rollout/schema.ts";
import type { RolloutPageData } from "#lib/rollout-page/types.ts";
import { useVerdictWords } from "./use-verdict-words.ts";

type Words = { answer: string; lead: string };

/** Where the rollout stands, as a sentence, and why. */
export function RolloutHead({ data }: { data: RolloutPageData }) {
  const t = useTranslations("rollout");
  const build = data.standing.rollout?.build ?? data.ended?.build;
  const flag = () => <span className="mono">{BIOMETRIC_LOGIN_FLAG}</span>;
  const crumb = (
    <>
      <Icon of={Milestone} size={12} />{" "}
      <span>{build === undefined ? t.rich("crumb", { flag }) : t.rich("crumbBuild", { flag, build })}</span>
    </>
  );
  return <PageHead crumb={crumb} {...useHeadWords(data)} />;
}

function useHeadWords(data: RolloutPageData): Words {
  const halted = useHaltedWords(data);
  const resting = useRestingWords(data);
  const verdict = useVerdictWords(data);
  if (data.standing.intent.halted) return halted;
  return data.standing.rollout?.stage ? verdict : resting;
}

function useHaltedWords({ standing, gateways, lastHalt }: RolloutPageData): Words {
  const t = useTranslations("rollout");
  const format = useFormatter();
  if (standing.isDrilling) return { answer: t("answer.drilling"), lead: t("lead.drilling") };
  const confirmed = gateways.filter(({ tookMs }) => tookMs !== null).length;
  const running = gateways.length;
  const answer = running === 0 ? t("answer.haltedNone") : t("answer.halted", { confirmed, running });
  if (lastHalt === null) return { answer, lead: t("lead.haltedUnknown") };
  const said = { by: lastHalt.by ?? t("history.rule"), at: format.dateTime(lastHalt.at, "exact") };
  const { reason } = lastHalt;
  return { answer, lead: reason ? t("lead.halted", { ...said, reason }) : t("lead.haltedWithout", said) };
}

/** Where no stage is lived: nothing planned, planned, or over. */
function useRestingWords({ standing: { rollout, intent }, ended, adopters }: RolloutPageData): Words {
  const t = useTranslations("rollout");
  const format = useFormatter();
  const stage = useTranslations("rollout.stage.inSentence");
  const { exposurePercent: percent } = intent;
  if (rollout !== null) {
    const first = rollout.plan.stages[0]?.exposurePercent ?? 0;
    const name = first === 0 ? stage("adopters") : stage("percent", { percent: first });
    return { answer: t("answer.planned", { stage: name }), lead: t("lead.planned", { count: adopters }) };
  }
  if (ended !== null && ended.state !== "replaced") {
    const about = { build: ended.build, at: format.dateTime(ended.endedAt, "minute") };
    return ended.state === "rolled_back"
      ? { answer: t("answer.rolledBack"), lead: t("lead.rolledBack", about) }
      : {
          answer: t("answer.completed", { percent }),
          lead: t("lead.completed", { ...about, rest: 100 - percent }),
        };
  }
  if (percent > 0) return { answer: t("answer.unplannedOpen", { percent }), lead: t("lead.unplannedOpen") };
  const key = intent.offersEarlyAdopters ? "unplannedAdopters" : "unplannedClosed";
  return { answer: t(`answer.${key}`), lead: t(`lead.${key}`) };
}
