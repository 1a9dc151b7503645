"use client";

import { Undo2 } from "lucide-react";
import { useTranslations } from "next-intl";
import captureStyles from "#components/capture/capture.module.css";
import { ChecksStrip } from "#components/capture/checks-strip.tsx";
import { FrameOval } from "#components/capture/frame-oval.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Note } from "#components/ui/note.tsx";
import { ANSWERS, type AnswerText } from "./answers.ts";
import styles from "./sample.module.css";
import { SampleStepHead } from "./sample-step-head.tsx";
import { Silhouette } from "./silhouette.tsx";

type ShownAnswerProps = { answer: AnswerText; onBack(): void };

const TONES = { ok: "ok", due: "bad", fail: "bad", none: "warn", open: undefined } as const;

/** The member's side as it is after an answer that a developer asked to see. Nothing was sent for it. */
export function ShownAnswer({ answer: { code, text, otherText, otherLang }, onBack }: ShownAnswerProps) {
  const t = useTranslations("sample");
  const { kind, status, icon } = ANSWERS[code];
  const tone = TONES[status as keyof typeof TONES];
  const inFrame = kind === "retry_capture" && !/^(picture|finger)_/.test(code);
  return (
    <>
      <SampleStepHead key={code} title={t(`dev.shown.title.${kind}`)} />
      <Note tone="go" role="status">
        {t("dev.shown.mark")}
      </Note>
      {inFrame ? (
        <div className={`cam ${styles.drawn}`}>
          <Silhouette />
          <FrameOval ready={false} />
          <div className="say">
            <Icon of={icon} size={20} />
            {text}
          </div>
          <ChecksStrip
            bright={code === "too_bright"}
            checks={[
              ["face", code !== "no_face" && code !== "several_faces"],
              ["light", code !== "too_dark" && code !== "too_bright"],
              ["distance", code !== "come_closer"],
              ["still", code !== "blurred"],
            ]}
          />
        </div>
      ) : (
        <div className={styles.drawn}>
          <Note {...(tone === undefined ? {} : { tone })}>
            <b>{text}</b>
          </Note>
        </div>
      )}
      <dl className={`dl ${styles.facts}`}>
        <dt>{t("dev.shown.other")}</dt>
        <dd lang={otherLang} className={styles.wraps}>
          {otherText}
        </dd>
        <dt>{t("dev.shown.next")}</dt>
        <dd className={styles.wraps}>{t(`dev.shown.then.${kind}`)}</dd>
      </dl>
      <div className={captureStyles.acts}>
        <Button wide icon={Undo2} onClick={onBack}>
          {t("dev.shown.back")}
        </Button>
      </div>
    </>
  );
}
