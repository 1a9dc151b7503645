"use client";

import { useTranslations } from "next-intl";
import styles from "./sample.module.css";

const FACES = ["a-first", "a-second", "b"] as const;
export type SampleFaceChoice = (typeof FACES)[number];

type SampleFacePickerProps = { onPick(face: SampleFaceChoice): void };

/** Two pictures of one person and one of another, for whoever has no camera at hand. */
export function SampleFacePicker({ onPick }: SampleFacePickerProps) {
  const t = useTranslations("sample.faces");
  return (
    <section className={styles.faces}>
      <h2 className="small b">{t("title")}</h2>
      <p className="small m">{t("text")}</p>
      <div>
        {FACES.map((face) => (
          <button key={face} type="button" className={styles.face} onClick={() => onPick(face)}>
            {/* biome-ignore lint/performance/noImgElement: made by our own server in the right size already */}
            <img src={`/sample/faces/${face}`} alt="" width={480} height={600} />
            {t(face)}
          </button>
        ))}
      </div>
    </section>
  );
}
