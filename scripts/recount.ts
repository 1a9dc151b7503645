import { parseArgs } from "node:util";
import { SettingsError } from "#lib/env.ts";
import type { RollupDifference } from "#lib/recording/queries.ts";
import { recountRollups } from "#lib/recording/recount-rollups.ts";
import { CannotSeed } from "./seed/arguments.ts";
import { openInstallation } from "./seed/open-installation.ts";
import { say, tolerateClosedOutput } from "./supervisor/print.ts";

const USAGE = `npm run recount [-- --repair]
Counts the whole history again, day by day, and tells where a count of the charts is not what its raw rows say.
--repair puts right what differs. Logins may go on meanwhile. Ends with 1 where counts differed and were not put right.`;
const SHOWN_PER_DAY = 5;

tolerateClosedOutput();
try {
  const repair = readRepair(process.argv.slice(2));
  const { database } = await openInstallation();
  try {
    const differed = await recount(repair);
    if (differed > 0 && !repair) process.exitCode = 1;
  } finally {
    await database.close();
  }

  async function recount(repair: boolean): Promise<number> {
    let [days, differed] = [0, 0];
    for await (const { from, differences } of recountRollups(database.sql, { repair, now: new Date() })) {
      days += 1;
      differed += differences.length;
      if (differences.length === 0) continue;
      say(`${from.toISOString()}: ${differences.length} counts differ${repair ? ", put right" : ""}`);
      for (const difference of differences.slice(0, SHOWN_PER_DAY)) say(`  ${lineOf(difference)}`);
      if (differences.length > SHOWN_PER_DAY) say(`  and ${differences.length - SHOWN_PER_DAY} more`);
    }
    say(`${days} days recounted, ${differed} counts ${repair ? "differed and were put right" : "differ"}.`);
    if (differed > 0 && !repair) say("Put them right with: npm run recount -- --repair");
    return differed;
  }
} catch (error) {
  if (!(error instanceof CannotSeed || error instanceof SettingsError)) throw error;
  say(error.message);
  process.exitCode = 1;
}

function lineOf({ rollup, key, recounted, stored }: RollupDifference): string {
  const sumsOf = (sums: Record<string, number> | null) => (sums === null ? "nothing" : JSON.stringify(sums));
  return `${rollup} ${JSON.stringify(key)}: raw rows say ${sumsOf(recounted)}, the rollup ${sumsOf(stored)}`;
}

function readRepair(args: string[]): boolean {
  try {
    return parseArgs({ args, options: { repair: { type: "boolean" } } }).values.repair === true;
  } catch (error) {
    throw new CannotSeed(
      `${error instanceof Error ? error.message : "These arguments cannot be used."}\n\n${USAGE}`,
    );
  }
}
