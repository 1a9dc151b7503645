import { advanceRequest, type Mover } from "#lib/requests/advance-request.ts";
import { intendAttempt } from "#lib/requests/intend-attempt.ts";
import { noteDone, noteFailure, noteStart } from "#lib/requests/note-step.ts";
import type { RequestRow } from "#lib/requests/queries.ts";
import { settleAttempt } from "#lib/requests/settle-attempt.ts";
import type { AttemptKind } from "#lib/requests/types.ts";
import { listAttempts } from "./queries.ts";
import { isRecognised } from "./rules.ts";
import { CUT_OFF } from "./settle-cut-off.ts";
import type { ExecutionDesk, TurnEnd } from "./types.ts";

type LocalDesk = Pick<ExecutionDesk, "db" | "clock" | "quietMs">;
type Named = RequestRow & { customId: string };
type Look = { next: "end"; end: TurnEnd } | { next: "complete"; request: Named };

const KINDS: Partial<Record<RequestRow["right"], AttemptKind>> = { block: "block", access: "compose" };

const stop: Look = { next: "end", end: "nothing_to_do" };

/**
 * What takes no call of the worker. A block holds from here on, and the statement of what is held can be taken out from
 * here on: its officer completes that by handing it over. A rectification that was cut off cannot go on without its
 * sample, which nobody kept: it fails, for another capture. Runs inside the caller's transaction.
 */
export async function settleLocalStep(desk: LocalDesk, request: Named, by: Mover): Promise<Look> {
  if (request.right === "rectification") return endRectification(desk, request, by);
  if (request.state === "verifying") return request.right === "block" ? { next: "complete", request } : stop;
  const at = desk.clock();
  const isDue = request.executeAt !== null && request.executeAt <= at;
  const isLeft = request.state === "executing" || (request.state === "failed" && request.nextTryAt !== null);
  if (!(request.state === "scheduled" && isDue) && !isLeft) return stop;
  return doLocally(desk, request, by);
}

async function doLocally(desk: LocalDesk, request: Named, by: Mover): Promise<Look> {
  const at = desk.clock();
  const kind = KINDS[request.right];
  if (kind === undefined) throw new Error(`Nothing carries out a request for ${request.right}.`);
  const { customId } = request;
  const begun =
    request.state === "executing"
      ? request
      : await move(desk, request, by, request.state === "failed" ? "retry" : "start");
  const attempt = await intendAttempt(desk.db, { request: begun, kind, customId }, by, at);
  await settleAttempt(desk.db, attempt, { state: "done", code: "ok", call: null }, by, at);
  const done = await move(desk, begun, by, "note_done");
  return request.right === "block"
    ? { next: "complete", request: { ...done, customId } }
    : { next: "end", end: "went_on" };
}

/**
 * The console carries a rectification out while the sample is in its hands: what comes here is proven and had waited for
 * its recipients, goes on in the console at this moment, or was left behind by a crash.
 */
async function endRectification(desk: LocalDesk, request: Named, by: Mover): Promise<Look> {
  if (request.state !== "executing" && request.state !== "verifying") return stop;
  const attempts = await listAttempts(desk.db, request);
  const lastAt = attempts.at(-1)?.settledAt ?? null;
  const isLeft = lastAt === null || desk.clock().getTime() - lastAt.getTime() >= desk.quietMs;
  if (request.state === "verifying" && isRecognised(attempts)) return { next: "complete", request };
  if (!isLeft && attempts.at(-1)?.code !== CUT_OFF) return stop;
  const seen = { requestId: request.id, version: request.version };
  await advanceRequest(
    desk.db,
    seen,
    noteFailure("sample_gone", request.failures + 1, null),
    by,
    desk.clock(),
  );
  return { next: "end", end: "went_on" };
}

async function move(
  desk: LocalDesk,
  request: Named,
  by: Mover,
  act: "start" | "retry" | "note_done",
): Promise<Named> {
  const seen = { requestId: request.id, version: request.version };
  const step = act === "note_done" ? noteDone() : noteStart(act);
  const moved = await advanceRequest(desk.db, seen, step, by, desk.clock());
  if (!moved.ok) throw new Error(`A held request did not move on: ${moved.code}.`);
  return { ...moved.request, customId: request.customId };
}
