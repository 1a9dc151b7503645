import { Scale, Undo2 } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Status, type StatusKind } from "#components/ui/status.tsx";
import { callMadeOf } from "#lib/history/rules.ts";
import type { TryTimes, Verification } from "#lib/verifications/types.ts";
import { lookOf } from "./reason-look.ts";
import { StepRow, type StepTime } from "./step-row.tsx";
import type { PolicyFact } from "./types.ts";

type StepsAfterProps = { verification: Verification; policy: PolicyFact; times: TryTimes | null };

/** How the answer was read, which rule it met, and what the application was told. */
export function StepsAfter({ verification: v, policy, times }: StepsAfterProps) {
  const span = times?.judged ?? null;
  const isLogin = v.loginId !== null;
  const time: StepTime = {
    span,
    totalMs: times?.totalMs ?? 0,
    ms: span ? span.toMs - span.fromMs : null,
    of: "gateway",
    rows: isLogin ? 3 : 2,
  };
  return (
    <>
      <Read verification={v} time={time} />
      <RuleApplied verification={v} policy={policy} />
      {isLogin ? <Told verification={v} policy={policy} /> : null}
    </>
  );
}

function Read({ verification: v, time }: { verification: Verification; time: StepTime }) {
  const t = useTranslations("verification.read");
  const { kind, icon } = lookOf(v.outcome, v.reason);
  const word = wordOf(v);
  return (
    <StepRow title={t("title")} facts={<ReadFacts verification={v} />} time={time}>
      <Status
        kind={word === "nothing" ? "none" : kind}
        quiet={v.outcome === "matched"}
        {...(word === "nothing" ? {} : { icon })}
      >
        {t(word)}
      </Status>
    </StepRow>
  );
}

function wordOf(v: Verification) {
  if (callMadeOf(v) !== "made") return "nothing";
  if (v.outcome === "matched") return "match";
  if (v.outcome === "not_matched") return "noMatch";
  if (v.reason === "api_answer_unreadable") return "unreadable";
  if (v.outcome === "api_error") return v.apiStatus === null ? "nothing" : "trouble";
  return "unusable";
}

function ReadFacts({ verification: v }: { verification: Verification }) {
  const t = useTranslations("verification.read");
  const reasons = useTranslations("terms.verificationReason");
  if (v.reason === "api_answer_unreadable") return t("unreadableFacts");
  if (v.diagnosisMs !== null) return t("unusableFacts");
  if (v.outcome !== "matched" && v.outcome !== "not_matched") return reasons(v.reason);
  const sent = v.fingersSent.length;
  const listed = v.fingersSent.filter((finger) => v.fingersListed.includes(finger)).length;
  return (
    <>
      <span className="mono">Match: {String(v.outcome === "matched")}</span>
      {v.faceMatched === null ? null : `; ${t("face", { matched: v.faceMatched ? "yes" : "no" })}`}
      {sent === 0 ? null : `; ${t("fingers", { sent, listed })}`}
    </>
  );
}

const kindOf = ({ decision }: Verification): { kind: StatusKind; quiet: boolean } =>
  decision === "approved" ? { kind: "ok", quiet: true } : { kind: "due", quiet: false };

type RuleProps = { verification: Verification; policy: PolicyFact };

function RuleApplied({ verification: v, policy }: RuleProps) {
  const t = useTranslations("verification.rule");
  const format = useFormatter();
  const facts = t("facts", {
    version: v.policyVersion,
    known: policy === null ? "no" : "yes",
    at: policy === null ? "" : format.dateTime(policy.changedAt, "day"),
    source: v.source,
    attempt: v.attempt,
    allowed: policy?.values.attemptsBeforeFallback ?? 0,
  });
  const byFinger = v.reason === "fingers_not_matched";
  const rule =
    v.outcome !== "not_matched" ? v.outcome : byFinger ? "fingers_not_matched" : "different_person";
  return (
    <StepRow title={t("title")} facts={facts} time="shared">
      <Status {...kindOf(v)} icon={Scale}>
        {t(rule)}
      </Status>
    </StepRow>
  );
}

function Told({ verification: v, policy }: RuleProps) {
  const t = useTranslations("verification.told");
  const decisions = useTranslations("terms.decision");
  const left = policy === null ? 0 : Math.max(0, policy.values.attemptsBeforeFallback - v.attempt);
  return (
    <StepRow title={t("title")} facts={t(v.decision, { left })} time="shared">
      <Status {...kindOf(v)} icon={Undo2}>
        {decisions(v.decision)} <span className="mono">{v.feedbackCode}</span>
      </Status>
    </StepRow>
  );
}
