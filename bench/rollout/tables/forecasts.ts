import { forecastOdds } from "#lib/rollout-evidence/forecast.ts";
import { addStrata, logSafety, startOdds } from "#lib/rollout-evidence/odds.ts";
import { takeChance } from "../chance.ts";
import { middleOf, type Table } from "../finding.ts";
import { STAGES } from "../policy.ts";
import { drawHour } from "../world.ts";

const WORLD = { usersPerDay: 2000, baseShare: 0.03 };
const ASKED_AT_HOURS = [24, 48] as const;
const MOST_HOURS = 60 * 24;
const PROOF = Math.log(20);

/** What the forecast of a harmless stage says after a day or two, beside the hours that the proof then took. */
export function forecasts(runs: number, seed: number): Table {
  return {
    title:
      "Forecasts of a harmless stage, base 3 %, 2,000 users a day: what was forecast and what it took, where nothing was proven yet",
    runs,
    head: ["share, margin", ...ASKED_AT_HOURS.flatMap((hours) => [`after ${hours} h: forecast`, "it took"])],
    rows: STAGES.map(({ exposure, margin }) => {
      const stages = Array.from({ length: runs }, (_, run) => liveStage(seed, run, exposure, margin));
      return [
        `${exposure * 100} %, ${margin}`,
        ...ASKED_AT_HOURS.flatMap((asked) => {
          const open = stages.filter(({ provenAt }) => provenAt > asked);
          return [
            middleOf(
              open.map(({ told }) => told.get(asked) ?? Number.POSITIVE_INFINITY),
              "h",
            ),
            middleOf(
              open.map(({ provenAt }) => provenAt - asked),
              "h",
            ),
          ];
        }),
      ];
    }),
  };
}

/** When the stage was proven, infinity for not within sixty days, and what was forecast at the hours that are asked about. */
function liveStage(seed: number, run: number, exposure: number, margin: number) {
  const chance = takeChance(seed, run);
  const told = new Map<number, number | null>();
  let evidence = startOdds({ margin, interval: true });
  for (let hour = 1; hour <= MOST_HOURS; hour++) {
    evidence = addStrata(evidence, [drawHour(WORLD, hour, exposure, 1, chance)]);
    const proof = logSafety(evidence) ?? 0;
    if (proof >= PROOF) return { provenAt: hour, told };
    if (hour <= Math.max(...ASKED_AT_HOURS))
      told.set(hour, forecastOdds(evidence, proof, { elapsedHours: hour, nowMs: 0 })?.hours ?? null);
  }
  return { provenAt: Number.POSITIVE_INFINITY, told };
}
