import type { DatabaseOrTransaction } from "#db/client.ts";
import { sampleData } from "#db/schema/sample-data.ts";
import type { SampleFigures } from "./types.ts";

/** Notes how much sample data there is by now, and with `completedAt` that it is whole. */
export async function recordSampleCounts(
  db: DatabaseOrTransaction,
  counts: Partial<Omit<SampleFigures, "days">> & { completedAt?: Date; historyUntil?: Date },
): Promise<void> {
  await db.update(sampleData).set(counts);
}
