import { randomBytes } from "node:crypto";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { verificationCells, verificationRollups } from "#db/schema/rollups.ts";
import { newId } from "#lib/ids.ts";
import { TIERS } from "../tiers.ts";

/** Counts verifications of one minute without there being any, by a cell of their own. */
export async function countCalls(
  tx: DatabaseOrTransaction,
  startsAt: Date,
  count: number,
  cell: Partial<typeof verificationCells.$inferInsert> = {},
): Promise<void> {
  const id = randomBytes(8).readBigInt64BE();
  await tx.insert(verificationCells).values({
    ...{ id, source: "gateway", actorId: newId(), channel: "web", deviceClass: "other", modality: "face" },
    ...{ exposurePercent: 100, outcome: "matched", reason: "matched", apiStatus: 200, ...cell },
  });
  await tx.insert(verificationRollups).values({ tier: TIERS.minute, startsAt, cell: id, count });
}
