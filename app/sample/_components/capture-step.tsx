"use client";

import { Fingerprint, KeyRound, ScanFace } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Capture } from "#components/capture/capture.tsx";
import { type CapturedFingers, FINGERS, FingerCapture } from "#components/capture/finger-capture.tsx";
import type { CameraTrouble } from "#components/capture/types.ts";
import { MessageNote } from "#components/sample/message-note.tsx";
import styles from "#components/sample/sample.module.css";
import { SampleFacePicker } from "#components/sample/sample-face-picker.tsx";
import { SampleStepHead } from "#components/sample/sample-step-head.tsx";
import type { Sent } from "#components/sample/types.ts";
import { Button } from "#components/ui/button.tsx";
import type { LegacyReason } from "#lib/logins/schema.ts";
import type { useMemberLogin } from "./use-member-login.ts";

/** Camera, file or finger, for enrolment and login alike; the password is one press away. */
export function CaptureStep({ login }: { login: ReturnType<typeof useMemberLogin> }) {
  const t = useTranslations("sample");
  const [by, setBy] = useState<"face" | "finger">("face");
  const [trouble, setTrouble] = useState<CameraTrouble | null>(null);
  const { view, dispatch, send } = login;
  const enrolling = view.step.at === "enrol";
  const number = view.tries.length + 1;
  const under = enrolling
    ? t("enrol.text")
    : number === 1
      ? t("login.first")
      : t("login.again", { number, all: view.tries.length + (view.login?.attemptsLeft ?? 0) });
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
      {t("login.password")}
    </Button>
  );
  const alreadyEnrolled = enrolling && isAlreadyEnrolled(view.message);
  return (
    <>
      <SampleStepHead
        title={by === "face" ? t(enrolling ? "enrol.title" : "login.title") : t("login.fingerTitle")}
        text={by === "face" ? under : t("login.fingerText")}
      />
      <MessageNote message={view.message} />
      {alreadyEnrolled ? (
        <div className={styles.ways}>
          <Button look="primary" wide icon={ScanFace} onClick={() => void login.open()}>
            {t("enrolled.login")}
          </Button>
          <Button wide onClick={() => dispatch({ type: "ask_consent", replace: true })}>
            {t("enrol.replace")}
          </Button>
          {wayOut}
        </div>
      ) : by === "face" ? (
        <Capture
          // A new try starts the camera and its guidance anew.
          key={view.round}
          sending={view.sending}
          onCapture={({ base64 }) => void send({ face: base64 })}
          onTrouble={setTrouble}
          wayOut={wayOut}
          beside={
            <Button look="quiet" icon={Fingerprint} onClick={() => setBy("finger")}>
              {t("login.finger")}
            </Button>
          }
        />
      ) : (
        <FingerCapture
          sending={view.sending}
          onCapture={(fingers) => void send({ fingers: base64Of(fingers) })}
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
      {by === "face" && !alreadyEnrolled ? (
        <SampleFacePicker onPick={(face) => void login.sendSampleFace(face)} />
      ) : null}
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

function base64Of(fingers: CapturedFingers): NonNullable<Sent["fingers"]> {
  const sent: NonNullable<Sent["fingers"]> = {};
  for (const finger of FINGERS) {
    const image = fingers[finger];
    if (image !== undefined) sent[finger] = image.base64;
  }
  return sent;
}
