import { keepLog, type LogDesk } from "#lib/audit/keep-log.ts";
import { CHECKPOINT_CHANNEL } from "#lib/audit/schema.ts";
import type { Job } from "../run-jobs.ts";

/** Seals the audit log within a second of each act, and signs its checkpoints: by time, by number, and when asked. */
export const keepLogJob = ({ signer, folder }: Pick<LogDesk, "signer" | "folder">): Job => ({
  name: "keep-log",
  everyMs: 500,
  wokenBy: CHECKPOINT_CHANNEL,
  async run({ database: { db }, clock, log }, wasWoken) {
    await keepLog({ db, signer, folder, clock, log }, wasWoken ? "demand" : null);
  },
});
