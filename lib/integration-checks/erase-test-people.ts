import { eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { integrationPeople } from "#db/schema/integration.ts";
import { type LeftPerson, listLeftPeople } from "./queries.ts";
import type { RunDesk } from "./types.ts";

/** A person whose deletion did not come to an end is tried again after so long. */
const AGAIN_AFTER_MS = 60_000;
/** The first deletes, the second finds nobody; a third only where an enrolment arrived in between. */
const MOST_DELETES = 3;

type Desk = Pick<RunDesk, "db" | "api" | "clock" | "quietMs" | "signal">;

/**
 * Deletes the test people that ended runs against this API left there, or those of one run, until the API says "Person
 * not found". Who may still arrive by a call that was cut off is asked about again once nothing of it can. Answers how
 * many are left.
 */
export async function eraseTestPeople(desk: Desk, origin: string, runId?: string): Promise<number> {
  const triedBefore = new Date(desk.clock().getTime() - AGAIN_AFTER_MS);
  const all = await listLeftPeople(desk.db, {
    origin,
    triedBefore,
    ...(runId === undefined ? {} : { runId }),
  });
  let left = 0;
  for (const person of all) {
    if (desk.signal?.aborted || !(await eraseOne(desk, person))) left += 1;
  }
  return left;
}

async function eraseOne(desk: Desk, person: LeftPerson): Promise<boolean> {
  const { customId, askedAt, answeredAt } = person;
  const isGone = await isAbsentAfterDelete(desk, customId);
  const now = desk.clock();
  const isSettled = answeredAt !== null || now.getTime() - askedAt.getTime() >= desk.quietMs;
  const goneAt = isGone && isSettled ? now : null;
  await keepTried(desk.db, customId, { triedAt: now, goneAt });
  return goneAt !== null;
}

async function isAbsentAfterDelete({ api }: Desk, customId: string): Promise<boolean> {
  for (let deletes = 0; deletes < MOST_DELETES; deletes++) {
    const deleted = await api.delete(customId, { tries: 1 });
    if (!deleted.ok) return deleted.code === "person_not_found";
  }
  return false;
}

async function keepTried(
  db: DatabaseOrTransaction,
  customId: string,
  set: { triedAt: Date; goneAt: Date | null },
): Promise<void> {
  await db.update(integrationPeople).set(set).where(eq(integrationPeople.customId, customId));
}
