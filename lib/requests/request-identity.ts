import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { type AdvanceResult, advanceRequest, type Mover, type Seen } from "./advance-request.ts";

/** Asks the person to show who they are; the GDPR's clock stands still until that is answered. Audits `request.ask_identity`. */
export function requestIdentity(
  db: DatabaseOrTransaction,
  seen: Seen,
  by: Mover,
  at: Date,
): Promise<AdvanceResult> {
  return joinOrOpenTransaction(db, (tx) =>
    advanceRequest(
      tx,
      seen,
      {
        act: "ask_identity",
        set: () => ({ identityAskedAt: at }),
        audit: (facts, { states }) => ({ ...facts, action: "request.ask_identity", details: states }),
      },
      by,
      at,
    ),
  );
}
