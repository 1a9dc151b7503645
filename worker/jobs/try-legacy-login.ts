import { findProbe, listTrials } from "#lib/legacy-probe/queries.ts";
import { nextTrialAt } from "#lib/legacy-probe/rules.ts";
import { tryLegacyLogin } from "#lib/legacy-probe/try-legacy-login.ts";
import type { Job } from "../run-jobs.ts";

/** Tries the legacy login at the pace the company chose, one trial at a time, so that a way nobody uses does not rot unseen. */
export const tryLegacyLoginJob = (secretKey: Uint8Array): Job => ({
  name: "try-legacy-login",
  everyMs: 5_000,
  async run({ database: { db }, clock, log }) {
    const probe = await findProbe(db);
    const [last = null] = probe === null ? [] : await listTrials(db, 1);
    if (probe === null || nextTrialAt(probe, last) > clock()) return;
    const trial = await tryLegacyLogin({ db, secretKey, clock });
    if (trial === null || trial.trouble === null) return;
    const { trouble, status } = trial;
    log.warn({ trouble, status }, "a trial of the legacy login did not work");
  },
});
