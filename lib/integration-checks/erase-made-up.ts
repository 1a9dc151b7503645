import type { Clock } from "#lib/clock.ts";
import type { Multibiometrics } from "#lib/multibiometrics/types.ts";

/** Somebody made up whose deletion did not come to an end is tried again after so long. */
const AGAIN_AFTER_MS = 60_000;
/** The first deletes, the second finds nobody; a third only where an enrolment arrived in between. */
const MOST_DELETES = 3;

/** What deleting made-up people at the API needs of its process. */
export type ErasureDesk = {
  api: Pick<Multibiometrics, "delete">;
  clock: Clock;
  signal?: AbortSignal;
  /** So long after a call nothing of it can still arrive. */
  quietMs: number;
};

/** Somebody made up who was sent to be enrolled; without `answeredAt` they may still be on their way. */
export type LeftPerson = { customId: string; askedAt: Date; answeredAt: Date | null };

/** Who was tried since that moment waits for the next time. */
export const triedBefore = (now: Date): Date => new Date(now.getTime() - AGAIN_AFTER_MS);

/** What came of one try to delete somebody. It is of the call that was known then: who was asked for since may be back. */
export type ErasureTried = Pick<LeftPerson, "customId" | "askedAt"> & { triedAt: Date; goneAt: Date | null };

/**
 * Deletes made-up people until the API says "Person not found". Who may still arrive by a call that was cut off is gone
 * only once nothing of it can. Each end is handed to `keep` before the next is begun. Answers how many are left.
 */
export async function eraseMadeUp(
  desk: ErasureDesk,
  people: readonly LeftPerson[],
  keep: (tried: ErasureTried) => Promise<void>,
): Promise<number> {
  let left = 0;
  for (const { customId, askedAt, answeredAt } of people) {
    if (desk.signal?.aborted) {
      left += 1;
      continue;
    }
    // Before it is asked: what can still arrive then may do so after the answer.
    const isSettled = answeredAt !== null || desk.clock().getTime() - askedAt.getTime() >= desk.quietMs;
    const isGone = await isAbsentAfterDelete(desk, customId);
    const now = desk.clock();
    const goneAt = isGone && isSettled ? now : null;
    await keep({ customId, askedAt, triedAt: now, goneAt });
    if (goneAt === null) left += 1;
  }
  return left;
}

async function isAbsentAfterDelete({ api }: ErasureDesk, customId: string): Promise<boolean> {
  for (let deletes = 0; deletes < MOST_DELETES; deletes++) {
    const deleted = await api.delete(customId, { tries: 1 });
    if (!deleted.ok) return deleted.code === "person_not_found";
  }
  return false;
}
