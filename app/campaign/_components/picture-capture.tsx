"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";
import { FaceCapture } from "#components/capture/face-capture.tsx";
import { FingerCapture } from "#components/capture/finger-capture.tsx";
import type { CapturedFingers, ExaminedPicture } from "#components/capture/types.ts";
import { Button } from "#components/ui/button.tsx";
import type { CampaignModality } from "#lib/campaigns/schema.ts";

/** The right index finger, as the API numbers it. */
const TESTED = 2;

type PictureCaptureProps = {
  modality: CampaignModality;
  sending: boolean;
  /** Said where the picture is to be bad on purpose: it is then sent as it is. */
  instruction?: string | undefined;
  wayOut: ReactNode;
  /** The page itself says what to do about the picture that was sent last: no button here sends it once more. */
  isHeld?: boolean;
  onPicture(picture: ExaminedPicture): void;
};

/** One picture of a face or of a finger. A picture that could be better waits, unless it is to be so. */
export function PictureCapture(props: PictureCaptureProps) {
  const { modality, sending, instruction, wayOut, isHeld = false, onPicture } = props;
  const t = useTranslations("tester.capture");
  const [face, setFace] = useState<ExaminedPicture | null>(null);
  const [fingers, setFingers] = useState<CapturedFingers>({});
  const whyId = useId();
  if (modality === "face")
    return (
      <FaceCapture
        picture={face}
        sending={sending}
        instruction={instruction}
        wayOut={wayOut}
        onPicture={(taken) => {
          setFace(taken);
          if (taken !== null && (instruction !== undefined || taken.hints.length === 0)) onPicture(taken);
        }}
        act={
          face === null || isHeld ? null : (
            <Button look="primary" wide onClick={() => onPicture(face)}>
              {t("send")}
            </Button>
          )
        }
      />
    );
  const finger = fingers[TESTED];
  const isMissing = finger === undefined;
  return (
    <FingerCapture
      fingers={fingers}
      onFingers={setFingers}
      allowed={[TESTED]}
      wayOut={wayOut}
      act={
        isHeld ? null : (
          <>
            {isMissing ? (
              <p id={whyId} className="small m">
                {t("fingerFirst")}
              </p>
            ) : null}
            <Button
              look="primary"
              wide
              aria-disabled={isMissing || sending}
              aria-describedby={isMissing ? whyId : undefined}
              onClick={() => {
                if (!isMissing && !sending) onPicture(finger);
              }}
            >
              {t(sending ? "sending" : "sendFinger")}
            </Button>
          </>
        )
      }
    />
  );
}
