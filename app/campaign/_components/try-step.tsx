"use client";

import { useTranslations } from "next-intl";
import type { ExaminedPicture } from "#components/capture/types.ts";
import { ConditionDrawing } from "#components/testers/condition-drawing.tsx";
import type { Place } from "#components/testers/walk.ts";
import { Button } from "#components/ui/button.tsx";
import { PictureCapture } from "./picture-capture.tsx";
import { StepHead } from "./step-head.tsx";
import { StepTroubleNote } from "./step-trouble-note.tsx";
import styles from "./tester.module.css";
import { TryResult } from "./try-result.tsx";
import type { useTry } from "./use-try.ts";

type TryStepProps = {
  place: Extract<Place, { at: "try" }>;
  triesEach: number;
  trying: ReturnType<typeof useTry>;
  onLeaveOut(): void;
  onLookAgain(): void;
};

/** One try: what to do in words and as a drawing, the picture, and what came of it. */
export function TryStep({ place, triesEach, trying, onLeaveOut, onLookAgain }: TryStepProps) {
  const t = useTranslations("tester");
  const { step, number } = place;
  const { held, sending, trouble } = trying;
  if (held?.end != null) return <TryResult end={held.end} onNext={trying.next} />;
  return (
    <>
      <StepHead
        title={t(`position.${step.position}.asked`)}
        text={t("try.number", { number, all: triesEach })}
      />
      <div className={styles.asked}>
        <ConditionDrawing {...step} className={styles.drawing} />
        <p>{t(`lighting.${step.lighting}.asked`)}</p>
      </div>
      <div role="alert">
        <StepTroubleNote trouble={trouble} />
      </div>
      {trouble === null || sending ? null : (
        <div className={styles.ways}>
          <Button look="primary" wide onClick={trouble === "unavailable" ? trying.sendAgain : onLookAgain}>
            {t(trouble === "unavailable" ? "try.sendAgain" : "try.lookAgain")}
          </Button>
        </div>
      )}
      <PictureCapture
        key={trying.round}
        modality={step.modality}
        sending={sending}
        isHeld={trouble !== null}
        instruction={t("try.take")}
        onPicture={(picture: ExaminedPicture) => void trying.send(place, picture)}
        wayOut={
          sending ? null : (
            <Button wide onClick={onLeaveOut}>
              {t("try.leaveOut")}
            </Button>
          )
        }
      />
    </>
  );
}
