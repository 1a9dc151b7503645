import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { type AdvanceResult, advanceRequest, type Mover, type Seen } from "./advance-request.ts";

/**
 * Carries a completed erasure out once more, because a restored database brought the person back: the decision stands,
 * so it is due at once, as a new round that says where it comes from. Refuses `illegal_step` for what erases nobody or is
 * not completed. Audits `request.reopen`.
 */
export function reopenRequest(
  db: DatabaseOrTransaction,
  { customId, ...seen }: Seen & { customId: string },
  by: Mover,
  at: Date,
): Promise<AdvanceResult> {
  return joinOrOpenTransaction(db, (tx) =>
    advanceRequest(
      tx,
      seen,
      {
        act: "reopen",
        customId,
        set: ({ round }) => ({
          round: round + 1,
          failures: 0,
          nextTryAt: null,
          executeAt: at,
          reopenedAfterRestore: true,
        }),
        audit: (facts, { states }) => ({
          ...facts,
          action: "request.reopen",
          details: { ...states, reason: "restored" },
        }),
      },
      by,
      at,
    ),
  );
}
