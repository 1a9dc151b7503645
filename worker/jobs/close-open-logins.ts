import { findCurrentPolicy } from "#lib/policies/queries.ts";
import { DEFAULT_POLICY_VALUES } from "#lib/policies/schema.ts";
import { closeOpenLogins } from "#lib/recording/close-open-logins.ts";
import type { Job } from "../run-jobs.ts";

/** Gives every login that nobody finished an outcome, so that no arm of a comparison silently loses its failures. */
export const closeOpenLoginsJob: Job = {
  name: "close-open-logins",
  everyMs: 15_000,
  async run({ database, clock, log, signal }) {
    const policy = await findCurrentPolicy(database.db);
    const { openLoginMinutes } = policy?.values ?? DEFAULT_POLICY_VALUES;
    const closed = await closeOpenLogins(database.sql, { now: clock(), openLoginMinutes, signal });
    if (closed > 0) log.info({ closed }, "closed logins that nobody finished");
  },
};
