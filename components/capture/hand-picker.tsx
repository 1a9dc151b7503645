"use client";

import { useTranslations } from "next-intl";
import { type FingerMark, Hands, TIPS } from "#components/people/hands.tsx";
import type { FingerNumber } from "#lib/multibiometrics/types.ts";
import styles from "./capture.module.css";

type HandPickerProps = {
  finger: FingerNumber;
  onFinger(finger: FingerNumber): void;
  /** The fingers that may be chosen. */
  allowed: readonly FingerNumber[];
  marks: Partial<Record<FingerNumber, FingerMark>>;
  name: string;
};

/**
 * The two hands as a group of ten choices: arrow keys go from finger to finger, from left to right. Where only one finger
 * may be chosen there is nothing to choose: it is ringed, and named by the button that picks its picture.
 */
export function HandPicker({ finger, onFinger, allowed, marks, name }: HandPickerProps) {
  const t = useTranslations("capture.fingers");
  const hands = <Hands marks={marks} label={t("drawing")} left={t("left")} right={t("right")} />;
  const tip = TIPS.find(({ number }) => number === finger);
  if (allowed.length === 1)
    return (
      <div className={styles.hands}>
        <div>
          {hands}
          <span className={styles.ring} style={{ left: `${tip?.left}%`, top: `${tip?.top}%` }} />
        </div>
      </div>
    );
  return (
    <fieldset className={styles.hands}>
      <legend>{t("which")}</legend>
      <div>
        {hands}
        {TIPS.map(({ number, left, top }) => (
          <input
            key={number}
            type="radio"
            name={name}
            value={number}
            aria-label={t(`names.${number}`)}
            title={t(`names.${number}`)}
            checked={number === finger}
            disabled={!allowed.includes(number)}
            onChange={() => onFinger(number)}
            style={{ left: `${left}%`, top: `${top}%` }}
          />
        ))}
      </div>
    </fieldset>
  );
}
