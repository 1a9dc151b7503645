import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { type AdvanceResult, advanceRequest, type Mover, type Seen } from "./advance-request.ts";

export type CloseReason = "duplicate" | "not_controller" | "unverified";

/** Closes a request that is not ours to decide: asked twice, asked of the wrong company, or by nobody known. Audits `request.close`. */
export function closeRequest(
  db: DatabaseOrTransaction,
  { reason, ...seen }: Seen & { reason: CloseReason },
  by: Mover,
  at: Date,
): Promise<AdvanceResult> {
  return joinOrOpenTransaction(db, (tx) =>
    advanceRequest(
      tx,
      seen,
      {
        act: `close_${reason}`,
        audit: (facts, { states }) => ({
          ...facts,
          action: "request.close",
          details: { ...states, reason },
        }),
      },
      by,
      at,
    ),
  );
}
