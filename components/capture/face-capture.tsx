"use client";

import { RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import styles from "./capture.module.css";
import { LiveCapture } from "./live-capture.tsx";
import { PictureFacts, PictureReview } from "./picture-review.tsx";
import type { CameraTrouble, ExaminedPicture, Guidance } from "./types.ts";

type FaceCaptureProps = {
  /** The picture about to be sent; the camera runs while there is none. */
  picture: ExaminedPicture | null;
  onPicture(picture: ExaminedPicture | null): void;
  /** It is on its way: no other is taken. */
  sending?: boolean;
  /** What sends it, where nothing else on the page does. */
  act?: ReactNode;
  /** Other ways, such as a password, right under the button that takes the picture. */
  wayOut?: ReactNode;
  /** More ways beside the upload, such as a finger. */
  beside?: ReactNode;
  /** Told when the camera cannot be used; the person is told by the component, with upload beside it. */
  onTrouble?: (trouble: CameraTrouble) => void;
  /** Told what the camera waits for. */
  onGuidance?: (guidance: Guidance) => void;
  /** Said instead of guidance where the picture is to be bad on purpose; only the button takes it then. */
  instruction?: string | undefined;
};

/**
 * One picture of a face: by the camera with guidance, which takes it by itself, by a button that takes it now, or from
 * a file; then what could be better in it before anybody sends it. Nothing is kept once it is unmounted.
 */
export function FaceCapture({ picture, onPicture, sending = false, act, ...ways }: FaceCaptureProps) {
  const t = useTranslations("capture");
  if (picture === null) return <LiveCapture onPicture={onPicture} {...ways} />;
  return (
    <div>
      <div className="cam">
        <PictureReview picture={picture} sending={sending} />
      </div>
      <div className={styles.acts}>
        <PictureFacts picture={picture} />
        {sending ? null : act}
        {sending ? null : (
          <Button wide icon={RotateCcw} onClick={() => onPicture(null)}>
            {t("another")}
          </Button>
        )}
        {ways.wayOut}
        {sending ? null : <div className={styles.beside}>{ways.beside}</div>}
      </div>
    </div>
  );
}
