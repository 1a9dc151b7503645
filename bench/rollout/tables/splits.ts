import { logSplit } from "#lib/rollout-evidence/split.ts";
import { takeChance } from "../chance.ts";
import { type Designed, middleOf, shareOf, type Table } from "../finding.ts";
import { drawHour, type World } from "../world.ts";

const WEEK_HOURS = 168;
const WORLD: World = { usersPerDay: 20_000, baseShare: 0.03 };
/** Of chi-square with one degree of freedom, a thousandth lies above. */
const CHI_SQUARE_0_001 = 10.8276;

const isFoundExactly = (treated: number, control: number, share: number): boolean =>
  logSplit(treated, control, share) >= Math.log(100);

function isFoundByChiSquare(treated: number, control: number, share: number): boolean {
  const all = treated + control;
  return all > 0 && (treated - all * share) ** 2 / (all * share * (1 - share)) > CHI_SQUARE_0_001;
}

/** Whether the split is found off within a week of hourly looks, where none or a tenth of the treated arm is lost. */
export function splits(runs: number, seed: number): Table {
  const cells = [
    { exposure: 0.01, lost: 0, design: [[0.1, 0.9], null, [1.4, 3.1]] },
    { exposure: 0.01, lost: 0.1, design: [62, null, null] },
    { exposure: 0.05, lost: 0, design: [[0.1, 0.9], null, [1.4, 3.1]] },
    { exposure: 0.05, lost: 0.1, design: [null, 29, null] },
    { exposure: 0.5, lost: 0, design: [[0.1, 0.9], null, [1.4, 3.1]] },
    { exposure: 0.5, lost: 0.1, design: [null, 7, null] },
  ] as const;
  return {
    title: "Split found off within a week of hourly looks, 20,000 users a day",
    runs,
    head: ["share, lost", "found", "after", "chi-square at 0.1 %"],
    rows: cells.map(({ exposure, lost, design }) => {
      const designed = (is: Designed["is"] | null): Designed | null =>
        is === null ? null : { is, runs: 1000 };
      const [exact = [], chi = []] = findWeeks(runs, seed, exposure, lost);
      return [
        `${exposure * 100} %, ${lost * 100} %`,
        shareOf(exact.length, runs, designed(design[0])),
        middleOf(exact, "h", designed(design[1])),
        shareOf(chi.length, runs, designed(design[2])),
      ];
    }),
  };
}

/** After how many hours each test found the split off, in weeks in which it did. */
function findWeeks(runs: number, seed: number, exposure: number, lost: number): number[][] {
  const tests = [isFoundExactly, isFoundByChiSquare];
  const found: number[][] = tests.map(() => []);
  for (let run = 0; run < runs; run++) {
    const chance = takeChance(seed, run);
    const isOpen = tests.map(() => true);
    let treated = 0;
    let control = 0;
    for (let hour = 1; hour <= WEEK_HOURS; hour++) {
      const drawn = drawHour(WORLD, hour, exposure, 1, chance);
      treated += chance.binomial(drawn.treated, 1 - lost);
      control += drawn.control;
      for (const [at, isFound] of tests.entries()) {
        if (!isOpen[at] || !isFound(treated, control, exposure)) continue;
        isOpen[at] = false;
        found[at]?.push(hour);
      }
    }
  }
  return found;
}
