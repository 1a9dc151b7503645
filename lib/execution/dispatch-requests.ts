import type { DatabaseOrTransaction } from "#db/client.ts";
import { countSent, type DueRequest, listDueRequests } from "./queries.ts";

/** A minute's people are sent in slices of it, so that logins meet no burst. */
const SLICE_MS = 6_000;
const SLICES = 60_000 / SLICE_MS;
const MOST_AT_ONCE = 200;

type Task = {
  send: (requestId: string) => Promise<void>;
  /** How many turns wait or run already. */
  waiting: number;
  peoplePerMinute: number;
  quietMs: number;
  now: Date;
};

/**
 * Asks for a turn of every request the worker can do something for: people who are sent to the API first no faster than
 * the installation and their list allow, everything else at once. Writes nothing but into the queue, which takes a request
 * once. Answers how many turns were asked for.
 */
export async function dispatchRequests(
  db: DatabaseOrTransaction,
  { send, waiting, peoplePerMinute, quietMs, now }: Task,
): Promise<number> {
  const leftOverBefore = new Date(now.getTime() - quietMs);
  const due = await listDueRequests(db, { now, leftOverBefore, limit: MOST_AT_ONCE });
  const sent = await countSent(db, new Date(now.getTime() - SLICE_MS));
  let left = Math.ceil(peoplePerMinute / SLICES) - sent.all - waiting;
  const ofBatch = new Map(sent.byBatch);
  let asked = 0;
  for (const request of due) {
    if (request.isNew) {
      if (left <= 0 || !mayGoOn(request, ofBatch)) continue;
      left -= 1;
    }
    await send(request.id);
    asked += 1;
  }
  return asked;
}

/** Whether the list of a request lets one more person go in this slice; counts them where it does. */
function mayGoOn({ batchId, pace }: DueRequest, sent: Map<string, number>): boolean {
  if (batchId === null) return true;
  const soFar = sent.get(batchId) ?? 0;
  if (pace !== null && soFar >= Math.ceil(pace / SLICES)) return false;
  sent.set(batchId, soFar + 1);
  return true;
}
