import type { Database } from "#db/client.ts";
import { captureOf } from "#lib/captures/rules.ts";
import type { Capture, PictureBytes } from "#lib/captures/types.ts";
import type { Clock } from "#lib/clock.ts";
import { recapturePerson } from "#lib/enrolments/recapture-person.ts";
import type { RecaptureDesk } from "#lib/enrolments/types.ts";
import { findPictureLimit } from "#lib/integration-checks/queries.ts";
import type { ErasureLedger } from "#lib/ledger/types.ts";
import type { CallFacts, Multibiometrics } from "#lib/multibiometrics/types.ts";
import { findCurrentPolicy } from "#lib/policies/queries.ts";
import { DEFAULT_POLICY_VALUES } from "#lib/policies/schema.ts";
import { type AdvanceResult, advanceRequest, type Mover, type Seen, type Step } from "./advance-request.ts";
import { completeRequest } from "./complete-request.ts";
import { type IntendedAttempt, intendAttempt } from "./intend-attempt.ts";
import { noteDone, noteFailure, noteStart, noteUnknown } from "./note-step.ts";
import { findRequestLocked, type RequestRow } from "./queries.ts";
import { type AttemptOutcome, settleAttempt } from "./settle-attempt.ts";
import type { AttemptKind, RectifyOutcome } from "./types.ts";

type Desk = {
  db: Database;
  api: RecaptureDesk["api"] & Pick<Multibiometrics, "verify">;
  ledger: Pick<ErasureLedger, "refOf" | "appendErasure">;
  clock: Clock;
  timeZone: string;
};

type By = Mover & { actor: { id: string } };

export type RectifyResult =
  | { ok: true; outcome: RectifyOutcome }
  | { ok: false; code: Exclude<AdvanceResult, { ok: true }>["code"] };

/**
 * Carries an approved rectification out with what was captured now: it takes the place of what the API holds, and is then
 * compared with itself there, which proves it. Each act is written down before it is done. The pictures go to the API and
 * nowhere else; what fails waits for another capture, as nobody kept this one. Audits each step.
 */
export async function rectifyPerson(
  desk: Desk,
  { pictures, ...seen }: Seen & { pictures: PictureBytes },
  by: By,
): Promise<RectifyResult> {
  const capture = captureOf(pictures, await findPictureLimit(desk.db, desk.api.origin));
  const begun = await begin(desk, seen, by);
  if (!begun.ok) return begun;
  const { attempt } = begun;
  const replaced = await replace(desk, attempt.customId, capture, by);
  if (!replaced.done.ok) return { ok: true, outcome: await giveUp(desk, attempt, replaced, by) };
  if (!capture.ok) throw new Error("A capture that cannot be read was sent.");
  const next = await settle(
    desk,
    attempt,
    { state: "done", code: "ok", call: replaced.call },
    [noteDone()],
    by,
  );
  const outcome = await prove(desk, { request: next, customId: attempt.customId }, capture.capture, by);
  return { ok: true, outcome: { code: outcome } };
}

type Begun =
  | { ok: true; attempt: IntendedAttempt }
  | { ok: false; code: Exclude<AdvanceResult, { ok: true }>["code"] };

function begin({ db, clock }: Desk, seen: Seen, by: By): Promise<Begun> {
  return db.transaction(async (tx): Promise<Begun> => {
    const at = clock();
    const found = await findRequestLocked(tx, seen.requestId);
    // Only a rectification waits for a capture; of others the same step would begin an erasure.
    if (found !== null && found.state !== "awaiting_capture") return { ok: false, code: "illegal_step" };
    const started = await advanceRequest(tx, seen, noteStart("start"), by, at);
    if (!started.ok) return started;
    const attempt = await intend(tx, started.request, "update", by, at);
    return { ok: true, attempt };
  });
}

function intend(
  tx: Parameters<typeof intendAttempt>[0],
  request: RequestRow,
  kind: AttemptKind,
  by: By,
  at: Date,
): Promise<IntendedAttempt> {
  if (request.customId === null) throw new Error("An open request names nobody.");
  return intendAttempt(tx, { request, kind, customId: request.customId }, by, at);
}

