import { takeChance } from "../chance.ts";
import { type Cell, type Designed, middleOf, shareOf, type Table } from "../finding.ts";
import { DESIGN_WAY, type Ending, OUR_WAY, runPolicy, STAGES, type Way } from "../policy.ts";

type Odds = { name: string; at: (stage: number) => number; from?: number };
const constant = (odds: number): Odds => ({ name: `${odds}`, at: () => odds });
const from = (place: number, odds: number): Odds => ({
  name: `${odds} from ${100 * (STAGES[place]?.exposure ?? 0)} %`,
  at: (stage) => (stage >= place ? odds : 1),
  from: place,
});

/** What the design tells of a row; null where it tells nothing. */
type Told = Partial<
  Record<"shipped" | "rolledBack" | "holding" | "days" | "hours" | "failures" | "into", number>
>;
const NONE_SHIPPED: Told = { shipped: 0 };
const found = (hours: number, failures: number): Told => ({ shipped: 0, hours, failures });
const WORLDS: { base: number; users: number; told: [Odds, Told][] }[] = [
  {
    base: 0.03,
    users: 500,
    told: [
      [constant(1), { shipped: 48, rolledBack: 0.7, holding: 51, days: 41 }],
      [constant(1.3), { shipped: 1.7 }],
      [constant(1.5), NONE_SHIPPED],
      [constant(2), NONE_SHIPPED],
      [constant(3), found(604, 13)],
    ],
  },
  {
    base: 0.03,
    users: 2000,
    told: [
      [constant(1), { shipped: 98, rolledBack: 1, holding: 0.7, days: 17 }],
      [constant(1.3), { shipped: 1 }],
      [constant(1.5), NONE_SHIPPED],
      [constant(2), NONE_SHIPPED],
      [constant(3), found(146, 12)],
    ],
  },
  {
    base: 0.03,
    users: 20_000,
    told: [
      [constant(1), { shipped: 99, rolledBack: 0.7, holding: 0, days: 6 }],
      [constant(1.3), NONE_SHIPPED],
      [constant(1.5), NONE_SHIPPED],
      [constant(2), NONE_SHIPPED],
      [constant(3), found(15, 14)],
      [from(2, 2), { rolledBack: 100, into: 5 }],
      [from(3, 1.3), { rolledBack: 99.3, into: 34 }],
    ],
  },
  {
    base: 0.01,
    users: 20_000,
    told: [
      [constant(1), { shipped: 98, rolledBack: 2.3, holding: 0, days: 7 }],
      [constant(1.3), NONE_SHIPPED],
      [constant(1.5), NONE_SHIPPED],
      [constant(2), NONE_SHIPPED],
      [constant(3), found(41, 12)],
    ],
  },
];

/** Whole rollouts as the product judges them. */
export const policies = (runs: number, seed: number): Table => ({
  title: "Whole rollouts by the rule, safety proven anew at each stage: as the product judges",
  ...walk(runs, seed, OUR_WAY),
});

/** The same with the proof of safety running on over the stages, which is how the design's figures were made. */
export const policiesAsDesigned = (runs: number, seed: number): Table => ({
  title: "Whole rollouts with a proof of safety that runs on over the stages: as the design simulated",
  ...walk(runs, seed, DESIGN_WAY),
});

function walk(runs: number, seed: number, way: Way): Omit<Table, "title"> {
  const head =
    "base, users a day, odds|shipped|after|rolled back|after|into its stage|holding|treated failures";
  const rows = WORLDS.flatMap(({ base, users, told }) =>
    told.map(([odds, tells]) => {
      const endings = Array.from({ length: runs }, (_, run) =>
        runPolicy({ baseShare: base, usersPerDay: users }, odds.at, takeChance(seed, run), way),
      );
      return [`${base * 100} %, ${users}, ${odds.name}`, ...rowOf(endings, odds, tells)];
    }),
  );
  return { runs, head: head.split("|"), rows };
}

function rowOf(endings: readonly Ending[], { from: place }: Odds, told: Told): Cell[] {
  const ended = (end: Ending["end"]) => endings.filter((each) => each.end === end);
  const share = (end: Ending["end"], is: number | undefined) =>
    shareOf(ended(end).length, endings.length, designed(is));
  const rolledBack = ended("rolled_back");
  const into = rolledBack.flatMap(({ hours, ends }) =>
    ends.length === place ? hours - (ends.at(-1) ?? 0) : [],
  );
  const hoursOf = (each: readonly Ending[]) => each.map(({ hours }) => hours);
  return [
    share("shipped", told.shipped),
    middleOf(
      hoursOf(ended("shipped")).map((hours) => hours / 24),
      "d",
      designed(told.days),
    ),
    share("rolled_back", told.rolledBack),
    middleOf(hoursOf(rolledBack), "h", designed(told.hours)),
    place === undefined ? "" : middleOf(into, "h", designed(told.into)),
    share("holding", told.holding),
    middleOf(
      endings.map(({ treatedBad }) => treatedBad),
      "",
      designed(told.failures),
    ),
  ];
}

const designed = (is: number | undefined): Designed | null => (is === undefined ? null : { is, runs: 300 });
