import { takeChance } from "../chance.ts";
import { middleOf, shareOf, type Table } from "../finding.ts";
import { runJudged } from "../judged-rollout.ts";
import { runPolicy } from "../policy.ts";

/** Whole rollouts by `judgeStage` itself, each verdict judged again from what would have been stored, beside the short walk of the other tables. */
export function judged(runs: number, seed: number): Table {
  const cells = [
    { users: 2000, odds: 1 },
    { users: 2000, odds: 1.5 },
    { users: 2000, odds: 3 },
    { users: 20_000, odds: 1 },
    { users: 20_000, odds: 1.3 },
    { users: 20_000, odds: 3 },
  ];
  return {
    title:
      "Whole rollouts by judgeStage, base 3 %: every hourly verdict stored as canonical JSON and judged again",
    runs,
    head: "users a day, odds|shipped|after|rolled back|after|ends as the short walk|held by the split|verdicts|differing".split(
      "|",
    ),
    rows: cells.map(({ users, odds }) => {
      const world = { usersPerDay: users, baseShare: 0.03 };
      const pairs = Array.from({ length: runs }, (_, run) => ({
        judged: runJudged(world, () => odds, takeChance(seed, run)),
        short: runPolicy(world, () => odds, takeChance(seed, run)),
      }));
      const all = pairs.map((pair) => pair.judged);
      const hoursOf = (end: string) => all.flatMap((each) => (each.end === end ? each.hours : []));
      const alike = pairs.filter(
        ({ judged: one, short }) => one.end === short.end && one.hours === short.hours,
      );
      const sum = (of: "verdicts" | "differing") => String(all.reduce((so, each) => so + each[of], 0));
      return [
        `${users}, ${odds}`,
        shareOf(hoursOf("shipped").length, runs),
        middleOf(
          hoursOf("shipped").map((hours) => hours / 24),
          "d",
        ),
        shareOf(hoursOf("rolled_back").length, runs),
        middleOf(hoursOf("rolled_back"), "h"),
        `${alike.length} of ${runs}`,
        `${all.filter(({ invalidHours }) => invalidHours > 0).length} of ${runs}`,
        sum("verdicts"),
        sum("differing"),
      ];
    }),
  };
}
