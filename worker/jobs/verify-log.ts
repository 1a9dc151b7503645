import { completeVerification } from "#lib/audit/complete-verification.ts";
import { findNightlyVerification } from "#lib/audit/queries.ts";
import { requestVerification } from "#lib/audit/request-verification.ts";
import { isNightlyDue } from "#lib/audit/rules.ts";
import { VERIFICATION_CHANNEL } from "#lib/audit/schema.ts";
import type { Job, JobTools } from "../run-jobs.ts";

type Desk = { verifierKey: string; folder: string; timeZone: string };

/** Verifies the audit log when somebody asks, and once every night of the installation's zone. */
export const verifyLogJob = ({ verifierKey, folder, timeZone }: Desk): Job => ({
  name: "verify-log",
  everyMs: 60_000,
  wokenBy: VERIFICATION_CHANNEL,
  async run({ database: { db }, clock, log, signal }: JobTools) {
    const last = await findNightlyVerification(db);
    if (isNightlyDue(last, clock(), timeZone))
      await requestVerification(db, { id: null, role: "system" }, clock());
    for (;;) {
      const done = await completeVerification({ db, verifierKey, folder, clock, signal });
      if (done === null) return;
      const { treeSize, findings } = done;
      if (findings.length === 0) log.info({ treeSize }, "verified the audit log");
      else log.error({ treeSize, findings }, "verifying the audit log found something wrong");
    }
  },
});
