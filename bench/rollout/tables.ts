import { quantile } from "#bench/quantile.ts";
import { logOverLimit, logWithinLimit } from "#lib/rollout-evidence/limits.ts";
import { logSplit } from "#lib/rollout-evidence/split.ts";
import { takeChance } from "./chance.ts";
import { runPolicy } from "./policy.ts";
import { type Watch, watchBySequence, watchExactly, watchHourly, watchThreshold } from "./tests.ts";
import { drawHour, type World } from "./world.ts";

export type Table = { title: string; head: string[]; rows: string[][] };
const WEEK_HOURS = 168;

const percent = (count: number, of: number): string => `${((100 * count) / of).toFixed(1)} %`;
const middle = (values: number[], unit: string): string =>
  values.length > 0 ? `${quantile(values, 0.5)} ${unit}` : "-";

/** Of so many weeks, in how many each watch found harm, and after how many hours in the middle. */
function watchWeeks(
  runs: number,
  seed: number,
  world: World,
  exposure: number,
  odds: number,
  makers: (() => Watch)[],
) {
  const found: number[][] = makers.map(() => []);
  for (let run = 0; run < runs; run++) {
    const chance = takeChance(seed, run);
    const watches = makers.map((make) => make());
    const hours = watches.map(() => 0);
    for (let hour = 1; hour <= WEEK_HOURS; hour++) {
      const stratum = drawHour(world, hour, exposure, odds, chance);
      watches.forEach((watch, at) => {
        if (watch(stratum) && hours[at] === 0) hours[at] = hour;
      });
    }
    hours.forEach((hour, at) => {
      if (hour > 0) found[at]?.push(hour);
    });
  }
  return found;
}

const worldOf = (usersPerDay: number): World => ({ usersPerDay, baseShare: 0.03 });

/** How often a harmless flag is rolled back within a week of hourly looks. */
export function falseAlarms(runs: number, seed: number): Table {
  const cells = [
    [2000, 0.01],
    [2000, 0.25],
    [20_000, 0.01],
    [20_000, 0.5],
  ] as const;
  const makers = [() => watchThreshold(0.03), watchHourly, watchBySequence, watchExactly];
  return {
    title: "False roll back of a harmless flag, base 3 %, hourly looks for a week",
    head: ["users a day, share", "last hour", "hourly z", "sequence", "exact"],
    rows: cells.map(([users, exposure]) => [
      `${users}, ${exposure * 100} %`,
      ...watchWeeks(runs, seed, worldOf(users), exposure, 1, makers).map((each) =>
        percent(each.length, runs),
      ),
    ]),
  };
}

/** How often and how soon harm is found within a week. */
export function detection(runs: number, seed: number): Table {
  const cells = [
    [2000, 0.01, 3],
    [2000, 0.05, 2],
    [20_000, 0.01, 2],
    [20_000, 0.01, 3],
    [20_000, 0.25, 1.5],
  ] as const;
  return {
    title: "Harm found within a week, base 3 %",
    head: ["users a day, share, odds", "sequence", "its hours", "exact", "its hours"],
    rows: cells.map(([users, exposure, odds]) => [
      `${users}, ${exposure * 100} %, ${odds}`,
      ...watchWeeks(runs, seed, worldOf(users), exposure, odds, [watchBySequence, watchExactly]).flatMap(
        (each) => [percent(each.length, runs), middle(each, "h")],
      ),
    ]),
  };
}

/** A limit of 15 percent on one arm, looked at after each login, up to 3,000. */
export function limits(runs: number, seed: number): Table {
  return {
    title: "A limit of 15 %, looked at after each of 3,000 logins",
    head: ["true share", "proven kept", "after logins", "rolled back", "after logins"],
    rows: [0.08, 0.15, 0.3].map((share) => {
      const kept: number[] = [];
      const over: number[] = [];
      for (let run = 0; run < runs; run++) {
        const chance = takeChance(seed, run);
        let count = 0;
        let keptAt = 0;
        let overAt = 0;
        for (let of = 1; of <= 3000 && (keptAt === 0 || share === 0.15) && overAt === 0; of++) {
          count += chance.binomial(1, share);
          if (keptAt === 0 && logWithinLimit({ count, of }, 0.15) >= Math.log(20)) keptAt = of;
          if (logOverLimit({ count, of }, 0.15) >= Math.log(20)) overAt = of;
        }
        if (keptAt > 0) kept.push(keptAt);
        if (overAt > 0) over.push(overAt);
      }
      return [
        percent(share, 1),
        percent(kept.length, runs),
        middle(kept, ""),
        percent(over.length, runs),
        middle(over, ""),
      ];
    }),
  };
}

/** Whether the split is found off within a week, where none or a tenth of the treated arm is lost. */
export function splits(runs: number, seed: number): Table {
  return {
    title: "Split found off within a week, 20,000 users a day",
    head: ["share, lost", "found", "after"],
    rows: [0.01, 0.05, 0.5].flatMap((exposure) =>
      [0, 0.1].map((lost) => {
        const found: number[] = [];
        for (let run = 0; run < runs; run++) {
          const chance = takeChance(seed, run);
          let treated = 0;
          let control = 0;
          for (let hour = 1; hour <= WEEK_HOURS; hour++) {
            const drawn = drawHour(worldOf(20_000), hour, exposure, 1, chance);
            treated += chance.binomial(drawn.treated, 1 - lost);
            control += drawn.control;
            if (logSplit(treated, control, exposure) < Math.log(100)) continue;
            found.push(hour);
            break;
          }
        }
        return [`${exposure * 100} %, ${lost * 100} %`, percent(found.length, runs), middle(found, "h")];
      }),
    ),
  };
}

/** Whole rollouts by the rule. */
export function policies(runs: number, seed: number): Table {
  const worlds = [
    [0.03, 500],
    [0.03, 2000],
    [0.03, 20_000],
    [0.01, 20_000],
  ] as const;
  const constant = [1, 1.3, 1.5, 2, 3].map((odds) => ({ name: `${odds}`, at: () => odds }));
  const late = [
    { name: "2 from 25 %", at: (stage: number) => (stage >= 2 ? 2 : 1) },
    { name: "1.3 from 50 %", at: (stage: number) => (stage >= 3 ? 1.3 : 1) },
  ];
  const rows = worlds.flatMap(([baseShare, usersPerDay]) =>
    [...constant, ...(usersPerDay === 20_000 && baseShare === 0.03 ? late : [])].map(({ name, at }) => {
      const endings = Array.from({ length: runs }, (_, run) =>
        runPolicy({ baseShare, usersPerDay }, at, takeChance(seed, run)),
      );
      const ended = (end: string) => endings.filter((each) => each.end === end);
      const hours = (end: string) =>
        middle(
          ended(end).map((each) => each.hours),
          "h",
        );
      return [
        `${baseShare * 100} %, ${usersPerDay}, odds ${name}`,
        percent(ended("shipped").length, runs),
        hours("shipped"),
        percent(ended("rolled_back").length, runs),
        hours("rolled_back"),
        percent(ended("holding").length, runs),
        middle(
          endings.map(({ treatedBad }) => treatedBad),
          "",
        ),
      ];
    }),
  );
  return {
    title: "Whole rollouts by the rule, 60 days at most",
    head: [
      "base, users a day, odds",
      "shipped",
      "after",
      "rolled back",
      "after",
      "holding",
      "treated failures",
    ],
    rows,
  };
}
