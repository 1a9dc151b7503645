import { keepRollupZone } from "#lib/recording/keep-rollup-zone.ts";
import type { Job } from "../run-jobs.ts";

/** Has the history counted by the hours and days of the installation's zone; at the start, and after a restore. */
export const keepRollupZoneJob = (timeZone: string): Job => ({
  name: "keep-rollup-zone",
  everyMs: 3_600_000,
  async run({ database, log }) {
    if (await keepRollupZone(database.sql, timeZone))
      log.info({ timeZone }, "hours and days are counted by another zone");
  },
});
