import {
  Check,
  CircleAlert,
  CircleDashed,
  CircleQuestionMark,
  Hourglass,
  type LucideIcon,
  Minus,
  X,
} from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";

export type StatusKind = "ok" | "wait" | "due" | "fail" | "over" | "unknown" | "none" | "open";

const KINDS: Record<StatusKind, { tone: "ok" | "warn" | "bad" | "off"; icon: LucideIcon }> = {
  ok: { tone: "ok", icon: Check },
  wait: { tone: "warn", icon: Hourglass },
  due: { tone: "warn", icon: CircleAlert },
  fail: { tone: "bad", icon: X },
  over: { tone: "bad", icon: CircleAlert },
  unknown: { tone: "bad", icon: CircleQuestionMark },
  none: { tone: "off", icon: Minus },
  open: { tone: "off", icon: CircleDashed },
};

type StatusProps = {
  kind: StatusKind;
  /** The normal case in a column: coloured icon, plain word. */
  quiet?: boolean;
  icon?: LucideIcon;
  children: ReactNode;
};

/** A state as icon and word; colour comes third. */
export function Status({ kind, quiet, icon, children }: StatusProps) {
  const { tone, icon: usual } = KINDS[kind];
  return (
    <span className={classNames("st", tone, quiet && "q")}>
      <Icon of={icon ?? usual} size={14} />
      {children}
    </span>
  );
}
