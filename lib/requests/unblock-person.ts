import { and, eq, isNull, ne, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { people } from "#db/schema/people.ts";
import { dataRequests } from "#db/schema/requests.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Blocker } from "#lib/audit/types.ts";
import type { Mover } from "./advance-request.ts";
import { blockPerson } from "./block-person.ts";
import { blockFor } from "./rules.ts";
import type { BlockCause } from "./types.ts";

/** What a person is once no block stands: enrolled where the API holds something of them. */
export const unblockedStatus = sql<
  "enrolled" | "pending"
>`case when ${people.faceEnrolled} or cardinality(${people.fingersEnrolled}) > 0 then 'enrolled' else 'pending' end`;

/**
 * Takes away the block that this request, or this rolled-back rollout, has set, and no other; where another open request wants one, the person stays
 * blocked for that. Audits `person.unblock`.
 */
export async function unblockPerson(
  tx: DatabaseOrTransaction,
  { customId, blockedBy, reason = null }: { customId: string; blockedBy: string; reason?: string | null },
  by: Mover,
  at: Date,
): Promise<void> {
  const [person] = await tx
    .select({ id: people.id, cause: people.blockedFor })
    .from(people)
    .where(and(eq(people.customId, customId), eq(people.blockedBy, blockedBy)))
    .for("update");
  if (!person) return;
  await tx
    .update(people)
    .set({ status: unblockedStatus, blockedFor: null, blockedBy: null, blockedAt: null })
    .where(eq(people.id, person.id));
  await recordAudit(tx, {
    action: "person.unblock",
    actor: by.actor,
    at,
    entity: { type: "person", id: person.id },
    subject: { customId, key: by.auditKey },
    details: { cause: person.cause, ...blockerOf(person.cause, blockedBy), reason },
  });
  for (const other of await listOpenRequests(tx, customId, blockedBy)) {
    const cause = blockFor(other.right, other.state);
    if (cause !== null) await blockPerson(tx, { customId, cause, requestId: other.id }, by, at);
  }
}

const blockerOf = (cause: BlockCause | null, id: string): Blocker =>
  cause === "roll_back" ? { requestId: null, rolloutId: id } : { requestId: id };

const listOpenRequests = (tx: DatabaseOrTransaction, customId: string, exceptId: string) =>
  tx
    .select({ id: dataRequests.id, right: dataRequests.right, state: dataRequests.state })
    .from(dataRequests)
    .where(
      and(eq(dataRequests.customId, customId), isNull(dataRequests.closedAt), ne(dataRequests.id, exceptId)),
    );
