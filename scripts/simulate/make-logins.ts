import type { GatewayAccess } from "#lib/sample/call-gateway.ts";
import { takeDice } from "../seed/dice.ts";
import { fateOf } from "./fate.ts";
import { logIn } from "./log-in.ts";
import type { SimulatedPerson } from "./people.ts";
import type { RunState } from "./run-state.ts";
import { count } from "./tally.ts";

type Company = { access: GatewayAccess; people: readonly SimulatedPerson[]; seed: number };

/** Room for so many people and stages in the streams of a seed. */
const MOST_PEOPLE = 65_536;
const MOST_STAGES = 64;

/**
 * Makes logins one after another: at each stage everybody once, in an order of the seed, then all over again. What becomes of a
 * login follows from who it is, at which stage and how often they came before, so that the same seed makes the same first
 * logins at any pace.
 */
export function makeLogins({ access, people, seed }: Company, run: RunState): () => Promise<void> {
  const order = shuffle([...people.entries()], seed);
  let at = { stage: 0, login: 0 };
  return async () => {
    const { number: stage, counts } = run.present();
    if (stage !== at.stage) at = { stage, login: 0 };
    const [place, person] = order[at.login % order.length] ?? [];
    const visit = Math.floor(at.login / order.length);
    at.login += 1;
    if (place === undefined || person === undefined) return;
    const stream = 1 + place + MOST_PEOPLE * (stage + MOST_STAGES * visit);
    const fate = fateOf(takeDice(seed, stream), run.weather(performance.now()));
    count(counts, await logIn(access, person, fate));
  };
}

/** Fisher and Yates (1938), by the seed. */
function shuffle<T>(all: readonly T[], seed: number): T[] {
  const dice = takeDice(seed, 0);
  const left = [...all];
  return Array.from(all, () => left.splice(dice.whole(0, left.length - 1), 1)).flat();
}
