import { z } from "zod";

/** Why a member of the staff replaces what is enrolled. A closed list: the audit log holds no free text about a person. */
export const RECAPTURE_REASONS = [
  "not_recognised",
  "poor_picture",
  "changed",
  "asked_for",
  "added",
  "trial",
] as const;
export const recaptureReasonSchema = z.enum(RECAPTURE_REASONS);
export type RecaptureReason = (typeof RECAPTURE_REASONS)[number];
