"use client";

import { Fingerprint, ScanFace } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import type { FingerNumber } from "#lib/multibiometrics/types.ts";
import type { CaptureChoice } from "./capture-choice.ts";
import { FaceCapture } from "./face-capture.tsx";
import { FingerCapture } from "./finger-capture.tsx";

export type CapturePaneProps = {
  choice: CaptureChoice;
  onChoice(choice: CaptureChoice): void;
  sending: boolean;
  /** Whether a face may be sent, and which fingers. */
  faceAllowed: boolean;
  fingersAllowed: readonly FingerNumber[];
  enrolled: readonly FingerNumber[];
};

/** A face or fingers for a dialog whose own button sends them; what was captured of the other stays. */
export default function CapturePane(props: CapturePaneProps) {
  const { choice, onChoice, sending, faceAllowed, fingersAllowed, enrolled } = props;
  const t = useTranslations("capture");
  const [by, setBy] = useState<"face" | "fingers">(faceAllowed ? "face" : "fingers");
  if (by === "face")
    return (
      <FaceCapture
        picture={choice.face}
        onPicture={(face) => onChoice({ ...choice, face })}
        sending={sending}
        beside={
          fingersAllowed.length === 0 ? null : (
            <Button look="quiet" icon={Fingerprint} onClick={() => setBy("fingers")}>
              {t("useFingers")}
            </Button>
          )
        }
      />
    );
  return (
    <FingerCapture
      fingers={choice.fingers}
      onFingers={(fingers) => onChoice({ ...choice, fingers })}
      allowed={fingersAllowed}
      enrolled={enrolled}
      wayOut={
        faceAllowed ? (
          <Button look="quiet" icon={ScanFace} onClick={() => setBy("face")}>
            {t("useFace")}
          </Button>
        ) : null
      }
    />
  );
}
