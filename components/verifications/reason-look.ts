import {
  CameraOff,
  Check,
  CloudOff,
  FileX,
  Fingerprint,
  Focus,
  Glasses,
  type LucideIcon,
  Moon,
  Move,
  ShieldAlert,
  Sun,
  UserRoundX,
  Users,
} from "lucide-react";
import type { StatusKind } from "#components/ui/status.tsx";
import type { VerificationOutcome, VerificationReason } from "#lib/logins/schema.ts";

const KINDS: Record<VerificationOutcome, StatusKind> = {
  matched: "ok",
  not_matched: "due",
  capture_refused: "due",
  spoof_suspected: "fail",
  api_error: "fail",
};

const ICONS: Partial<Record<VerificationReason, LucideIcon>> = {
  matched: Check,
  different_person: UserRoundX,
  fingers_not_matched: Fingerprint,
  several_faces: Users,
  face_too_far: Move,
  face_off_centre: Move,
  too_dark: Moon,
  too_bright: Sun,
  blurred: Focus,
  glasses: Glasses,
  spoof_suspected: ShieldAlert,
  image_invalid: FileX,
  image_too_large: FileX,
  no_capture: FileX,
};

/** How a verification is drawn wherever it stands: its rank by the outcome, its icon by the reason. */
export function lookOf(
  outcome: VerificationOutcome,
  reason: VerificationReason,
): { kind: StatusKind; icon: LucideIcon } {
  return { kind: KINDS[outcome], icon: ICONS[reason] ?? (outcome === "api_error" ? CloudOff : CameraOff) };
}
