"use client";

import { type ReactNode, useEffect, useRef } from "react";
import styles from "./sample.module.css";

type SampleStepHeadProps = {
  title: ReactNode;
  text?: ReactNode;
  /** Leaves the focus where it is, for the first thing on the page. */
  quiet?: boolean;
};

/** The heading of a step. It takes the focus when the step appears, so that a screen reader follows. */
export function SampleStepHead({ title, text, quiet = false }: SampleStepHeadProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!quiet) heading.current?.focus();
  }, [quiet]);
  return (
    <>
      <h1 ref={heading} tabIndex={-1} className={styles.title}>
        {title}
      </h1>
      {text === undefined ? null : <p className={`m2 ${styles.under}`}>{text}</p>}
    </>
  );
}
