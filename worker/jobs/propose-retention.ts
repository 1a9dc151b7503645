import { proposeRetention } from "#lib/request-batches/propose-retention.ts";
import { reopenRuled } from "#lib/request-batches/reopen-ruled.ts";
import type { Job } from "../run-jobs.ts";

/** Makes the day's list of people past their retention; looks every hour, so that a worker that was down is not late by a day. */
export const proposeRetentionJob = (timeZone: string): Job => ({
  name: "propose-retention",
  everyMs: 3_600_000,
  async run({ database: { db }, clock, log }) {
    await reopenRuled(db, clock());
    const name = await proposeRetention(db, timeZone, clock());
    if (name !== null) log.info({ name }, "people past their retention wait for a decision");
  },
});
