import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

export type NoteTone = "ok" | "warn" | "bad" | "go";

type NoteProps = { tone?: NoteTone; role?: "alert" | "status"; children: ReactNode };

/** A sentence set apart by an edge; begin it with `<b>` for what matters. */
export function Note({ tone, role, children }: NoteProps) {
  return (
    <div className={classNames("note", tone)} role={role}>
      {children}
    </div>
  );
}
