"use client";

import { CameraOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Note } from "#components/ui/note.tsx";
import { CameraView } from "./camera-view.tsx";
import styles from "./capture.module.css";
import type { PictureFault } from "./read-picture.ts";
import type { CameraTrouble, CapturedImage } from "./types.ts";
import { UploadPicture } from "./upload-picture.tsx";
import { useFaceCamera } from "./use-face-camera.ts";

type CaptureProps = {
  /** One picture of a face, taken or uploaded. Mount the component anew for another. */
  onCapture(image: CapturedImage): void;
  /** Told when the camera cannot be used; the person is told by the component, with upload beside it. */
  onTrouble?: (trouble: CameraTrouble) => void;
  /** The picture is on its way: no second one is taken. */
  sending?: boolean;
  /** Other ways, such as a password, right under the button that takes the picture. */
  wayOut?: ReactNode;
  /** More ways beside the upload, such as a finger. */
  beside?: ReactNode;
};

/** The camera with guidance and a picture taken by itself, a button that takes it now, and a file as the other way. */
export function Capture({ onCapture, onTrouble, sending = false, wayOut, beside }: CaptureProps) {
  const t = useTranslations("sample.capture");
  const [fault, setFault] = useState<PictureFault | null>(null);
  const [taken, setTaken] = useState<CapturedImage | null>(null);
  const capture = (image: CapturedImage) => {
    setTaken(image);
    setFault(null);
    onCapture(image);
  };
  const camera = useFaceCamera({ onCapture: capture, onTrouble });
  const upload = (
    <UploadPicture
      label={t("upload")}
      look={camera.trouble === null ? "quiet" : "plain"}
      onImage={(image) => {
        camera.close();
        capture(image);
      }}
      onFault={setFault}
    />
  );
  const trouble = taken === null ? camera.trouble : null;
  return (
    <div>
      <div className={trouble === null ? "cam" : "cam away"}>
        {trouble === null ? (
          <CameraView pictureRef={camera.pictureRef} sight={camera.sight} taken={taken} />
        ) : (
          <div className={styles.trouble} role="alert">
            <Icon of={CameraOff} size={24} />
            <h2>{t(`trouble.${trouble}.title`)}</h2>
            <p>{t(`trouble.${trouble}.remedy`)}</p>
            {upload}
          </div>
        )}
      </div>
      {fault === null ? null : (
        <Note tone="bad" role="alert">
          {t(`fault.${fault}`)}
        </Note>
      )}
      <div className={styles.acts}>
        {camera.trouble === null ? (
          <Button look="primary" wide onClick={camera.take} aria-disabled={sending || !camera.open}>
            {sending ? t("sending") : t("take")}
          </Button>
        ) : (
          <Button wide onClick={camera.retry}>
            {t("retry")}
          </Button>
        )}
        {wayOut}
        <div className={styles.beside}>
          {beside}
          {camera.trouble === null ? upload : null}
        </div>
      </div>
    </div>
  );
}
