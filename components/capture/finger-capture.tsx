"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Note } from "#components/ui/note.tsx";
import styles from "./capture.module.css";
import type { PictureFault } from "./read-picture.ts";
import type { CapturedImage } from "./types.ts";
import { UploadPicture } from "./upload-picture.tsx";

/** Positions as the API numbers them: 1-5 right thumb to little finger, 6-10 left thumb to little finger. */
export const FINGERS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"] as const;
export type Finger = (typeof FINGERS)[number];
export type CapturedFingers = Partial<Record<Finger, CapturedImage>>;

type FingerCaptureProps = {
  onCapture(fingers: CapturedFingers): void;
  sending?: boolean;
  /** Other ways, such as a password or the camera. */
  wayOut?: ReactNode;
};

/** One or several fingers, each from a file of a fingerprint reader, named by hand and finger. */
export function FingerCapture({ onCapture, sending = false, wayOut }: FingerCaptureProps) {
  const t = useTranslations("sample.fingers");
  const chooseId = useId();
  const [finger, setFinger] = useState<Finger>("2");
  const [fingers, setFingers] = useState<CapturedFingers>({});
  const [fault, setFault] = useState<PictureFault | null>(null);
  const chosen = FINGERS.filter((number) => fingers[number] !== undefined);
  return (
    <div className={styles.fingers}>
      <div className="field">
        <label htmlFor={chooseId}>{t("which")}</label>
        <select
          id={chooseId}
          className="in"
          value={finger}
          onChange={(event) => setFinger(FINGERS.find((number) => number === event.target.value) ?? "2")}
        >
          {FINGERS.map((number) => (
            <option key={number} value={number}>
              {t(`names.${number}`)}
            </option>
          ))}
        </select>
      </div>
      <UploadPicture
        label={t("choose", { finger: t(`names.${finger}`) })}
        look="plain"
        lossless
        onImage={(image) => {
          setFault(null);
          setFingers((before) => ({ ...before, [finger]: image }));
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
          <li key={number} className={styles.finger}>
            <span>{t(`names.${number}`)}</span>
            <Button
              look="quiet"
              small
              onClick={() => setFingers(({ [number]: _removed, ...others }) => others)}
              aria-label={t("remove", { finger: t(`names.${number}`) })}
            >
              {t("removeShort")}
            </Button>
          </li>
        ))}
      </ul>
      <div className={styles.acts}>
        <Button
          look="primary"
          wide
          aria-disabled={chosen.length === 0 || sending}
          onClick={() => (chosen.length === 0 || sending ? setFault(null) : onCapture(fingers))}
        >
          {sending ? t("sending") : t("use", { count: chosen.length })}
        </Button>
        {wayOut}
      </div>
    </div>
  );
}
