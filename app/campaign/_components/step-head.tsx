"use client";

import type { ReactNode } from "react";
import styles from "./tester.module.css";

const takeFocus = (heading: HTMLHeadingElement | null) => heading?.focus();

/** The heading of a step. Another heading takes the focus as it appears, so that a screen reader follows. */
export function StepHead({ title, text }: { title: string; text: ReactNode }) {
  return (
    <>
      <h1 key={title} ref={takeFocus} tabIndex={-1} className={`answer ${styles.head}`}>
        {title}
      </h1>
      <p className="m2">{text}</p>
    </>
  );
}
