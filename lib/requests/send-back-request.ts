import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { type AdvanceResult, advanceRequest, type Mover, type Seen } from "./advance-request.ts";

/**
 * Puts what was proposed or approved back into review: its assessment, preview and decision fall, and it is assessed
 * anew; one that came with a list goes on alone, unless the
 * whole list is assessed anew. Possible until it is executed. Audits `request.send_back`.
 */
export function sendBackRequest(
  db: DatabaseOrTransaction,
  { reason, staysInList = false, ...seen }: Seen & { reason: string; staysInList?: boolean },
  by: Mover,
  at: Date,
): Promise<AdvanceResult> {
  const fallen = {
    proposal: null,
    denialGround: null,
    assessment: null,
    preview: null,
    previewDigest: null,
    assessedBy: null,
    assessedAt: null,
    decidedBy: null,
    decidedAt: null,
    executeAt: null,
    isSingleControl: false,
    ...(staysInList ? {} : { batchId: null }),
  };
  return joinOrOpenTransaction(db, (tx) =>
    advanceRequest(
      tx,
      seen,
      {
        act: "send_back",
        set: () => fallen,
        audit: (facts, { states }) => ({
          ...facts,
          action: "request.send_back",
          details: { ...states, reason },
        }),
      },
      by,
      at,
    ),
  );
}
