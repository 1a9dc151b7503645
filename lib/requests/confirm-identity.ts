import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { earliestDeadline } from "#lib/deadlines/rules.ts";
import { type AdvanceResult, advanceRequest, type Mover, type Seen } from "./advance-request.ts";
import { clockOf } from "./rules.ts";
import type { IdentityMethod } from "./types.ts";

/**
 * It is known who is asking: the request goes to review, and a clock that stood still runs on with the days it missed.
 * Of how it was made sure only the method is kept. Audits `request.confirm_identity`.
 */
export function confirmIdentity(
  db: DatabaseOrTransaction,
  { method, ...seen }: Seen & { method: IdentityMethod },
  { timeZone, ...by }: Mover & { timeZone: string },
  at: Date,
): Promise<AdvanceResult> {
  return joinOrOpenTransaction(db, (tx) =>
    advanceRequest(
      tx,
      seen,
      {
        act: "confirm_identity",
        set: (request) => {
          const checked = { identityMethod: method, identityCheckedBy: by.actor.id, identityCheckedAt: at };
          const clock = clockOf({ ...request, ...checked });
          const { right, regimes } = request;
          return {
            ...checked,
            dueAt: earliestDeadline(right, regimes, clock, { now: at, timeZone }).overdueFrom,
          };
        },
        audit: (facts, { states }) => ({
          ...facts,
          action: "request.confirm_identity",
          details: { ...states, method },
        }),
      },
      by,
      at,
    ),
  );
}
