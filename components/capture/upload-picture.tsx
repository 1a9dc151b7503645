"use client";

import { ImageUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Icon } from "#components/ui/icon.tsx";
import styles from "./capture.module.css";
import { preparePicture } from "./prepare-picture.ts";
import type { ExaminedPicture, PictureFault, Subject } from "./types.ts";

type UploadPictureProps = {
  label: string;
  look?: "quiet" | "plain";
  subject: Subject;
  onPicture(picture: ExaminedPicture): void;
  onFault(fault: PictureFault): void;
};

/** A button that picks one file and hands it on as a picture the API takes, whatever format it came in. */
export function UploadPicture({ label, look = "quiet", subject, onPicture, onFault }: UploadPictureProps) {
  const t = useTranslations("capture");
  const [reading, setReading] = useState(false);
  return (
    <label className={styles.pick}>
      <input
        type="file"
        accept="image/*,.bmp,.heic,.heif"
        aria-label={label}
        aria-busy={reading}
        onChange={async (event) => {
          const input = event.currentTarget;
          const file = input.files?.[0];
          if (file === undefined) return;
          setReading(true);
          const prepared = await preparePicture(file, subject, "file");
          setReading(false);
          // The same file may be picked again after a refusal.
          input.value = "";
          if (prepared.ok) onPicture(prepared.picture);
          else onFault(prepared.fault);
        }}
      />
      <span className={look === "quiet" ? "btn quiet" : "btn"}>
        <Icon of={ImageUp} />
        {reading ? t("reading") : label}
      </span>
    </label>
  );
}
