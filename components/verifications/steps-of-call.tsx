import { Check, CircleAlert, CircleSlash, CloudOff, ScanSearch } from "lucide-react";
import { useTranslations } from "next-intl";
import { Status } from "#components/ui/status.tsx";
import { callMadeOf } from "#lib/history/rules.ts";
import { endpoints } from "#lib/multibiometrics/schema.ts";
import type { TryTimes, Verification } from "#lib/verifications/types.ts";
import { StepRow, type StepTime } from "./step-row.tsx";

type StepsOfCallProps = { verification: Verification; times: TryTimes | null };

const COMPARE = `${endpoints.verify.method} ${endpoints.verify.path}`;

/** The comparison at the API, and what was asked afterwards where its answer did not say what was wrong. */
export function StepsOfCall({ verification: v, times }: StepsOfCallProps) {
  const t = useTranslations("verification");
  const reasons = useTranslations("terms.verificationReason");
  const totalMs = times?.totalMs ?? 0;
  const diagnosis: StepTime | null =
    times?.diagnosis == null ? null : { span: times.diagnosis, totalMs, ms: v.diagnosisMs, of: "api" };
  return (
    <>
      <Compare verification={v} times={times} />
      {diagnosis ? (
        <StepRow title={t("diagnosis.title")} facts={t("diagnosis.facts")} time={diagnosis}>
          <Status kind="due" icon={ScanSearch} quiet>
            {reasons(v.reason)}
          </Status>
        </StepRow>
      ) : null}
    </>
  );
}

function Compare({ verification: v, times }: StepsOfCallProps) {
  const t = useTranslations("verification.call");
  const made = callMadeOf(v);
  const isMade = made === "made";
  // Before the steps were timed, all calls together are what is known of this one.
  const ms = !isMade ? null : times === null ? v.apiLatencyMs : v.verifyMs;
  const time: StepTime = { span: times?.call ?? null, totalMs: times?.totalMs ?? 0, ms, of: "api" };
  const facts = isMade
    ? t("facts", {
        tries: v.apiTries,
        message: v.apiMessage === null ? "none" : "known",
        messageText: v.apiMessage ?? "",
      })
    : t(made);
  if (!isMade) {
    return (
      <StepRow title={t("title")} facts={facts} time={time}>
        <Status kind={v.outcome === "api_error" ? "fail" : "none"} icon={CircleSlash}>
          {t("none")}
        </Status>
      </StepRow>
    );
  }
  const answered = v.apiStatus !== null;
  const isTrouble = v.outcome === "api_error";
  const kind = isTrouble ? "fail" : v.apiStatus === 200 ? "ok" : "due";
  const icon = isTrouble ? CloudOff : kind === "ok" ? Check : CircleAlert;
  return (
    <StepRow title={t("title")} facts={facts} time={time}>
      <Status kind={kind} icon={icon} quiet={!isTrouble}>
        {answered ? v.apiStatus : t("noAnswer")} <span className="mono">{COMPARE}</span>
      </Status>
    </StepRow>
  );
}
