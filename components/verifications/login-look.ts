import { Check, CircleDashed, CornerDownLeft, type LucideIcon, X } from "lucide-react";
import type { StatusKind } from "#components/ui/status.tsx";
import type { LoginOutcome } from "#lib/logins/schema.ts";

type Look = { kind: StatusKind; icon: LucideIcon; quiet: boolean };

const WELL: Look = { kind: "ok", icon: Check, quiet: true };
const BADLY: Look = { kind: "fail", icon: X, quiet: false };

/** How the end of a login is drawn wherever it stands. */
export const LOGIN_LOOKS: Record<LoginOutcome, Look> = {
  completed_biometric: WELL,
  completed_legacy: WELL,
  fell_back: { kind: "due", icon: CornerDownLeft, quiet: false },
  fell_back_failed: BADLY,
  legacy_failed: BADLY,
  rejected: BADLY,
  abandoned: BADLY,
  legacy_unreported: { kind: "open", icon: CircleDashed, quiet: false },
};
