import type { DatabaseOrTransaction } from "#db/client.ts";
import { systemClock } from "#lib/clock.ts";
import { findSampleData } from "#lib/sample-data/queries.ts";
import { recordSampleCounts } from "#lib/sample-data/record-sample-counts.ts";
import { type Counts, loginsIn } from "./tally.ts";

/** Keeps the figures of the mark that every page bears: what there was before, and what this simulation adds to it. */
export async function followSampleCounts(
  db: DatabaseOrTransaction,
  enrolled: number,
): Promise<(counts: Counts) => Promise<void>> {
  const before = await findSampleData(db);
  return async (counts) => {
    if (before === null) return;
    await recordSampleCounts(db, {
      people: before.people + enrolled,
      logins: before.logins + loginsIn(counts),
      verifications: before.verifications + counts.verifications,
      historyUntil: systemClock(),
    });
  };
}
