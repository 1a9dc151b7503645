import { watchRequests } from "#lib/notifications/watch-requests.ts";
import type { Job } from "../run-jobs.ts";

/** Tells whoever wants to know which requests are due soon or overdue, and which lists wait for a member. */
export const watchRequestsJob = (timeZone: string): Job => ({
  name: "watch-requests",
  everyMs: 60_000,
  async run({ database: { db }, clock }) {
    await watchRequests(db, { now: clock(), timeZone });
  },
});
