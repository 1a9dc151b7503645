import { closeLostRuns } from "#lib/integration-checks/close-lost-runs.ts";
import { executeRun } from "#lib/integration-checks/execute-run.ts";
import { findOpenRun } from "#lib/integration-checks/queries.ts";
import { RUN_LOCK } from "#lib/integration-checks/rules.ts";
import { INTEGRATION_CHANNEL, type RunDesk } from "#lib/integration-checks/types.ts";
import { originOf } from "#lib/multibiometrics/origin.ts";
import type { Job } from "../run-jobs.ts";

/**
 * Makes runs of the integration checks that were asked for, and puts right what a run left that was cut off: its end, and
 * its test people at the API.
 */
export const runIntegrationChecksJob = (settings: Pick<RunDesk, "address" | "api" | "quietMs">): Job => ({
  name: RUN_LOCK,
  everyMs: 10_000,
  wokenBy: INTEGRATION_CHANNEL,
  async run({ database: { db }, clock, log, signal }) {
    const desk: RunDesk = { ...settings, db, clock, signal };
    const origin = originOf(settings.address.url);
    const left = await closeLostRuns(desk, origin);
    if (left > 0) log.warn({ left }, "test people of a run may still be at the API; they are tried again");
    const open = await findOpenRun(db);
    if (open?.state === "asked" && open.origin === origin) await executeRun(desk, open);
  },
});
