import {
  Ban,
  Check,
  CloudOff,
  EyeOff,
  Fingerprint,
  Focus,
  Glasses,
  HardHat,
  Hourglass,
  ImageOff,
  KeyRound,
  type LucideIcon,
  Moon,
  Move,
  RotateCcw,
  ScanFace,
  Sun,
  UserRoundPlus,
  Users,
  UserX,
  VenetianMask,
} from "lucide-react";
import type { StatusKind } from "#components/ui/status.tsx";
import type { FeedbackCode } from "#lib/feedback/schema.ts";
import type { Decision } from "#lib/logins/schema.ts";

/** What an application does on an answer: one of the four decisions, or what belongs to setting up. */
export type AnswerKind = Decision | "enrolled" | "not_enrolled" | "opened";

type Answer = { kind: AnswerKind; status: StatusKind; icon: LucideIcon };

const retry = (icon: LucideIcon): Answer => ({ kind: "retry_capture", status: "due", icon });
const legacy = (icon: LucideIcon): Answer => ({ kind: "use_legacy", status: "none", icon });

/** Every feedback the gateway can give a member, with how it is drawn and what follows on it. */
export const ANSWERS: Record<FeedbackCode, Answer> = {
  welcome: { kind: "approved", status: "ok", icon: Check },
  too_dark: retry(Moon),
  too_bright: retry(Sun),
  come_closer: retry(Move),
  centre_face: retry(Move),
  several_faces: retry(Users),
  no_face: retry(ScanFace),
  blurred: retry(Focus),
  look_at_camera: retry(ScanFace),
  remove_glasses: retry(Glasses),
  uncover_head: retry(HardHat),
  uncover_face: retry(VenetianMask),
  close_mouth: retry(ScanFace),
  open_eyes: retry(EyeOff),
  capture_again: retry(RotateCcw),
  finger_again: retry(Fingerprint),
  picture_unreadable: retry(ImageOff),
  picture_damaged: retry(ImageOff),
  picture_too_large: retry(ImageOff),
  picture_missing: retry(ImageOff),
  not_matched: { kind: "retry_capture", status: "fail", icon: UserX },
  finger_not_matched: { kind: "retry_capture", status: "fail", icon: Fingerprint },
  refused: { kind: "rejected", status: "fail", icon: Ban },
  not_matched_last: { kind: "use_legacy", status: "fail", icon: UserX },
  live_person_needed: { kind: "use_legacy", status: "fail", icon: VenetianMask },
  use_password: legacy(KeyRound),
  use_password_this_time: legacy(CloudOff),
  use_password_paused: legacy(Hourglass),
  capture_now: { kind: "opened", status: "open", icon: ScanFace },
  enrollment_completed: { kind: "enrolled", status: "ok", icon: Check },
  recapture_completed: { kind: "enrolled", status: "ok", icon: Check },
  already_enrolled: { kind: "not_enrolled", status: "due", icon: UserRoundPlus },
  enroll_first: { kind: "not_enrolled", status: "due", icon: UserRoundPlus },
  enroll_later: { kind: "not_enrolled", status: "none", icon: CloudOff },
};

/** Shown before the others: one of each sort. */
export const COMMON_ANSWERS: readonly FeedbackCode[] = [
  "welcome",
  "too_dark",
  "come_closer",
  "several_faces",
  "not_matched",
  "use_password_this_time",
];

/** The text of an answer in the language of the page and in the other one. */
export type AnswerText = { code: FeedbackCode; text: string; otherText: string; otherLang: string };
