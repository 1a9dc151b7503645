import { touchSighting } from "#lib/rollout/touch-sighting.ts";
import { createUnleashAdmin } from "#lib/unleash/admin.ts";
import type { Job } from "../run-jobs.ts";

/** Looks at the flag in Unleash every five seconds, so that an edit by hand is on the screen before the gateways obey it. */
export function watchFlagJob(unleash: { url: string; adminToken: string; environment: string }): Job {
  const admin = createUnleashAdmin(unleash);
  return {
    name: "watch-flag",
    everyMs: 5_000,
    async run({ database, clock }) {
      await touchSighting(database.db, { admin, environment: unleash.environment }, clock());
    },
  };
}
