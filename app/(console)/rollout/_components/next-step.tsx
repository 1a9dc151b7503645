import Link from "next/link";
import { useTranslations } from "next-intl";
import { ChangeDialog } from "#components/rollout/change-dialog.tsx";
import { FalseAcceptDialog } from "#components/rollout/false-accept-dialog.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { RailSection } from "#components/ui/section.tsx";
import type { RolloutPageData } from "#lib/rollout-page/types.ts";
import {
  advanceAction,
  advancePastHalfAction,
  finishAction,
  holdAction,
  reportFalseAcceptAction,
  resumeAction,
  rollBackAction,
  startRolloutAction,
} from "../actions.ts";
import { useOfferedChange } from "./use-offered-change.ts";
import { stagesAround, useStageNames } from "./use-stage-names.ts";

const HALF_PERCENT = 50;

/** What can be done now, first of all the next step; for those who may not, who may. */
export function NextStep({ data }: { data: RolloutPageData }) {
  const t = useTranslations("rollout.next");
  const names = useStageNames();
  const { now, next } = stagesAround(data);
  const about =
    now === null || next === null
      ? undefined
      : t("from", { from: names.name(now.exposurePercent), to: names.name(next.exposurePercent) });
  return (
    <RailSection title={t("title")} about={about}>
      {data.may.change ? (
        <Acts data={data} />
      ) : (
        <p className="m2">{t("mayNot", { halt: data.may.halt ? "yes" : "no" })}</p>
      )}
      <div className="end-links">
        <PlanLink data={data} />
        <TemplatesLink data={data} />
        {data.may.reportFalseAccept && data.standing.rollout?.stage ? (
          <FalseAcceptDialog act={reportFalseAcceptAction} />
        ) : null}
      </div>
    </RailSection>
  );
}

/** Where the plan is made, changed or read. */
function PlanLink({ data: { standing, may } }: { data: RolloutPageData }) {
  const t = useTranslations("rollout.next");
  const isOpen = standing.rollout !== null;
  if (!isOpen) return null;
  const mayEdit = standing.rollout?.stage ? may.changeRunningPlan : may.change;
  return (
    <Link href="/rollout/plan" prefetch={false}>
      {t(mayEdit ? "editPlan" : "seePlan")}
    </Link>
  );
}

/** After a roll back somebody decides on the biometrics that were enrolled meanwhile. */
function TemplatesLink({ data: { ended, may } }: { data: RolloutPageData }) {
  const t = useTranslations("rollout.next");
  if (!may.settleTemplates || ended?.state !== "rolled_back") return null;
  return (
    <Link href="/rollout/templates" prefetch={false}>
      {t("templates")}
    </Link>
  );
}

function Acts({ data }: { data: RolloutPageData }) {
  const t = useTranslations("rollout.next");
  const { standing, underWay } = data;
  if (standing.intent.halted) return <p className="m2">{t("halted")}</p>;
  if (underWay !== null) return <p className="m2">{t("being_changed")}</p>;
  if (standing.rollout === null)
    return (
      <ButtonLink href="/rollout/plan" look="primary" wide>
        {t("plan")}
      </ButtonLink>
    );
  return standing.rollout.stage === null ? <StartAct data={data} /> : <StageActs data={data} />;
}

function StartAct({ data }: { data: RolloutPageData }) {
  const t = useTranslations("rollout.next");
  const change = useOfferedChange(data);
  const { start } = data.offers;
  if (!start.ok) return null;
  return (
    <div className="next-acts">
      <ChangeDialog
        change={change("start", start, startRolloutAction)}
        look="primary"
        environment={data.environment}
      />
      <p className="small m">{t("atOnce")}</p>
    </div>
  );
}

function StageActs({ data }: { data: RolloutPageData }) {
  const change = useOfferedChange(data);
  const { hold, resume, off, back } = data.offers;
  const { environment } = data;
  const [nearest] = back;
  return (
    <div className="next-acts">
      <Onward data={data} />
      <div className="next-acts-two">
        {hold.ok ? (
          <ChangeDialog change={change("hold", hold, holdAction)} environment={environment} />
        ) : null}
        {resume.ok ? (
          <ChangeDialog change={change("resume", resume, resumeAction)} environment={environment} />
        ) : null}
        {nearest?.offer.ok ? (
          <ChangeDialog change={change("back", nearest.offer, rollBackAction)} environment={environment} />
        ) : null}
      </div>
      {off.ok ? (
        <ChangeDialog
          change={change("off", off, rollBackAction)}
          look="danger"
          danger
          environment={environment}
        />
      ) : null}
    </div>
  );
}

/** On to the next stage, or to the end of the rollout: the one button in the accent where the rule says ready. */
function Onward({ data }: { data: RolloutPageData }) {
  const t = useTranslations("rollout.next");
  const change = useOfferedChange(data);
  const { environment, may, verdict } = data;
  const { advance, finish } = data.offers;
  const isProven = verdict?.verdict.reason === "proven";
  if (!advance.ok)
    return finish.ok ? (
      <ChangeDialog
        change={change("finish", finish, finishAction)}
        look="primary"
        environment={environment}
      />
    ) : null;
  const isPastHalf = advance.difference.after.exposurePercent > HALF_PERCENT;
  if (isPastHalf && !may.advancePastHalf) return <p className="m2">{t("past_half")}</p>;
  const act = isPastHalf ? advancePastHalfAction : advanceAction;
  const { now } = stagesAround(data);
  const note = isProven ? "atOnce" : now?.advances === "by_itself" ? "self" : "notReady";
  return (
    <>
      <ChangeDialog
        change={change("advance", advance, act)}
        look={isProven ? "primary" : "plain"}
        letter="a"
        environment={environment}
      />
      <p className="small m">
        {t(note)} {isPastHalf ? t("past_half") : null}
      </p>
    </>
  );
}
