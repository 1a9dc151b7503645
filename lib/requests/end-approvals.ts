import { and, eq, isNull, lte } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { dataRequests } from "#db/schema/requests.ts";
import type { Mover } from "./advance-request.ts";
import { APPROVAL_HOURS } from "./rules.ts";
import { sendBackRequest } from "./send-back-request.ts";

const HOUR_MS = 3_600_000;

/**
 * Puts back into review what nobody decided in time: what was seen then may not be what is there now. Those of a list wait
 * for the decision on the list. Audits `request.send_back` for each; answers how many.
 */
export async function endApprovals(db: DatabaseOrTransaction, by: Mover, at: Date): Promise<number> {
  const before = new Date(at.getTime() - APPROVAL_HOURS * HOUR_MS);
  const late = await db
    .select({ requestId: dataRequests.id, version: dataRequests.version })
    .from(dataRequests)
    .where(
      and(
        eq(dataRequests.state, "awaiting_approval"),
        lte(dataRequests.assessedAt, before),
        isNull(dataRequests.batchId),
      ),
    );
  for (const seen of late) await sendBackRequest(db, { ...seen, reason: "approval_expired" }, by, at);
  return late.length;
}
