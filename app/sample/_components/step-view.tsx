"use client";

import { useTranslations } from "next-intl";
import type { Guidance } from "#components/capture/types.ts";
import { ConsentForm } from "#components/sample/consent-form.tsx";
import { MessageNote } from "#components/sample/message-note.tsx";
import styles from "#components/sample/sample.module.css";
import { SampleStepHead } from "#components/sample/sample-step-head.tsx";
import { StartForm } from "#components/sample/start-form.tsx";
import { Button } from "#components/ui/button.tsx";
import { CaptureStep } from "./capture-step.tsx";
import { MemberArea, PasswordStep } from "./member-area.tsx";
import type { useMemberLogin } from "./use-member-login.ts";

type StepViewProps = {
  login: ReturnType<typeof useMemberLogin>;
  member: string;
  onMember(member: string): void;
  samplePassword: string;
  onGuidance(guidance: Guidance): void;
};

/** The one thing the member does now, under its heading and what was said last. */
export function StepView({ login, member, onMember, samplePassword, onGuidance }: StepViewProps) {
  const t = useTranslations("sample");
  const { view, dispatch } = login;
  const { step, message, sending } = view;
  const startOver = () => dispatch({ type: "start_over" });
  switch (step.at) {
    case "start":
      return (
        <>
          <SampleStepHead title={t("start.title")} text={t("start.text")} quiet />
          <MessageNote message={message} />
          <StartForm
            member={member}
            sending={sending}
            onMember={onMember}
            onAct={(act) => {
              if (act === "login") void login.open("login");
              else if (act === "enrol") dispatch({ type: "ask_consent", replace: false });
              else dispatch({ type: "choose_password", reason: "chose_password" });
            }}
          />
        </>
      );
    case "consent":
      return (
        <>
          <SampleStepHead title={t("consent.title")} text={t("consent.text")} />
          <ConsentForm onConsent={() => dispatch({ type: "consented" })} onRefuse={startOver} />
        </>
      );
    case "enrol":
    case "login":
      return <CaptureStep login={login} onGuidance={onGuidance} />;
    case "enrolled":
      return (
        <>
          <SampleStepHead title={t("enrolled.title")} />
          <MessageNote message={message} />
          <div className={styles.ways}>
            <Button look="primary" wide onClick={() => void login.open("login")} aria-disabled={sending}>
              {t("enrolled.login")}
            </Button>
            <Button look="quiet" wide onClick={startOver}>
              {t("enrolled.back")}
            </Button>
          </div>
        </>
      );
    case "password":
      return <PasswordStep login={login} reason={step.reason} samplePassword={samplePassword} />;
    case "in":
    case "paid":
      return <MemberArea login={login} at={step.at} by={step.by} />;
  }
}
