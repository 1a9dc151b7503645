"use client";

import {
  Camera,
  Check,
  CircleDashed,
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
import type { CapturedImage, Guidance, Sight } from "./types.ts";

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
  /** The picture that is on its way, shown in place of the camera. */
  taken: CapturedImage | null;
};

/** The camera's picture under an oval, the one thing to change in words, and what is right already. */
export function CameraView({ pictureRef, sight, taken }: CameraViewProps) {
  const t = useTranslations("sample.capture");
  const ready = sight.guidance === "hold_still";
  const judged = !UNJUDGED.includes(sight.guidance);
  return (
    <>
      <div ref={pictureRef} className={styles.picture} />
      {taken === null ? null : (
        // biome-ignore lint/performance/noImgElement: a picture of this moment, known to no server that could resize it
        <img className={styles.taken} src={`data:${taken.type};base64,${taken.base64}`} alt="" />
      )}
      <svg
        className={styles.oval}
        viewBox="0 0 360 450"
        preserveAspectRatio="xMidYMid slice"
        aria-hidden="true"
      >
        <mask id="capture-oval">
          <rect width="360" height="450" fill="#fff" />
          <ellipse cx="180" cy="228" rx="108" ry="142" fill="#000" />
        </mask>
        <rect width="360" height="450" fill="#0b0e12" opacity="0.6" mask="url(#capture-oval)" />
        <ellipse
          cx="180"
          cy="228"
          rx="108"
          ry="142"
          className={classNames(styles.outline, ready && styles.ready)}
        />
      </svg>
      <div className={classNames("say", (ready || taken !== null) && styles.good)} role="status">
        <Icon of={taken === null ? ICONS[sight.guidance] : Check} size={20} />
        {taken === null ? t(`guidance.${sight.guidance}`) : t("sending")}
      </div>
      {judged && taken === null ? (
        <div className="chk">
          <Tick right={sight.face}>{t("checks.face")}</Tick>
          <Tick right={sight.light}>{t("checks.light")}</Tick>
          <Tick right={sight.distance}>{t("checks.distance")}</Tick>
          <Tick right={sight.still}>{t("checks.still")}</Tick>
        </div>
      ) : null}
    </>
  );
}

function Tick({ right, children }: { right: boolean; children: string }) {
  return (
    <span className={right ? "g" : "w"}>
      <Icon of={right ? Check : CircleDashed} size={14} />
      {children}
    </span>
  );
}
