import { proveReceipts } from "#lib/receipts/prove-receipts.ts";
import type { Job } from "../run-jobs.ts";

/** Makes the receipts of what was completed whole within seconds: their place in the audit log, and a signed checkpoint. */
export function proveReceiptsJob(verifierKey: string): Job {
  let broken = 0;
  return {
    name: "prove-receipts",
    everyMs: 1_000,
    async run({ database: { db }, clock, log }) {
      const done = await proveReceipts(db, verifierKey, clock());
      if (done.proved > 0) log.info({ receipts: done.proved }, "receipts are whole");
      if (done.broken > broken)
        log.error({ receipts: done.broken }, "the audit log does not prove receipts: it was altered");
      broken = done.broken;
    },
  };
}
