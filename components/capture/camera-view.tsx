"use client";

import {
  Camera,
  Check,
  Expand,
  Hand,
  Hourglass,
  type LucideIcon,
  Moon,
  Move,
  ScanFace,
  Shrink,
  Sun,
  Users,
} from "lucide-react";
import { useTranslations } from "next-intl";
import type { RefObject } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";
import styles from "./capture.module.css";
import { ChecksStrip } from "./checks-strip.tsx";
import { FrameOval } from "./frame-oval.tsx";
import type { Guidance, Sight } from "./types.ts";

/** Of what to do, not of what is wrong: a sun where light is missing. */
const ICONS: Record<Guidance, LucideIcon> = {
  starting: Hourglass,
  looking: ScanFace,
  no_guidance: Camera,
  no_face: ScanFace,
  several_faces: Users,
  too_dark: Sun,
  too_bright: Moon,
  come_closer: Expand,
  move_back: Shrink,
  move_left: Move,
  move_right: Move,
  move_up: Move,
  move_down: Move,
  keep_still: Hand,
  hold_still: Check,
};

const UNJUDGED: readonly Guidance[] = ["starting", "looking", "no_guidance"];

type CameraViewProps = {
  pictureRef: RefObject<HTMLDivElement | null>;
  sight: Sight;
  /** Said instead of guidance, which is not given then. */
  instruction?: string | undefined;
};

/** The camera's picture under an oval, the one thing to change in words, and what is right already. */
export function CameraView({ pictureRef, sight, instruction }: CameraViewProps) {
  const t = useTranslations("capture");
  const { guidance, face, light, distance, still } = sight;
  const ready = guidance === "hold_still";
  return (
    <>
      <div ref={pictureRef} className={styles.picture} />
      {instruction === undefined ? <FrameOval ready={ready} /> : null}
      <div className={classNames("say", ready && styles.good)} role="status">
        <Icon of={ICONS[guidance]} size={20} />
        {guidance === "no_guidance" && instruction !== undefined ? instruction : t(`guidance.${guidance}`)}
      </div>
      {UNJUDGED.includes(guidance) ? null : (
        <ChecksStrip
          bright={guidance === "too_bright"}
          checks={[
            ["face", face],
            ["light", light],
            ["distance", distance],
            ["still", still],
          ]}
        />
      )}
    </>
  );
}
