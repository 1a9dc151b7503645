"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";
import type { FingerMark } from "#components/people/hands.tsx";
import { Button } from "#components/ui/button.tsx";
import { Note } from "#components/ui/note.tsx";
import type { FingerNumber } from "#lib/multibiometrics/types.ts";
import { FINGER_NUMBERS } from "#lib/people/schema.ts";
import styles from "./capture.module.css";
import { HandPicker } from "./hand-picker.tsx";
import { PictureFacts, Shown } from "./picture-review.tsx";
import type { CapturedFingers, ExaminedPicture, PictureFault } from "./types.ts";
import { UploadPicture } from "./upload-picture.tsx";

type FingerCaptureProps = {
  fingers: CapturedFingers;
  onFingers(fingers: CapturedFingers): void;
  /** Fingers that may be sent: all of them unless named. */
  allowed?: readonly FingerNumber[];
  /** Drawn as enrolled already. */
  enrolled?: readonly FingerNumber[];
  /** What sends them, where nothing else on the page does. */
  act?: ReactNode;
  /** Other ways, such as a password or the camera. */
  wayOut?: ReactNode;
};

/** One or several fingers, each from a file of a fingerprint reader, chosen on a drawing of the two hands. */
export function FingerCapture({
  fingers,
  onFingers,
  allowed,
  enrolled = [],
  act,
  wayOut,
}: FingerCaptureProps) {
  const t = useTranslations("capture.fingers");
  const may = allowed ?? FINGER_NUMBERS;
  const [finger, setFinger] = useState<FingerNumber>(may.includes(2) ? 2 : (may[0] ?? 2));
  const [fault, setFault] = useState<PictureFault | null>(null);
  const chosen = FINGER_NUMBERS.filter((number) => fingers[number] !== undefined);
  const marks: Partial<Record<FingerNumber, FingerMark>> = {};
  for (const number of enrolled) marks[number] = "had";
  for (const number of chosen) marks[number] = "on";
  return (
    <div className={styles.fingers}>
      <HandPicker finger={finger} onFinger={setFinger} allowed={may} marks={marks} name={useId()} />
      <UploadPicture
        label={t("choose", { finger: t(`names.${finger}`) })}
        look="plain"
        subject="finger"
        onPicture={(picture) => {
          setFault(null);
          onFingers({ ...fingers, [finger]: picture });
        }}
        onFault={setFault}
      />
      {fault === null ? null : (
        <Note tone="bad" role="alert">
          {t(`fault.${fault}`)}
        </Note>
      )}
      <ul aria-label={t("chosen")} aria-live="polite">
        {chosen.map((number) => (
          <ChosenFinger
            key={number}
            number={number}
            picture={fingers[number]}
            onRemove={() => onFingers(without(fingers, number))}
          />
        ))}
      </ul>
      <div className={styles.acts}>
        {act}
        {wayOut}
      </div>
    </div>
  );
}

type ChosenFingerProps = {
  number: FingerNumber;
  picture: ExaminedPicture | undefined;
  onRemove(): void;
};

function ChosenFinger({ number, picture, onRemove }: ChosenFingerProps) {
  const t = useTranslations("capture.fingers");
  const hints = useTranslations("capture.hint");
  if (picture === undefined) return null;
  const [first] = picture.hints;
  return (
    <li className={styles.finger}>
      <Shown image={picture.image} className={styles.print} />
      <div>
        <b className="b">{t(`names.${number}`)}</b>
        {first === undefined ? null : <p className="small st warn">{hints(first)}</p>}
        <PictureFacts picture={picture} />
      </div>
      <Button
        look="quiet"
        small
        onClick={onRemove}
        aria-label={t("remove", { finger: t(`names.${number}`) })}
      >
        {t("removeShort")}
      </Button>
    </li>
  );
}

function without(fingers: CapturedFingers, number: FingerNumber): CapturedFingers {
  const { [number]: _removed, ...others } = fingers;
  return others;
}
