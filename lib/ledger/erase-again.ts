import { eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { dataRequests } from "#db/schema/requests.ts";
import type { Mover } from "#lib/requests/advance-request.ts";
import { blockPerson } from "#lib/requests/block-person.ts";
import { openRequest } from "#lib/requests/open-request.ts";
import { listOpenErasures } from "#lib/requests/queries.ts";
import { reopenRequest } from "#lib/requests/reopen-request.ts";
import { isErasurePending } from "#lib/requests/rules.ts";
import { withdrawRequest } from "#lib/requests/withdraw-request.ts";
import type { PutRight, Standing } from "./types.ts";

export type Restorer = Mover & { timeZone: string };

/** In the log and on the request, for officers who read it later. */
export const carriedOutAs = (protocol: string): string =>
  `Carried out as ${protocol} before the database was restored, as the erasure ledger shows.`;

/**
 * Blocks somebody the ledger shows as erased and a restored database brought back, and gets them erased again by the
 * decision of then: their completed request once more, or where the database knows of none, a deletion of the
 * installation. An approved request that is open already does it by itself; undecided ones are withdrawn, since they were
 * decided. Runs inside the caller's transaction. Audits each step.
 */
export async function eraseAgain(
  tx: DatabaseOrTransaction,
  standing: Standing,
  by: Restorer,
  at: Date,
): Promise<{ done: PutRight; requestId: string }> {
  const { customId, protocol } = standing;
  const open = await listOpenErasures(tx, customId);
  const pending = open.find(isErasurePending);
  if (pending) {
    await blockPerson(tx, { customId, cause: "erasure", requestId: pending.id }, by, at);
    return { done: "goes_on", requestId: pending.id };
  }
  for (const { id, version } of open) {
    await withdrawRequest(tx, { requestId: id, version, reason: carriedOutAs(protocol) }, by, at);
  }
  const again = (await reopen(tx, standing, by, at)) ?? (await openAnew(tx, standing, by, at));
  await blockPerson(tx, { customId, cause: "erasure", requestId: again.requestId }, by, at);
  return again;
}

async function reopen(tx: DatabaseOrTransaction, standing: Standing, by: Restorer, at: Date) {
  const { requestId, customId } = standing;
  const [known] = await tx
    .select({ version: dataRequests.version })
    .from(dataRequests)
    .where(eq(dataRequests.id, requestId));
  if (!known) return null;
  const reopened = await reopenRequest(tx, { requestId, customId, version: known.version }, by, at);
  return reopened.ok ? { done: "reopened" as const, requestId } : null;
}

async function openAnew(tx: DatabaseOrTransaction, { customId, protocol }: Standing, by: Restorer, at: Date) {
  const made = await openRequest(
    tx,
    { customId, right: "deletion", regimes: ["lgpd"], channel: "restore", receivedAt: at },
    { actor: by.actor, applicationId: null, deletionReason: "restored", restores: protocol },
    by,
    at,
  );
  if (!made.ok) throw new Error(`A restored person's deletion was not opened: ${made.code}.`);
  return { done: "opened" as const, requestId: made.requestId };
}
