import { and, eq, isNull } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { people } from "#db/schema/people.ts";
import { dataRequests } from "#db/schema/requests.ts";
import type { Mover } from "./advance-request.ts";
import { needsBlock } from "./rules.ts";
import { unblockPerson } from "./unblock-person.ts";

/** `still_needed`: an open request wants the person blocked, and ends that itself. */
export type LiftResult = { ok: true } | { ok: false; code: "not_found" | "not_blocked" | "still_needed" };

/**
 * Lets a person log in and enrol by biometrics again whose block was asked for by a request that is carried out, or was set
 * after a roll back. A block that an open request needs stays. Audits `person.unblock` with the reason.
 */
export function liftBlock(
  db: DatabaseOrTransaction,
  { personId, reason }: { personId: string; reason: string },
  by: Mover,
  at: Date,
): Promise<LiftResult> {
  return joinOrOpenTransaction(db, async (tx) => {
    const [person] = await tx
      .select({ customId: people.customId, status: people.status, requestId: people.blockedBy })
      .from(people)
      .where(eq(people.id, personId))
      .for("update");
    if (!person) return { ok: false, code: "not_found" };
    const { customId, requestId } = person;
    if (person.status !== "blocked" || requestId === null) return { ok: false, code: "not_blocked" };
    if (await isNeeded(tx, { customId, requestId })) return { ok: false, code: "still_needed" };
    await unblockPerson(tx, { customId, blockedBy: requestId, reason }, by, at);
    return { ok: true };
  });
}

async function isNeeded(
  tx: DatabaseOrTransaction,
  { customId, requestId }: { customId: string; requestId: string },
): Promise<boolean> {
  const { id, right, state, closedAt } = dataRequests;
  const open = await tx
    .select({ id, right, state })
    .from(dataRequests)
    .where(and(eq(dataRequests.customId, customId), isNull(closedAt)));
  return open.some((request) => needsBlock(request, requestId));
}
