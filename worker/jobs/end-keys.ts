import { listApplicationsWithDueKeys } from "#lib/applications/queries.ts";
import { settleKeyEnds } from "#lib/applications/settle-key-ends.ts";
import type { Job } from "../run-jobs.ts";

/** Writes down the planned ends of application keys that have come. Gateways do not wait for it. */
export const endKeysJob: Job = {
  name: "end-keys",
  everyMs: 60_000,
  async run({ database: { db }, clock }) {
    const now = clock();
    for (const applicationId of await listApplicationsWithDueKeys(db, now))
      await settleKeyEnds(db, { applicationId }, now);
  },
};
