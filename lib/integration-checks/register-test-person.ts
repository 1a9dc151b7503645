import { eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { integrationPeople } from "#db/schema/integration.ts";
import { people } from "#db/schema/people.ts";
import { TEST_ID_PREFIX } from "./rules.ts";

/** A CustomID that must not be enrolled by a check: somebody of the installation has it, or it is none of ours. */
export class NotATestPerson extends Error {}

/**
 * Writes down that a made-up person is about to be sent to be enrolled, before anything is sent.
 * @throws NotATestPerson for a CustomID without the prefix of checks, or of somebody who stands in `people`.
 */
export function registerTestPerson(
  db: DatabaseOrTransaction,
  { customId, runId }: { customId: string; runId: string },
  at: Date,
): Promise<void> {
  return joinOrOpenTransaction(db, async (tx) => {
    const [known] = await tx.select({ id: people.id }).from(people).where(eq(people.customId, customId));
    if (known !== undefined || !customId.startsWith(TEST_ID_PREFIX)) throw new NotATestPerson();
    const asked = { askedAt: at, answeredAt: null, triedAt: null, goneAt: null };
    await tx
      .insert(integrationPeople)
      .values({ customId, runId, ...asked })
      .onConflictDoUpdate({ target: integrationPeople.customId, set: asked });
  });
}

/** Writes down that the answer to an enrolment is here. */
export async function confirmAnswer(db: DatabaseOrTransaction, customId: string, at: Date): Promise<void> {
  await db.update(integrationPeople).set({ answeredAt: at }).where(eq(integrationPeople.customId, customId));
}
