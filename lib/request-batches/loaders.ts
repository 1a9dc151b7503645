import "server-only";
import { listMemberNames } from "#lib/audit-log/queries.ts";
import { grantOf } from "#lib/auth/policy.ts";
import { requireCaller, requireViewer } from "#lib/auth/viewer.ts";
import { consoleDatabase, consoleSettings } from "#lib/console/runtime.ts";
import { dueOf } from "#lib/deadlines/rules.ts";
import { isId } from "#lib/ids.ts";
import type { BatchTrouble } from "#lib/requests/types.ts";
import { countRequests, countRows, findBatch, listLeftOut, listResults } from "./queries.ts";
import { approvableUntil, isBatchOpen, progressOf, refusalToApprove } from "./rules.ts";
import type { BatchFigures } from "./types.ts";

const ROWS_SHOWN = 20;
const LATEST_SHOWN = 8;
const RESULTS_SHOWN = 50;

export type BatchPlace = {
  trouble: BatchTrouble | null;
  afterLine: number;
  /** All requests instead of the latest, from one on. */
  allResults: boolean;
  afterResult: string | null;
};

/** What the page for handing in a list begins with: the present day of the installation's zone. */
export async function loadNewBatch() {
  await requireViewer("request.open");
  const { timeZone } = consoleSettings();
  const today = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(new Date());
  return { today };
}

async function readFigures(batchId: string): Promise<BatchFigures | null> {
  const db = consoleDatabase();
  const batch = await findBatch(db, batchId);
  if (batch === null) return null;
  const rows = await countRows(db, batchId);
  const progress = progressOf(await countRequests(db, batchId));
  return { state: batch.state, version: batch.version, rows, progress, at: Date.now() };
}

/** How far a list is, for its page, which asks by itself; null where there is no such list. */
export async function loadBatchFigures(batchId: string): Promise<BatchFigures | null> {
  await requireCaller("request.read", { isUse: false });
  return isId(batchId) ? readFigures(batchId) : null;
}

/** A list with what was left out of it and how its people are; null where there is none. */
export async function loadBatch(batchId: string, place: BatchPlace) {
  const viewer = await requireViewer("request.read");
  if (!isId(batchId)) return null;
  const db = consoleDatabase();
  const now = new Date();
  const { timeZone, requests } = consoleSettings();
  const [batch, figures] = [await findBatch(db, batchId), await readFigures(batchId)];
  if (batch === null || figures === null) return null;
  const { trouble, afterLine, allResults, afterResult } = place;
  const leftOut = await listLeftOut(db, { batchId, trouble, afterLine, limit: ROWS_SHOWN + 1 });
  const shown = allResults ? RESULTS_SHOWN : LATEST_SHOWN;
  const results = await listResults(db, {
    batchId,
    limit: shown + 1,
    ...(allResults ? { kind: "all", after: afterResult } : { kind: "latest" }),
  });
  const { right, regimes, receivedAt, closedAt } = batch;
  const clock = { receivedAt, extendedAt: null, identityQuestions: [] };
  const seen = {
    memberId: viewer.memberId,
    previewDigest: batch.previewDigest ?? "",
    isSingleControl: requests.isSingleControl,
  };
  return {
    batch,
    figures,
    now,
    place,
    due: dueOf(right, regimes, clock, { closedAt, now, timeZone }),
    leftOut: leftOut.slice(0, ROWS_SHOWN),
    nextLine: leftOut.length > ROWS_SHOWN ? (leftOut[ROWS_SHOWN - 1]?.line ?? null) : null,
    results: results.slice(0, shown),
    nextResult: results.length > shown ? (results[shown - 1]?.requestId ?? null) : null,
    names: await listMemberNames(db),
    viewerId: viewer.memberId,
    delayHours: requests.delayHours,
    peoplePerMinute: Math.min(
      batch.peoplePerMinute ?? requests.erasuresPerMinute,
      requests.erasuresPerMinute,
    ),
    mostPerMinute: requests.erasuresPerMinute,
    mayAssess: grantOf(viewer.role, "request.assess") !== null,
    isOpen: isBatchOpen(batch.state),
    isExpired: batch.assessedAt !== null && now >= approvableUntil(batch.assessedAt),
    /** Why the viewer cannot approve it now. */
    approvalLock: refusalToApprove(batch, seen, now),
  };
}

export type BatchData = NonNullable<Awaited<ReturnType<typeof loadBatch>>>;
