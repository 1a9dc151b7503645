import { checkRows } from "#lib/request-batches/check-rows.ts";
import { closeBatch } from "#lib/request-batches/close-batch.ts";
import { openRequests } from "#lib/request-batches/open-requests.ts";
import { proposeBatch } from "#lib/request-batches/propose-batch.ts";
import { type BatchRow, hasOpenRequest, listWorkedBatches } from "#lib/request-batches/queries.ts";
import { settleRequests } from "#lib/request-batches/settle-requests.ts";
import type { BatchDesk } from "#lib/request-batches/types.ts";
import { withdrawRequests } from "#lib/request-batches/withdraw-requests.ts";
import { REQUESTS_CHANNEL } from "#lib/requests/types.ts";
import type { Job } from "../run-jobs.ts";

type ListSettings = Pick<BatchDesk, "auditKey" | "timeZone" | "delayHours">;

/**
 * Goes on with lists of requests: checks their rows, opens and settles their requests, withdraws them, ends the lists.
 * One small step of each list after the other, so that a long list holds up no short one.
 */
export const workListsJob = (settings: ListSettings): Job => ({
  name: "work-lists",
  everyMs: 5_000,
  wokenBy: REQUESTS_CHANNEL,
  async run({ database: { db }, clock, signal }) {
    const desk = { ...settings, db, clock, signal };
    for (let hasMore = true; hasMore && !signal.aborted; ) hasMore = await workLists(desk);
  },
});

/** One step of each list; says whether one of them has more to do at once. */
export async function workLists(desk: BatchDesk): Promise<boolean> {
  let hasMore = false;
  for (const batch of await listWorkedBatches(desk.db)) {
    if (desk.signal.aborted) return false;
    hasMore = (await workList(desk, batch)) || hasMore;
  }
  return hasMore;
}

async function workList(desk: BatchDesk, batch: BatchRow): Promise<boolean> {
  switch (batch.state) {
    case "checking":
      return checkRows(desk.db, batch.id);
    case "opening":
      if (await openRequests(desk, batch)) return true;
      if (!desk.signal.aborted) await proposeBatch(desk.db, batch.id, desk.clock());
      return false;
    case "approving":
      // One that was settled to the last runs, and may have nothing to wait for.
      return settleRequests(desk, batch);
    case "running":
      if (!(await hasOpenRequest(desk.db, batch.id))) await closeBatch(desk.db, batch, desk.clock());
      return false;
    default:
      return withdrawRequests(desk, batch);
  }
}
