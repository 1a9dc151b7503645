"use client";

import { CameraOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Note } from "#components/ui/note.tsx";
import { CameraView } from "./camera-view.tsx";
import styles from "./capture.module.css";
import { preparePicture } from "./prepare-picture.ts";
import type { CameraTrouble, ExaminedPicture, Guidance, PictureFault } from "./types.ts";
import { UploadPicture } from "./upload-picture.tsx";
import { useFaceCamera } from "./use-face-camera.ts";

type LiveCaptureProps = {
  onPicture(picture: ExaminedPicture): void;
  wayOut?: ReactNode;
  beside?: ReactNode;
  onTrouble?: (trouble: CameraTrouble) => void;
  onGuidance?: (guidance: Guidance) => void;
  /** Where the picture is to be bad on purpose: it says so, nothing is judged, and only the button takes it. */
  instruction?: string | undefined;
};

/** The running camera, or why there is none, with a file as the other way. */
export function LiveCapture(props: LiveCaptureProps) {
  const { onPicture, wayOut, beside, onTrouble, onGuidance, instruction } = props;
  const t = useTranslations("capture");
  const [fault, setFault] = useState<PictureFault | null>(null);
  const camera = useFaceCamera({
    onPicture: async (taken) => {
      const prepared = await preparePicture(taken, "face", "camera");
      if (prepared.ok) onPicture(prepared.picture);
      else setFault(prepared.fault);
    },
    onTrouble,
    onGuidance,
    isGuided: instruction === undefined,
  });
  const { trouble } = camera;
  return (
    <div>
      <div className={trouble === null ? "cam" : "cam away"}>
        {trouble === null ? (
          <CameraView pictureRef={camera.pictureRef} sight={camera.sight} instruction={instruction} />
        ) : (
          <div className={styles.trouble} role="alert">
            <Icon of={CameraOff} size={24} />
            <h2>{t(`trouble.${trouble}.title`)}</h2>
            <p>{t(`trouble.${trouble}.remedy`)}</p>
          </div>
        )}
      </div>
      {fault === null ? null : (
        <Note tone="bad" role="alert">
          {t(`fault.${fault}`)}
        </Note>
      )}
      <div className={styles.acts}>
        {trouble === null ? (
          <Button look="primary" wide onClick={camera.take} aria-disabled={!camera.open}>
            {t("take")}
          </Button>
        ) : (
          <Button wide onClick={camera.retry}>
            {t("retry")}
          </Button>
        )}
        {wayOut}
        <div className={styles.beside}>
          {beside}
          {/* One and the same whatever becomes of the camera: a file that is just being chosen must not be lost. */}
          <UploadPicture
            label={t("upload")}
            look={trouble === null ? "quiet" : "plain"}
            subject="face"
            onPicture={onPicture}
            onFault={setFault}
          />
        </div>
      </div>
    </div>
  );
}
