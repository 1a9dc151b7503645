import type { CSSProperties, ReactNode } from "react";
import { classNames } from "./class-names.ts";

export type Stage = { id: string; name: ReactNode; caption: ReactNode; state: "done" | "now" | "later" };

type StagesProps = {
  label: string;
  stages: readonly Stage[];
  /** How far the present stage has come, 0-1; null where nobody set its end. */
  share?: number | null;
  /** Nothing of it is in force: all of it is grey. */
  isHalted?: boolean;
};

/** A line of stages: what is behind, where it stands, what is to come. */
export function Stages({ label, stages, share = 0.45, isHalted }: StagesProps) {
  return (
    <ol className={classNames("stages", isHalted && "halted")} aria-label={label}>
      {stages.map(({ id, name, caption, state }) => (
        <li
          key={id}
          className={classNames(state !== "later" && state, state === "now" && share === null && "whole")}
          aria-current={state === "now" ? "step" : undefined}
          style={
            state === "now" && share !== null ? ({ "--at": `${share * 100}%` } as CSSProperties) : undefined
          }
        >
          <b>{name}</b>
          <i>{state === "now" && share !== null ? <em /> : null}</i>
          <span>{caption}</span>
        </li>
      ))}
    </ol>
  );
}