type Replaced = { done: Awaited<ReturnType<typeof recapturePerson>>; call: CallFacts | null };

/** As a recapture, by the rules in force for enrolments. */
async function replace(
  { db, api, clock }: Desk,
  customId: string,
  capture: ReturnType<typeof captureOf>,
  by: By,
): Promise<Replaced> {
  const policy = (await findCurrentPolicy(db)) ?? { version: 0, values: DEFAULT_POLICY_VALUES };
  let call: CallFacts | null = null;
  const noting: RecaptureDesk["api"] = {
    origin: api.origin,
    enroll: api.enroll,
    checkIcao: api.checkIcao,
    checkLiveness: api.checkLiveness,
    detectFaces: api.detectFaces,
    update: async (...asked) => {
      const answer = await api.update(...asked);
      call = answer.call;
      return answer;
    },
  };
  const desk: RecaptureDesk = { inDatabase: (work) => work(db), api: noting, policy, clock };
  const actor = { source: "console", member: by.actor, reason: "asked_for", auditKey: by.auditKey } as const;
  const done = await recapturePerson(desk, { customId, capture, actor });
  return { done, call };
}

async function giveUp(
  desk: Desk,
  attempt: IntendedAttempt,
  { done, call }: Replaced,
  by: By,
): Promise<RectifyOutcome> {
  if (done.ok) throw new Error("What was replaced is not given up.");
  const isUnknown = done.code === "outcome_unknown";
  const failed = [passing(noteFailure(done.code, 1, null)), noteStart("retry")];
  await settle(
    desk,
    attempt,
    { state: isUnknown ? "unknown" : "refused", code: done.reason ?? done.code, call },
    isUnknown ? [passing(noteUnknown(null)), ...failed] : failed,
    by,
  );
  if (isUnknown) return { code: "outcome_unknown" };
  return { code: "not_replaced" };
}

/** What was sent is compared with what the API holds now. */
async function prove(
  desk: Desk,
  { request, customId }: { request: RequestRow; customId: string },
  capture: Capture,
  by: By,
): Promise<"completed" | "waits_for_recipients" | "not_matched" | "check_failed"> {
  const attempt = await desk.db.transaction((tx) => intend(tx, request, "verify", by, desk.clock()));
  const answer = await desk.api.verify(customId, capture);
  const { call } = answer;
  if (answer.ok && answer.value.match) {
    const proven = await settle(desk, attempt, { state: "done", code: "ok", call }, [], by);
    const done = await completeRequest(desk.db, proven, { ...by, ...desk }, desk.clock());
    if (!done.ok && done.code !== "waits_for_recipients") throw new Error(`A proven request: ${done.code}.`);
    return done.ok ? "completed" : "waits_for_recipients";
  }
  const code = answer.ok ? "not_matched" : answer.code;
  const failed = [passing(noteFailure(code, 1, null)), noteStart("retry")];
  await settle(desk, attempt, { state: "refused", code, call }, failed, by);
  return answer.ok ? "not_matched" : "check_failed";
}

const passing = (step: Step): Step => ({ ...step, isPassing: true });

/** Settles an act and moves its request on, in one transaction. Answers the request as it then is. */
function settle(
  { db, clock }: Desk,
  attempt: IntendedAttempt,
  outcome: AttemptOutcome,
  steps: readonly Step[],
  by: By,
): Promise<RequestRow> {
  return db.transaction(async (tx) => {
    const at = clock();
    await settleAttempt(tx, attempt, outcome, by, at);
    let request = await findRequestLocked(tx, attempt.requestId);
    for (const step of steps) {
      if (request === null) break;
      const moved = await advanceRequest(
        tx,
        { requestId: request.id, version: request.version },
        step,
        by,
        at,
      );
      if (!moved.ok) throw new Error(`A held request did not move on: ${moved.code}.`);
      request = moved.request;
    }
    if (request === null) throw new Error("A request that was being carried out is gone.");
    return request;
  });
}
