import { Check, CircleSlash, CloudOff, Scale, Undo2 } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Section } from "#components/ui/section.tsx";
import { Status } from "#components/ui/status.tsx";
import type { Verification } from "#lib/verifications/types.ts";
import { useFacetText } from "./facet-text.ts";
import { lookOf } from "./reason-look.ts";

/** What was done with the capture, step by step, and on which facts. */
export function VerificationSteps({ verification: v }: { verification: Verification }) {
  const t = useTranslations("verifications.one");
  const terms = useTranslations("terms");
  const format = useFormatter();
  const textOf = useFacetText();
  const { kind, icon } = lookOf(v.outcome, v.reason);
  const wasAsked = v.apiOperation !== null;
  const ms = v.apiLatencyMs;
  const answered = v.apiStatus !== null;
  return (
    <Section title={t("steps")} about={t("stepsAbout", { ms: ms === null ? "none" : format.number(ms) })}>
      <table className="tbl stack free">
        <thead>
          <tr>
            <th scope="col">{t("step")}</th>
            <th scope="col">{t("cameOut")}</th>
            <th scope="col">{t("facts")}</th>
          </tr>
        </thead>
        <tbody>
          {v.loginId === null ? null : (
            <Row title={t("path")} facts={t("pathFacts", { percent: v.exposurePercent })}>
              <Status kind="ok" icon={Check} quiet>
                {t("pathText")}
              </Status>
            </Row>
          )}
          <Row
            title={t("capture")}
            facts={t("captureFacts", {
              channel: textOf("channel", v.channel),
              device: terms(`deviceClass.${v.deviceClass}`),
            })}
          >
            {terms(`modality.${v.modality}`)}
          </Row>
          <Row
            title={t("call")}
            facts={t("callFacts", {
              tries: v.apiTries,
              message: v.apiMessage === null ? "none" : "known",
              messageText: v.apiMessage ?? "",
            })}
          >
            {wasAsked ? (
              <Status kind={answered ? "ok" : "fail"} icon={answered ? Check : CloudOff} quiet={answered}>
                {v.apiStatus ?? "–"} <span className="mono">{v.apiOperation}</span>
              </Status>
            ) : (
              <Status kind="none" icon={CircleSlash}>
                {t("callNone")}
              </Status>
            )}
          </Row>
          <Row title={t("answerRead")} facts={terms(`verificationReason.${v.reason}`)}>
            <Status kind={kind} icon={icon} quiet={v.outcome === "matched"}>
              {terms(`verificationOutcome.${v.outcome}`)}
            </Status>
          </Row>
          <Row title={t("rule")} facts={t("ruleFacts", { version: v.policyVersion, attempt: v.attempt })}>
            <Status
              kind={v.decision === "approved" ? "ok" : "due"}
              icon={Scale}
              quiet={v.decision === "approved"}
            >
              {terms(`decision.${v.decision}`)}
            </Status>
          </Row>
          <Row title={t("told")} facts={<span className="mono">{v.feedbackCode}</span>}>
            <Status
              kind={v.decision === "approved" ? "ok" : "due"}
              icon={Undo2}
              quiet={v.decision === "approved"}
            >
              {terms(`decision.${v.decision}`)}
            </Status>
          </Row>
        </tbody>
      </table>
    </Section>
  );
}

function Row({ title, facts, children }: { title: string; facts: ReactNode; children: ReactNode }) {
  return (
    <tr>
      <th scope="row" className="nw">
        {title}
      </th>
      <td className="nw">{children}</td>
      <td className="m2 full">{facts}</td>
    </tr>
  );
}
