import type { CSSProperties, ReactNode } from "react";

export type Stage = { id: string; name: ReactNode; caption: ReactNode; state: "done" | "now" | "later" };

type StagesProps = {
  label: string;
  stages: readonly Stage[];
  /** How far the present stage has come, 0-1. */
  share?: number;
};

/** A line of stages: what is behind, where it stands, what is to come. */
export function Stages({ label, stages, share = 0.45 }: StagesProps) {
  return (
    <ol className="stages" aria-label={label}>
      {stages.map(({ id, name, caption, state }) => (
        <li
          key={id}
          className={state === "later" ? undefined : state}
          aria-current={state === "now" ? "step" : undefined}
          style={state === "now" ? ({ "--at": `${share * 100}%` } as CSSProperties) : undefined}
        >
          <b>{name}</b>
          <i>{state === "now" ? <em /> : null}</i>
          <span>{caption}</span>
        </li>
      ))}
    </ol>
  );
}
