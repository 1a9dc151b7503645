import type { DatabaseOrTransaction } from "#db/client.ts";
import { seenOf } from "./examine-day.ts";
import { measureDay } from "./measure-day.ts";
import { findCurrentPolicy } from "./queries.ts";
import { replayPolicy } from "./replay-policy.ts";
import { DEFAULT_POLICY_VALUES, type PolicyValues } from "./schema.ts";
import type { DayReplay } from "./types.ts";

/** What these rules would have done over the last day in place of those in force. Reads, and writes nothing. */
export async function replayDay(
  db: DatabaseOrTransaction,
  wanted: PolicyValues,
  now: Date,
): Promise<DayReplay> {
  const [policy, day] = await Promise.all([findCurrentPolicy(db), measureDay(db, now)]);
  return {
    replays: replayPolicy(day, policy?.values ?? DEFAULT_POLICY_VALUES, wanted),
    seen: seenOf(day),
  };
}
