"use client";

import { Fingerprint, KeyRound, ScanFace } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { CameraTrouble, Guidance } from "#components/capture/types.ts";
import { MessageNote } from "#components/sample/message-note.tsx";
import { Payment } from "#components/sample/payment.tsx";
import styles from "#components/sample/sample.module.css";
import { SampleFacePicker } from "#components/sample/sample-face-picker.tsx";
import { SampleStepHead } from "#components/sample/sample-step-head.tsx";
import { Button } from "#components/ui/button.tsx";
import type { LegacyReason } from "#lib/logins/schema.ts";
import { FaceTry } from "./face-try.tsx";
import { FingerTry } from "./finger-try.tsx";
import type { useMemberLogin } from "./use-member-login.ts";

type CaptureStepProps = {
  login: ReturnType<typeof useMemberLogin>;
  onGuidance(guidance: Guidance): void;
};

/** Camera, file or finger, for enrolment, login and payment alike; the password is one press away. */
export function CaptureStep({ login, onGuidance }: CaptureStepProps) {
  const t = useTranslations("sample");
  const [by, setBy] = useState<"face" | "finger">("face");
  const [trouble, setTrouble] = useState<CameraTrouble | null>(null);
  const { view, dispatch } = login;
  const enrolling = view.step.at === "enrol";
  const wayOut = enrolling ? (
    <Button wide onClick={() => dispatch({ type: "start_over" })}>
      {t("enrol.cancel")}
    </Button>
  ) : (
    <Button
      wide
      icon={KeyRound}
      onClick={() => dispatch({ type: "choose_password", reason: reasonOf(trouble) })}
    >
      {t(view.purpose === "transaction" ? "pay.password" : "login.password")}
    </Button>
  );
  const alreadyEnrolled = enrolling && isAlreadyEnrolled(view.message);
  return (
    <>
      <CaptureHead by={by} login={login} />
      <MessageNote message={view.message} />
      {alreadyEnrolled ? (
        <div className={styles.ways}>
          <Button look="primary" wide icon={ScanFace} onClick={() => void login.open("login")}>
            {t("enrolled.login")}
          </Button>
          <Button wide onClick={() => dispatch({ type: "ask_consent", replace: true })}>
            {t("enrol.replace")}
          </Button>
          {wayOut}
        </div>
      ) : by === "face" ? (
        <FaceTry
          // A new try starts the camera and its guidance anew.
          key={view.round}
          login={login}
          onTrouble={setTrouble}
          onGuidance={onGuidance}
          wayOut={wayOut}
          beside={
            <Button look="quiet" icon={Fingerprint} onClick={() => setBy("finger")}>
              {t("login.finger")}
            </Button>
          }
        />
      ) : (
        <FingerTry
          login={login}
          wayOut={
            <>
              {wayOut}
              <Button look="quiet" icon={ScanFace} onClick={() => setBy("face")}>
                {t("login.face")}
              </Button>
            </>
          }
        />
      )}
      <p className={`small m ${styles.kept}`}>{t("login.kept")}</p>
      {view.purpose === "transaction" ? (
        <Button look="quiet" wide onClick={() => dispatch({ type: "leave_payment" })}>
          {t("pay.leave")}
        </Button>
      ) : null}
      {by === "face" && !alreadyEnrolled ? (
        <SampleFacePicker onPick={(face) => void login.sendSampleFace(face)} />
      ) : null}
    </>
  );
}

function CaptureHead({ by, login: { view } }: Pick<CaptureStepProps, "login"> & { by: "face" | "finger" }) {
  const t = useTranslations("sample");
  const enrolling = view.step.at === "enrol";
  const paying = view.purpose === "transaction";
  const number = view.tries.length + 1;
  const under = enrolling
    ? t("enrol.text")
    : number === 1
      ? t("login.first")
      : t("login.again", { number, all: view.tries.length + (view.login?.attemptsLeft ?? 0) });
  return (
    <>
      <SampleStepHead
        title={
          paying
            ? t("pay.title")
            : by === "face"
              ? t(enrolling ? "enrol.title" : "login.title")
              : t("login.fingerTitle")
        }
        text={by === "face" ? under : t("login.fingerText")}
      />
      {paying ? <Payment /> : null}
    </>
  );
}

/** Why a member leaves for the password, as the gateway counts it. */
function reasonOf(trouble: CameraTrouble | null): LegacyReason {
  if (trouble === "refused") return "camera_refused";
  return trouble === null ? "chose_password" : "camera_missing";
}

const isAlreadyEnrolled = (message: ReturnType<typeof useMemberLogin>["view"]["message"]): boolean =>
  message?.from === "gateway" && message.feedback.code === "already_enrolled";
