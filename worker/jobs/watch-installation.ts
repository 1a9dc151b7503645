import { watchInstallation } from "#lib/notifications/watch-installation.ts";
import type { Job } from "../run-jobs.ts";

/** After a start of everything together the gateways first need a moment to report themselves. */
const SETTLED_AFTER_SECONDS = 90;

/** Tells whoever wants to know what changes by itself: the API in trouble, a silent gateway, refused sign-ins. */
export const watchInstallationJob: Job = {
  name: "watch-installation",
  everyMs: 15_000,
  async run({ database, clock }) {
    if (process.uptime() < SETTLED_AFTER_SECONDS) return;
    await watchInstallation(database.db, clock());
  },
};
