import { and, eq, inArray, isNotNull } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { people } from "#db/schema/people.ts";
import { requestBatchRows } from "#db/schema/request-batches.ts";
import { dataRequests } from "#db/schema/requests.ts";
import { earlyAdopters } from "#db/schema/rollouts.ts";
import { shredSubject } from "#lib/audit/shred-subject.ts";
import type { Mover } from "./advance-request.ts";

/**
 * Takes away what names a person here, in the transaction that completes their erasure: their row, so that the history
 * names nobody; the keys of what the log told of them; and their CustomID wherever it served its purpose. A request or a
 * row of a list that is still open keeps it: it is about them. Audits `person.shred`.
 */
export async function forgetPerson(
  tx: DatabaseOrTransaction,
  customId: string,
  { actor, auditKey }: Mover,
  at: Date,
): Promise<void> {
  const [gone] = await tx.delete(people).where(eq(people.customId, customId)).returning({ id: people.id });
  await tx
    .update(requestBatchRows)
    .set({ customId: null })
    .where(
      and(eq(requestBatchRows.customId, customId), inArray(requestBatchRows.state, ["opened", "left_out"])),
    );
  await tx
    .update(dataRequests)
    .set({ customId: null })
    .where(and(eq(dataRequests.customId, customId), isNotNull(dataRequests.closedAt)));
  await tx.delete(earlyAdopters).where(eq(earlyAdopters.customId, customId));
  const subject = { customId, key: auditKey };
  await shredSubject(tx, { personId: gone?.id ?? null, subject }, actor, at);
}
