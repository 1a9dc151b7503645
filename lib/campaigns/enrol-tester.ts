import { readCapture } from "#lib/captures/rules.ts";
import { findPictureLimit } from "#lib/integration-checks/queries.ts";
import { examineTester } from "./examine-tester.ts";
import { intendEnrolment } from "./intend-enrolment.ts";
import { biometricsOf, CALL_TIMEOUT_MS, isEnrolledBy } from "./rules.ts";
import type { TesterEnrolmentInput } from "./schema.ts";
import { settleEnrolment } from "./settle-enrolment.ts";
import type { EnrolmentEnd, TesterDesk, TesterStep } from "./types.ts";

/**
 * Enrols a tester under a made-up CustomID of their own for this modality: written down before, settled after, one
 * request, and asked for again under the same CustomID where it did not come to an end. Throws what PostgreSQL throws.
 */
export async function enrolTester(
  { db, api, clock }: TesterDesk,
  { token, modality, picture }: TesterEnrolmentInput,
): Promise<TesterStep<EnrolmentEnd>> {
  const asks = { token, origin: api.origin };
  const read = readCapture(biometricsOf(modality, picture), await findPictureLimit(db, api.origin));
  if (!read.ok) return { ok: false, code: read.problem };
  const intended = await intendEnrolment(db, { ...asks, modality }, clock());
  if (!intended.ok) return intended;
  let end: EnrolmentEnd = { isEnrolled: true };
  if (intended.enrol !== null) {
    const { customId } = intended.enrol;
    const answer = await api.enroll(customId, read.capture, { tries: 1, totalTimeoutMs: CALL_TIMEOUT_MS });
    await settleEnrolment(db, intended.enrol, answer, clock());
    if (!answer.ok && !isEnrolledBy(answer)) end = { isEnrolled: false, code: answer.code };
  }
  const now = await examineTester(db, asks, clock());
  return now.ok ? { ok: true, end, view: now.view } : now;
}
