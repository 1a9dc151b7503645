import { eraseTestPeople } from "./erase-test-people.ts";
import { findOpenRun } from "./queries.ts";
import { isLostRun } from "./rules.ts";
import { settleRun } from "./settle-run.ts";
import type { RunDesk } from "./types.ts";

type Desk = Pick<RunDesk, "db" | "api" | "clock" | "quietMs" | "signal">;

/**
 * Ends a run whose maker is gone or never came, and deletes what ended runs left at this API. To be called by whoever holds the lock of
 * runs: nobody else is making one then. Answers how many test people are left.
 */
export async function closeLostRuns(desk: Desk, origin: string): Promise<number> {
  const now = desk.clock();
  const open = await findOpenRun(desk.db);
  if (open !== null && isLostRun(open, origin, now)) await settleRun(desk.db, open.id, "cut_off", now);
  return eraseTestPeople(desk, origin);
}
