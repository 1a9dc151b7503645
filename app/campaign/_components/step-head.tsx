"use client";

import { type ReactNode, useEffect, useRef } from "react";
import styles from "./tester.module.css";

/** The heading of a step. It takes the focus when the step appears, so that a screen reader follows. */
export function StepHead({ title, text }: { title: ReactNode; text: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, []);
  return (
    <>
      <h1 ref={heading} tabIndex={-1} className={`answer ${styles.head}`}>
        {title}
      </h1>
      <p className="m2">{text}</p>
    </>
  );
}
