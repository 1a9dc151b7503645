import { eraseTestPeople } from "./erase-test-people.ts";
import { findOpenRun } from "./queries.ts";
import { settleRun } from "./settle-run.ts";
import type { RunDesk } from "./types.ts";

type Desk = Pick<RunDesk, "db" | "api" | "clock" | "quietMs" | "signal">;

/**
 * Ends a run whose maker is gone, and deletes what ended runs left at this API. To be called by whoever holds the lock of
 * runs: nobody else is making one then. Answers how many test people are left.
 */
export async function closeLostRuns(desk: Desk, origin: string): Promise<number> {
  const open = await findOpenRun(desk.db);
  if (open?.state === "running") await settleRun(desk.db, open.id, "cut_off", desk.clock());
  return eraseTestPeople(desk, origin);
}
