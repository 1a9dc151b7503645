import { Check, CircleSlash } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Status } from "#components/ui/status.tsx";
import { failuresBeforePause } from "#lib/logins/rules.ts";
import type { TryTimes, Verification } from "#lib/verifications/types.ts";
import { CaptureStep } from "./capture-step.tsx";
import { StepRow, type StepTime } from "./step-row.tsx";
import type { EnrolledFact, PolicyFact } from "./types.ts";

type StepsBeforeProps = {
  verification: Verification;
  policy: PolicyFact;
  enrolled: EnrolledFact;
  times: TryTimes | null;
};

/** What had to hold before anything was sent: flag, enrolment, guards, and a capture fit to be sent. */
export function StepsBefore({ verification: v, policy, enrolled, times }: StepsBeforeProps) {
  const isLogin = v.loginId !== null;
  const time: StepTime = {
    span: times?.decided ?? null,
    totalMs: times?.totalMs ?? 0,
    ms: v.decidedMs,
    of: "gateway",
    rows: isLogin ? 3 : 1,
  };
  return (
    <>
      {isLogin ? <Flag verification={v} time={time} /> : null}
      <Enrolled verification={v} enrolled={enrolled} time={isLogin ? "shared" : time} />
      {isLogin ? <Guards verification={v} policy={policy} /> : null}
      <CaptureStep verification={v} policy={policy} times={times} />
    </>
  );
}

function Flag({ verification: v, time }: { verification: Verification; time: StepTime }) {
  const t = useTranslations("verification.flag");
  const facts = t("facts", {
    percent: v.exposurePercent,
    known: v.bucket === null ? "no" : "yes",
    bucket: v.bucket ?? 0,
  });
  return (
    <StepRow title={t("title")} facts={facts} time={time}>
      <Status kind="ok" icon={Check} quiet>
        {t("on")}
      </Status>
    </StepRow>
  );
}

type EnrolledProps = { verification: Verification; enrolled: EnrolledFact; time: StepTime | "shared" };

function Enrolled({ verification: v, enrolled, time }: EnrolledProps) {
  const t = useTranslations("verification");
  const summary = useTranslations("people.person.enrolled");
  const format = useFormatter();
  const title = t("enrolled.title");
  if (enrolled === null) {
    const facts = t(v.subject?.state === "erased" ? "enrolled.erased" : "enrolled.unknown");
    return (
      <StepRow title={title} facts={facts} time={time}>
        <Status kind="none" icon={CircleSlash}>
          {t("steps.notRecorded")}
        </Status>
      </StepRow>
    );
  }
  const { face, fingers, confirmedAt } = enrolled;
  const modalities = fingers.length === 0 ? "face" : face ? "both" : "fingers";
  return (
    <StepRow
      title={title}
      facts={t("enrolled.facts", { at: format.dateTime(confirmedAt, "minute") })}
      time={time}
    >
      <Status kind="ok" icon={Check} quiet>
        {summary("summary", { modalities, count: fingers.length })}
      </Status>
    </StepRow>
  );
}

function Guards({ verification: v, policy }: { verification: Verification; policy: PolicyFact }) {
  const t = useTranslations("verification.guards");
  const failures = v.failuresBefore;
  const face = v.modality !== "fingers";
  const facts =
    failures === null
      ? t("factsUnknown")
      : policy === null
        ? t("factsNoLimit", { failures })
        : t("facts", { failures, limit: failuresBeforePause(policy.values, { face }) });
  return (
    <StepRow title={t("title")} facts={facts} time="shared">
      <Status kind="ok" icon={Check} quiet>
        {t("free")}
      </Status>
    </StepRow>
  );
}
