"use client";

import { useTranslations } from "next-intl";
import { ConsentForm } from "#components/sample/consent-form.tsx";
import { MessageNote } from "#components/sample/message-note.tsx";
import { PasswordForm } from "#components/sample/password-form.tsx";
import styles from "#components/sample/sample.module.css";
import { SampleStepHead } from "#components/sample/sample-step-head.tsx";
import { StartForm } from "#components/sample/start-form.tsx";
import { Button } from "#components/ui/button.tsx";
import { CaptureStep } from "./capture-step.tsx";
import type { useMemberLogin } from "./use-member-login.ts";

type StepViewProps = {
  login: ReturnType<typeof useMemberLogin>;
  member: string;
  onMember(member: string): void;
  samplePassword: string;
};

/** The one thing the member does now, under its heading and what was said last. */
export function StepView({ login, member, onMember, samplePassword }: StepViewProps) {
  const t = useTranslations("sample");
  const { view, dispatch } = login;
  const { step, message, sending } = view;
  const startOver = () => dispatch({ type: "start_over" });
  const wrong = message?.from === "page" && message.code === "wrong_password";
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
              if (act === "login") void login.open();
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
      return <CaptureStep login={login} />;
    case "enrolled":
      return (
        <>
          <SampleStepHead title={t("enrolled.title")} />
          <MessageNote message={message} />
          <div className={styles.ways}>
            <Button look="primary" wide onClick={() => void login.open()} aria-disabled={sending}>
              {t("enrolled.login")}
            </Button>
            <Button look="quiet" wide onClick={startOver}>
              {t("enrolled.back")}
            </Button>
          </div>
        </>
      );
    case "password":
      return (
        <>
          <SampleStepHead title={t("password.title")} text={t("password.text")} />
          {wrong ? null : <MessageNote message={message} />}
          <PasswordForm
            samplePassword={samplePassword}
            sending={sending}
            error={wrong ? t("message.wrong_password") : undefined}
            onPassword={(password) => void login.checkPassword(password, step.reason)}
          />
          <Button look="quiet" wide onClick={startOver}>
            {t("enrolled.back")}
          </Button>
        </>
      );
    case "in":
      return (
        <>
          <SampleStepHead title={t("in.title")} text={t(`in.${step.by}`)} />
          <MessageNote message={message} />
          <Button wide onClick={startOver}>
            {t("in.out")}
          </Button>
        </>
      );
  }
}
