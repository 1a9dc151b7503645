import { takeChance } from "../chance.ts";
import { middleOf, shareOf, type Table } from "../finding.ts";
import { runPolicy, STAGES, type Way } from "../policy.ts";
import type { World } from "../world.ts";

const WAYS: (Way & { name: string })[] = [
  { name: "running on, alike (design)", proof: "on", weights: "even" },
  { name: "running on, as expected", proof: "on", weights: "expected" },
  { name: "anew, alike", proof: "anew", weights: "even" },
  { name: "anew, as expected (product)", proof: "anew", weights: "expected" },
];
/** The places of the stages whose margin is tried: 25 and 50 percent. */
const TRIED = [2, 3] as const;

/**
 * Four ways to prove safety: how soon a harmless flag is through, and of the rollouts that came to a stage at which the odds
 * rise to just its margin, how many were let through it. More than 5 of 100 break what the rule promises.
 */
export function proofs(runs: number, seed: number): Table {
  return {
    title:
      "Ways to prove safety: what they win, and whether they keep their promise where harm begins with a stage",
    runs,
    head: [
      "users a day, way",
      "harmless shipped",
      "after",
      ...TRIED.map((place) => `let through ${percent(place)} at odds ${STAGES[place].margin} from there`),
    ],
    rows: [500, 2000].flatMap((users) => {
      const world: World = { usersPerDay: users, baseShare: 0.03 };
      return WAYS.map((way) => {
        const endings = (oddsAt: (stage: number) => number) =>
          Array.from({ length: runs }, (_, run) => runPolicy(world, oddsAt, takeChance(seed, run), way));
        const shipped = endings(() => 1).filter(({ end }) => end === "shipped");
        return [
          `${users}, ${way.name}`,
          shareOf(shipped.length, runs),
          middleOf(
            shipped.map(({ hours }) => hours / 24),
            "d",
          ),
          ...TRIED.map((place) => {
            const came = endings((stage) => (stage >= place ? STAGES[place].margin : 1)).filter(
              ({ ends }) => ends.length >= place,
            );
            return shareOf(came.filter(({ ends }) => ends.length > place).length, came.length);
          }),
        ];
      });
    }),
  };
}

const percent = (place: (typeof TRIED)[number]): string => `${100 * STAGES[place].exposure} %`;
