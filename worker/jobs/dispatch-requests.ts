import type { ExecutionQueue } from "#db/queue.ts";
import { dispatchRequests } from "#lib/execution/dispatch-requests.ts";
import { endApprovals } from "#lib/requests/end-approvals.ts";
import { REQUESTS_CHANNEL } from "#lib/requests/types.ts";
import type { Job } from "../run-jobs.ts";

type Settings = {
  queue: ExecutionQueue;
  peoplePerMinute: number;
  quietMs: number;
  auditKey: Uint8Array;
};

/** Hands the queue what is due, and takes back proposals that nobody decided in time. */
export const dispatchRequestsJob = ({ queue, peoplePerMinute, quietMs, auditKey }: Settings): Job => ({
  name: "dispatch-requests",
  everyMs: 2_000,
  wokenBy: REQUESTS_CHANNEL,
  async run({ database: { db }, clock }) {
    await queue.open();
    const now = clock();
    await endApprovals(db, { actor: { id: null, role: "system" }, auditKey }, now);
    const { send, size } = queue;
    await dispatchRequests(db, { send, waiting: await size(), peoplePerMinute, quietMs, now });
  },
});
