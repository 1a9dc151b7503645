import { deliverEvent } from "#lib/notifications/deliver-event.ts";
import { listDueTargets } from "#lib/notifications/queries.ts";
import type { Sender } from "#lib/notifications/types.ts";
import type { Job, JobTools } from "../run-jobs.ts";

/** A turn goes on for one target no longer than this, so that what has come in for the others is soon sent. */
const TURN_MS = 5_000;

/** Sends what waits, to all targets side by side: one that is slow or down holds up no other. */
export const sendNotificationsJob = (sender: Sender): Job => ({
  name: "send-notifications",
  everyMs: 2_000,
  async run(tools) {
    const targets = await listDueTargets(tools.database.db, tools.clock());
    await Promise.all(targets.map((targetId) => sendTo(targetId, sender, tools)));
  },
});

/** One delivery after the other, until none is due, one fails, or the turn is over. */
async function sendTo(targetId: string, sender: Sender, { database, clock, log, signal }: JobTools) {
  const until = performance.now() + TURN_MS;
  while (!signal.aborted && performance.now() < until) {
    const result = await deliverEvent({ db: database.db, sender, clock }, { targetId });
    if (result === null) return;
    if (result.ok) continue;
    const { failure, status } = result;
    log.warn({ targetId, failure, status }, "a notification could not be delivered");
    return;
  }
}
