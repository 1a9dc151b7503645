import type { RecaptureResult } from "#lib/enrolments/types.ts";
import type { ActionResult } from "#lib/errors.ts";
import type { FingerNumber } from "#lib/multibiometrics/types.ts";
import type { LegalBasis } from "#lib/people/schema.ts";
import type { CheckResult } from "#lib/verifications/types.ts";

/** What the dialogs need to know of the person. */
export type CheckedPerson = {
  id: string;
  faceEnrolled: boolean;
  fingersEnrolled: FingerNumber[];
  legalBasis: LegalBasis;
  enrolledAt: Date | null;
};

export type Checked = ActionResult<CheckResult>;
export type Recaptured = ActionResult<RecaptureResult>;
export type VerifyAction = (form: FormData) => Promise<Checked>;
export type RecaptureAction = (form: FormData) => Promise<Recaptured>;
