import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { type AdvanceResult, advanceRequest, type Mover, type Seen } from "./advance-request.ts";

/** The person takes the request back; possible until it is executed. Audits `request.withdraw`. */
export function withdrawRequest(
  db: DatabaseOrTransaction,
  { reason, ...seen }: Seen & { reason: string },
  by: Mover,
  at: Date,
): Promise<AdvanceResult> {
  return joinOrOpenTransaction(db, (tx) =>
    advanceRequest(
      tx,
      seen,
      {
        act: "withdraw",
        audit: (facts, { states }) => ({
          ...facts,
          action: "request.withdraw",
          details: { ...states, reason },
        }),
      },
      by,
      at,
    ),
  );
}
