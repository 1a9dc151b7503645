import { type Designed, middleOf, shareOf, type Table } from "../finding.ts";
import { watchByEqualArms, watchBySequence, watchExactly, watchHourly, watchThreshold } from "../watches.ts";
import { watchRuns } from "../weeks.ts";
import type { World } from "../world.ts";

const WEEK_HOURS = 168;
const BASE = 0.03;
const INCIDENT = { fromHour: 60, times: 3 };
const worldOf = (usersPerDay: number): World => ({ usersPerDay, baseShare: BASE });
/** 1, 5 and 25 percent for a day each, then 50 for three. */
const RAMP = {
  hours: 144,
  exposureAt: (hour: number) => [0.01, 0.05, 0.25][Math.floor((hour - 1) / 24)] ?? 0.5,
};

const designed = (is: Designed["is"] | null): Designed | null => (is === null ? null : { is, runs: 400 });

/** How often a harmless flag is rolled back within a week of hourly looks. */
export function falseAlarms(runs: number, seed: number): Table {
  const cells = [
    { users: 2000, exposure: 0.01, design: [99, 8, 0, 2.8] },
    { users: 2000, exposure: 0.25, design: [100, 24, 1.3, 2.5] },
    { users: 20_000, exposure: 0.01, design: [100, 15, 0, 2.3] },
    { users: 20_000, exposure: 0.5, design: [100, 33, 2, 0.8] },
  ];
  const makers = [() => watchThreshold(BASE), watchHourly, watchBySequence, watchExactly];
  return {
    title: "False roll back of a harmless flag, base 3 %, hourly looks for a week",
    runs,
    head: ["users a day, share", "last hour", "z each hour", "sequence", "exact"],
    rows: cells.map(({ users, exposure, design }) => [
      `${users}, ${exposure * 100} %`,
      ...watchRuns(
        runs,
        seed,
        { world: worldOf(users), exposureAt: () => exposure, odds: 1, hours: WEEK_HOURS },
        makers,
      ).map((each, at) => shareOf(each.length, runs, designed(design[at] ?? null))),
    ]),
  };
}

/** How often and how soon harm is found within a week. */
export function detection(runs: number, seed: number): Table {
  const cells = [
    { users: 2000, exposure: 0.01, odds: 3, design: [0.3, null, 27.5, null, 70.3, 103] },
    { users: 2000, exposure: 0.05, odds: 2, design: [44, null, 71, 115, 85, 70] },
    { users: 20_000, exposure: 0.01, odds: 2, design: [83, 108, 97, 71, 99, 39] },
    { users: 20_000, exposure: 0.01, odds: 3, design: [100, 46, 100, 26, 100, 12] },
    { users: 20_000, exposure: 0.25, odds: 1.5, design: [100, 13, 100, 10, 100, 10] },
  ];
  const makers = [watchByEqualArms, watchBySequence, watchExactly];
  return {
    title: "Harm found within a week, base 3 %",
    runs,
    head: ["users a day, share, odds", "equal arms", "after", "sequence", "after", "exact", "after"],
    rows: cells.map(({ users, exposure, odds, design }) => [
      `${users}, ${exposure * 100} %, ${odds}`,
      ...watchRuns(
        runs,
        seed,
        { world: worldOf(users), exposureAt: () => exposure, odds, hours: WEEK_HOURS },
        makers,
      ).flatMap((each, at) => [
        shareOf(each.length, runs, designed(design[2 * at] ?? null)),
        // Half of all weeks: those in which nothing was found count as later than any.
        middleOf(
          [...each, ...Array.from({ length: runs - each.length }, () => Number.POSITIVE_INFINITY)],
          "h",
          designed(design[2 * at + 1] ?? null),
        ),
      ]),
    ]),
  };
}

/** What happens to a harmless flag while its share grows, on usual days and where everything fails three times as often from hour 60. */
export function ramps(runs: number, seed: number): Table {
  const usual = [null, [72, 81], [25, 65], null, null, null] as const;
  const incident = [null, null, 100, 100, 1.4, [0.7, 2]] as const;
  const cells = [2000, 20_000].flatMap((users) => [
    { name: `${users}, usual days`, world: worldOf(users), design: usual },
    { name: `${users}, incident`, world: { ...worldOf(users), incident: INCIDENT }, design: incident },
  ]);
  const makers = [
    () => watchThreshold(BASE),
    () => watchThreshold(BASE, { hours: 24, atLeast: 20 }),
    watchHourly,
    watchBySequence,
    watchByEqualArms,
    watchExactly,
  ];
  return {
    title:
      "False roll back of a harmless flag whose share grows from 1 to 5, 25 and 50 %, also in an incident that is not its own",
    runs,
    head: ["users a day", "last hour", "last 24 h", "z each hour", "sequence", "equal arms", "exact"],
    rows: cells.map(({ name, world, design }) => [
      name,
      ...watchRuns(runs, seed, { world, ...RAMP, odds: 1 }, makers).map((each, at) =>
        shareOf(each.length, runs, designed(design[at] ?? null)),
      ),
    ]),
  };
}
