import { diagnoseFace, screenCapture } from "#lib/captures/examine-capture.ts";
import { refusedQuality } from "#lib/captures/rules.ts";
import type { Capture } from "#lib/captures/types.ts";
import { enrolledAfter } from "#lib/ledger/rules.ts";
import type { CallFacts } from "#lib/multibiometrics/types.ts";
import { intendEnrolment } from "./intend-enrolment.ts";
import { captureRefusal, ENROLMENT_TIMEOUT_MS, judgeEnrolment } from "./rules.ts";
import { settleEnrolment } from "./settle-enrolment.ts";
import type {
  EnrolmentCall,
  EnrolmentDesk,
  EnrolmentRefusal,
  EnrolmentRequest,
  EnrolmentResult,
  Intended,
  RecaptureDesk,
} from "./types.ts";

/**
 * Enrols a person: the intent is written before the call and what came of it after, so that an answer lost on the way
 * is a known state and a second attempt puts it right. Of somebody who was erased before, the erasure ledger knows it
 * before anybody is told. Throws what PostgreSQL throws when it is away, and what the ledger's disk says; nothing is
 * lost then, send it again.
 */
export async function enrolPerson(desk: EnrolmentDesk, request: EnrolmentRequest): Promise<EnrolmentResult> {
  const { capture } = request;
  if (!capture.ok) return captureRefusal(capture.problem, capture.modality !== "fingers");
  const { customId } = request;
  const keyed = {
    loginKey: desk.loginKeyOf(customId),
    ledgerRef: desk.erasureLedger.refOf(customId),
    apiOrigin: desk.api.origin,
  };
  const written = await desk.inDatabase((db) =>
    intendEnrolment(db, { ...request, ...keyed, capture: capture.capture }, desk.clock()),
  );
  if (!written.ok) return written;
  const { erasedAt } = written.intended;
  const onSuccess = async () => {
    if (erasedAt === null) return;
    await desk.erasureLedger.appendEnrolment({ customId, at: enrolledAfter(erasedAt, desk.clock()) });
  };
  return carryOut(desk, { ...request, capture: capture.capture }, written.intended, onSuccess);
}

type Task = Omit<EnrolmentRequest, "capture" | "legalBasis"> & { capture: Capture };

/** Makes the call of an enrolment that was written down, and settles it; in between, what must be true before it is told. */
export async function carryOut(
  desk: RecaptureDesk,
  task: Task,
  intended: Intended,
  onSuccess: () => Promise<void> = async () => {},
): Promise<EnrolmentResult> {
  const { customId, capture, actor } = task;
  const call = await callApi(desk, task, intended);
  const settled = judgeEnrolment({
    call,
    intended,
    face: capture.face !== undefined,
    policy: desk.policy.values,
  });
  if (settled.state === "succeeded") await onSuccess();
  const outcome = { customId, intended, settled, capture, call: decisiveCall(call), actor };
  await desk.inDatabase((db) => settleEnrolment(db, outcome, desk.clock()));
  if (settled.refusal !== null) return settled.refusal satisfies EnrolmentRefusal;
  const feedbackCode = intended.kind === "enrol" ? "enrollment_completed" : "recapture_completed";
  return { ok: true, personId: intended.personId, feedbackCode };
}

async function callApi(desk: RecaptureDesk, task: Task, { kind }: Intended): Promise<EnrolmentCall> {
  const { capture, customId } = task;
  const startedMs = performance.now();
  const budget = { remainingMs: () => ENROLMENT_TIMEOUT_MS - (performance.now() - startedMs) };
  const screening = await screenCapture(desk.api, capture, desk.policy.values, budget);
  const { quality, liveness } = screening;
  const isRefused = quality?.ok === true && refusedQuality(quality.value, desk.policy.values) !== null;
  const isUnlive =
    liveness !== null && !(liveness.ok && liveness.value.result === "ok" && liveness.value.live);
  if (isRefused || isUnlive) return { screening, answer: null, fault: null };
  const options = { totalTimeoutMs: budget.remainingMs() };
  const answer =
    kind === "enrol"
      ? await desk.api.enroll(customId, capture, options)
      : await desk.api.update(customId, capture, options);
  const isUnusable = !answer.ok && answer.code === "capture_unusable";
  if (!isUnusable || capture.face === undefined) return { screening, answer, fault: null };
  return { screening, answer, fault: await diagnoseFace(desk.api, capture.face, screening, budget) };
}

const decisiveCall = ({ answer, screening }: EnrolmentCall): CallFacts | null =>
  (answer ?? screening.liveness ?? screening.quality)?.call ?? null;
