import { isFinger } from "#components/people/enrolled.tsx";
import { StaffActs } from "#components/people/staff-acts.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import type { PersonPageData } from "#lib/people/loaders.ts";
import { recaptureAction, verifyNowAction } from "../actions.ts";

/** Verify now and recapture, with the actions that do them. */
export function StaffAct({ data }: { data: PersonPageData }) {
  const { id, faceEnrolled, fingersEnrolled, legalBasis, enrolledAt } = data.person;
  return (
    <ClientMessages rooms={["people", "verifications", "errors", "capture", "terms"]}>
      <StaffActs
        person={{
          id,
          faceEnrolled,
          fingersEnrolled: fingersEnrolled.filter(isFinger),
          legalBasis,
          enrolledAt,
        }}
        verifyLock={data.verifyLock}
        recaptureLock={data.recaptureLock}
        notRecognised={
          data.answer.cause === "different_person" || data.answer.cause === "fingers_not_matched"
        }
        verify={verifyNowAction}
        recapture={recaptureAction}
      />
    </ClientMessages>
  );
}
