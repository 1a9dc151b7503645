"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
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
  onPicture(picture: ExaminedPicture): void;
};

/** One picture of a face or of a finger. A picture that could be better waits, unless it is to be so. */
export function PictureCapture({ modality, sending, instruction, wayOut, onPicture }: PictureCaptureProps) {
  const t = useTranslations("tester.capture");
  const [face, setFace] = useState<ExaminedPicture | null>(null);
  const [fingers, setFingers] = useState<CapturedFingers>({});
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
          face === null ? null : (
            <Button look="primary" wide onClick={() => onPicture(face)}>
              {t("send")}
            </Button>
          )
        }
      />
    );
  const finger = fingers[TESTED];
  return (
    <FingerCapture
      fingers={fingers}
      onFingers={setFingers}
      allowed={[TESTED]}
      wayOut={wayOut}
      act={
        <Button
          look="primary"
          wide
          aria-disabled={finger === undefined || sending}
          onClick={() => {
            if (finger !== undefined && !sending) onPicture(finger);
          }}
        >
          {t(sending ? "sending" : "sendFinger")}
        </Button>
      }
    />
  );
}
