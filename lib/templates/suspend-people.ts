import { and, asc, eq, inArray } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { people } from "#db/schema/people.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Mover } from "#lib/requests/advance-request.ts";
import type { Enrolled } from "./queries.ts";

/**
 * Suspends those of these people who are enrolled: until it is lifted their logins go the old way, and nobody enrols them.
 * Whoever is blocked already stays so for what blocked them. Answers how many. Audits `person.block` for each.
 */
export async function suspendPeople(
  tx: DatabaseOrTransaction,
  { rolloutId, found }: { rolloutId: string; found: readonly Enrolled[] },
  { actor, auditKey }: Mover,
  at: Date,
): Promise<number> {
  const ids = found.map(({ id }) => id);
  const isOurs = and(inArray(people.id, ids), eq(people.status, "enrolled"));
  // In the order in which logins are recorded, so that neither waits for the other for ever.
  const held = await tx
    .select({ id: people.id, customId: people.customId })
    .from(people)
    .where(isOurs)
    .orderBy(asc(people.id))
    .for("update");
  if (held.length === 0) return 0;
  await tx
    .update(people)
    .set({ status: "blocked", blockedFor: "roll_back", blockedBy: rolloutId, blockedAt: at })
    .where(and(inArray(people.id, ids), isOurs));
  for (const { id, customId } of held) {
    await recordAudit(tx, {
      action: "person.block",
      actor,
      at,
      entity: { type: "person", id },
      subject: { customId, key: auditKey },
      details: { cause: "roll_back", requestId: null, rolloutId },
    });
  }
  return held.length;
}
