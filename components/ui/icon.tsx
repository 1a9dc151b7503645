import type { LucideIcon } from "lucide-react";

type IconProps = {
  of: LucideIcon;
  /** 16 beside text, 14 in a status or a small button, 20 above an empty state. */
  size?: number;
  tone?: "ok" | "warn" | "bad";
};

/** A Lucide icon as the design draws it. It is decoration: the word beside it carries the meaning. */
export function Icon({ of: Glyph, size = 16, tone }: IconProps) {
  return (
    <Glyph
      className={tone ? `ic ${tone}` : "ic"}
      size={size}
      strokeWidth={size < 16 ? 2.25 : 2}
      aria-hidden="true"
    />
  );
}
