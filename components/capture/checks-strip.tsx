import { Check, CircleDashed, type LucideIcon, Moon, Move, ScanFace, Sun, Waves } from "lucide-react";
import { useTranslations } from "next-intl";
import { Icon } from "#components/ui/icon.tsx";

const MISSING = {
  face: ScanFace,
  light: Moon,
  distance: Move,
  still: Waves,
  sharp: CircleDashed,
} as const satisfies Record<string, LucideIcon>;

export type CheckName = keyof typeof MISSING;

type ChecksStripProps = {
  checks: readonly [CheckName, boolean][];
  /** The light is too strong rather than too weak. */
  bright?: boolean;
};

/** What is right in the frame, and what is not yet. */
export function ChecksStrip({ checks, bright = false }: ChecksStripProps) {
  const t = useTranslations("capture.checks");
  return (
    <div className="chk">
      {checks.map(([name, right]) => (
        <span key={name} className={right ? "g" : "w"}>
          <Icon of={right ? Check : name === "light" && bright ? Sun : MISSING[name]} size={14} />
          {t(name)}
        </span>
      ))}
    </div>
  );
}
