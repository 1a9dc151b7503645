import type { DatabaseOrTransaction } from "#db/client.ts";
import { seenOf } from "./examine-day.ts";
import { findCurrentPolicy } from "./queries.ts";
import { replayPolicy } from "./replay-policy.ts";
import { DEFAULT_POLICY_VALUES, type PolicyValues } from "./schema.ts";
import type { Day, DayReplay } from "./types.ts";

/** What these rules would have done over the day in place of those in force. Reads, and writes nothing. */
export async function replayDay(
  db: DatabaseOrTransaction,
  day: Day,
  wanted: PolicyValues,
): Promise<DayReplay> {
  const policy = await findCurrentPolicy(db);
  return {
    replays: replayPolicy(day, policy?.values ?? DEFAULT_POLICY_VALUES, wanted),
    seen: seenOf(day),
  };
}
