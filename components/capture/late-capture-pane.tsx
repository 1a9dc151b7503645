"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense } from "react";
import styles from "./capture.module.css";
import type { CapturePaneProps } from "./capture-pane.tsx";

const Pane = lazy(() => import("./capture-pane.tsx"));

/** The capture pane, whose code is fetched when it is first shown; its place has the final height before. */
export function LateCapturePane(props: CapturePaneProps) {
  const t = useTranslations("common");
  return (
    <Suspense
      fallback={
        <div role="status" aria-label={t("loading")} className={styles.late}>
          <div className="cam sk-late" />
        </div>
      }
    >
      <Pane {...props} />
    </Suspense>
  );
}
