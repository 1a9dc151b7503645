import { resumeChanges } from "#lib/rollout/resume-changes.ts";
import { touchConfirmations } from "#lib/rollout/touch-confirmations.ts";
import { touchSighting } from "#lib/rollout/touch-sighting.ts";
import { createUnleashAdmin } from "#lib/unleash/admin.ts";
import type { Job } from "../run-jobs.ts";

/**
 * Looks at the flag in Unleash every five seconds, so that an edit by hand is on the screen before the gateways obey it, and
 * ends changes that were cut off.
 */
export function watchFlagJob(unleash: { url: string; adminToken: string; environment: string }): Job {
  const admin = createUnleashAdmin(unleash);
  const { environment } = unleash;
  return {
    name: "watch-flag",
    everyMs: 5_000,
    async run({ database: { db }, clock }) {
      await resumeChanges({ db, admin, environment, clock });
      await touchConfirmations(db, clock());
      await touchSighting(db, { admin, environment }, clock());
    },
  };
}
