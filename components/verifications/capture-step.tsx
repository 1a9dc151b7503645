import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import { Status } from "#components/ui/status.tsx";
import { callMadeOf } from "#lib/history/rules.ts";
import { endpoints } from "#lib/multibiometrics/schema.ts";
import type { TryTimes, Verification } from "#lib/verifications/types.ts";
import { lookOf } from "./reason-look.ts";
import { StepRow, type StepTime } from "./step-row.tsx";
import type { PolicyFact } from "./types.ts";

type CaptureStepProps = { verification: Verification; policy: PolicyFact; times: TryTimes | null };

/** Whether the capture was fit to be compared, and who said so. */
export function CaptureStep({ verification: v, policy, times }: CaptureStepProps) {
  const t = useTranslations("verification.capture");
  const reasons = useTranslations("terms.verificationReason");
  const facts = useCaptureFacts(v, policy);
  const made = callMadeOf(v);
  const ended = made === "refused_before" || made === "check_failed";
  const { kind, icon } = lookOf(v.outcome, v.reason);
  const span = times?.checks ?? null;
  const ms = span ? span.toMs - span.fromMs : null;
  const time: StepTime = { span, totalMs: times?.totalMs ?? 0, ms, of: "api" };
  const wasChecked = v.qualityMs !== null || v.livenessMs !== null;
  return (
    <StepRow title={t("title")} facts={facts} time={time}>
      {ended ? (
        <Status kind={kind} icon={icon}>
          {reasons(v.reason)}
        </Status>
      ) : (
        <Status kind={wasChecked ? "ok" : "none"} icon={Check} quiet>
          {t(wasChecked ? "passed" : "sentOn")}
        </Status>
      )}
    </StepRow>
  );
}

function useCaptureFacts(v: Verification, policy: PolicyFact) {
  const t = useTranslations("verification");
  const made = callMadeOf(v);
  if (made === "refused_before" && v.apiOperation === null) return t("capture.before");
  if ((made === "refused_before" || made === "check_failed") && v.apiOperation !== null) {
    const endpoint = Object.entries(endpoints).find(([operation]) => operation === v.apiOperation)?.[1];
    const call = t("call.checkFacts", {
      tries: v.apiTries,
      message: v.apiMessage === null ? "none" : "known",
      messageText: v.apiMessage ?? "",
    });
    return (
      <>
        {v.apiStatus ?? t("call.noAnswer")}{" "}
        <span className="mono breaks">
          {endpoint ? `${endpoint.method} ${endpoint.path}` : v.apiOperation}
        </span>
        ; {call}
      </>
    );
  }
  const { qualityMs, livenessMs } = v;
  if (qualityMs !== null || livenessMs !== null) {
    const asked =
      qualityMs !== null && livenessMs !== null ? "both" : livenessMs !== null ? "liveness" : "quality";
    return t("capture.checked", { asked });
  }
  if (v.modality === "fingers") return t("capture.printsUnchecked");
  if (policy === null || policy.values.qualityChecked || policy.values.livenessRequired)
    return t("capture.noPolicy");
  return t("capture.unchecked");
}
