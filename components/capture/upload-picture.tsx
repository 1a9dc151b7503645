"use client";

import { ImageUp } from "lucide-react";
import { Icon } from "#components/ui/icon.tsx";
import styles from "./capture.module.css";
import { type PictureFault, readPicture } from "./read-picture.ts";
import type { CapturedImage } from "./types.ts";

type UploadPictureProps = {
  label: string;
  look?: "quiet" | "plain";
  /** Keeps fine lines: for fingers. */
  lossless?: boolean;
  onImage(image: CapturedImage): void;
  onFault(fault: PictureFault): void;
};

/** A button that picks one file and hands it on as a picture the API takes, whatever format it came in. */
export function UploadPicture({
  label,
  look = "quiet",
  lossless = false,
  onImage,
  onFault,
}: UploadPictureProps) {
  return (
    <label className={styles.pick}>
      <input
        type="file"
        accept="image/*,.bmp,.heic,.heif"
        aria-label={label}
        onChange={async (event) => {
          const input = event.currentTarget;
          const file = input.files?.[0];
          if (file === undefined) return;
          const reading = await readPicture(file, lossless);
          // The same file may be picked again after a refusal.
          input.value = "";
          if (reading.ok) onImage(reading.image);
          else onFault(reading.fault);
        }}
      />
      <span className={look === "quiet" ? "btn quiet" : "btn"}>
        <Icon of={ImageUp} />
        {label}
      </span>
    </label>
  );
}
