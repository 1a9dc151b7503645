import type { Stratum } from "#lib/rollout-evidence/types.ts";
import type { Chance } from "./chance.ts";

/** Nearly twice as many logins at noon as on average, hardly any at midnight. */
const cycle = (hour: number): number => 1 - 0.8 * Math.cos((2 * Math.PI * (hour % 24)) / 24);

/** `incident`: from this hour on so many times as many fail, whichever way they take. */
export type World = {
  usersPerDay: number;
  baseShare: number;
  incident?: { fromHour: number; times: number };
};

/** The share under so many times the odds. */
export const underOdds = (share: number, oddsRatio: number): number =>
  (share * oddsRatio) / (1 - share + share * oddsRatio);

/** The first logins of one hour: who came, which way they took, how many failed. */
export function drawHour(
  { usersPerDay, baseShare, incident }: World,
  hour: number,
  exposure: number,
  oddsRatio: number,
  chance: Chance,
): Stratum {
  const share = incident && hour >= incident.fromHour ? baseShare * incident.times : baseShare;
  const users = chance.poisson((usersPerDay / 24) * cycle(hour));
  const treated = chance.binomial(users, exposure);
  const control = users - treated;
  return {
    treated,
    treatedBad: chance.binomial(treated, underOdds(share, oddsRatio)),
    control,
    controlBad: chance.binomial(control, share),
  };
}
