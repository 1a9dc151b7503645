import { and, asc, eq, inArray } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { people } from "#db/schema/people.ts";
import type { Mover } from "#lib/requests/advance-request.ts";
import { unblockPerson } from "#lib/requests/unblock-person.ts";
import type { Enrolled } from "./queries.ts";

/**
 * Lets those of these people in again whom a choice for this rollout suspended; who is blocked for a request by now stays
 * so. Answers how many. Audits `person.unblock` for each.
 */
export async function liftSuspension(
  tx: DatabaseOrTransaction,
  { rolloutId, found, reason }: { rolloutId: string; found: readonly Enrolled[]; reason: string },
  by: Mover,
  at: Date,
): Promise<number> {
  const ids = found.map(({ id }) => id);
  // In the order in which logins are recorded, so that neither waits for the other for ever.
  const held = await tx
    .select({ customId: people.customId })
    .from(people)
    .where(and(inArray(people.id, ids), eq(people.blockedFor, "roll_back"), eq(people.blockedBy, rolloutId)))
    .orderBy(asc(people.id))
    .for("update");
  for (const { customId } of held) {
    await unblockPerson(tx, { customId, blockedBy: rolloutId, reason }, by, at);
  }
  return held.length;
}
