import { takeChance } from "../chance.ts";
import { middleOf, shareOf, type Table } from "../finding.ts";
import { type PlannedEnding, runPlanned } from "../planned-rollout.ts";

/** Rollouts by the plan that is offered first, with every gate, by the product's own composition of what the rule is told. */
export function planned(runs: number, seed: number): Table {
  const cells = [1, 1.5, 3].map((odds) => ({ users: 20_000, odds }));
  return {
    title:
      "The plan that is offered first, all gates, base 3 %: not completed, lockouts (0.5 %) and slow logins (2 %) compared, three limits kept",
    runs,
    head: "users a day, odds|shipped|after|rolled back|after|held after the least time|verdicts|differing".split(
      "|",
    ),
    rows: cells.map(({ users, odds }) => {
      const world = { usersPerDay: users, baseShare: 0.03 };
      const all = Array.from({ length: runs }, (_, run) => runPlanned(world, odds, takeChance(seed, run)));
      const hoursOf = (end: string) => all.flatMap((each) => (each.end === end ? each.hours : []));
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
        reasonsOf(all),
        sum("verdicts"),
        sum("differing"),
      ];
    }),
  };
}

/** For how many hours on average each reason held. */
function reasonsOf(endings: readonly PlannedEnding[]): string {
  const hours = new Map<string, number>();
  for (const { heldBy } of endings)
    for (const [reason, held] of heldBy) hours.set(reason, (hours.get(reason) ?? 0) + held / endings.length);
  return [...hours].map(([reason, held]) => `${reason} ${held.toFixed(1)} h`).join(", ") || "-";
}
