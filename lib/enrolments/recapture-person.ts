import { carryOut } from "./enrol-person.ts";
import { intendRecapture } from "./intend-enrolment.ts";
import { captureRefusal } from "./rules.ts";
import type { EnrolmentRequest, EnrolmentResult, RecaptureDesk } from "./types.ts";

/**
 * Replaces the pictures of an enrolled person at the API, intent before and outcome after like an enrolment. What was
 * not sent stays as it is, unless the API was seen to keep nothing else. Throws what PostgreSQL throws when it is away. Audits `person.recapture` for a member,
 * refusals too.
 */
export async function recapturePerson(
  desk: RecaptureDesk,
  request: Omit<EnrolmentRequest, "legalBasis">,
): Promise<EnrolmentResult> {
  const { capture } = request;
  if (!capture.ok) return captureRefusal(capture.problem, capture.modality !== "fingers");
  const task = { ...request, capture: capture.capture, apiOrigin: desk.api.origin };
  const written = await desk.inDatabase((db) => intendRecapture(db, task, desk.clock()));
  return written.ok ? carryOut(desk, task, written.intended) : written;
}
