import { eq } from "drizzle-orm";
import { integrationPeople } from "#db/schema/integration.ts";
import { eraseMadeUp, triedBefore } from "./erase-made-up.ts";
import { listLeftPeople } from "./queries.ts";
import type { RunDesk } from "./types.ts";

type Desk = Pick<RunDesk, "db" | "api" | "clock" | "quietMs" | "signal">;

/**
 * Deletes the test people that ended runs against this API left there, or those of one run, until the API says "Person
 * not found". Answers how many are left.
 */
export async function eraseTestPeople(desk: Desk, origin: string, runId?: string): Promise<number> {
  const people = await listLeftPeople(desk.db, {
    origin,
    triedBefore: triedBefore(desk.clock()),
    ...(runId === undefined ? {} : { runId }),
  });
  return eraseMadeUp(desk, people, async ({ customId, triedAt, goneAt }) => {
    await desk.db
      .update(integrationPeople)
      .set({ triedAt, goneAt })
      .where(eq(integrationPeople.customId, customId));
  });
}
