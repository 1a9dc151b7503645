import type { Stratum } from "#lib/rollout-evidence/types.ts";

export const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);

/** One of the ways in which so many bad outcomes may have fallen on both arms, and how likely it is. */
export type Fall = { stratum: Stratum; chance: number };

/** Fisher's distribution written out, term by term: all ways in which `bad` outcomes fall, where the odds ratio is so. */
export function falls(treated: number, control: number, bad: number, odds: number): Fall[] {
  const terms: Fall[] = [];
  for (let x = Math.max(0, bad - control); x <= Math.min(bad, treated); x++)
    terms.push({
      stratum: { treated, treatedBad: x, control, controlBad: bad - x },
      chance: choose(treated, x) * choose(control, bad - x) * odds ** x,
    });
  const all = terms.reduce((sum, { chance }) => sum + chance, 0);
  return terms.map((each) => ({ ...each, chance: each.chance / all }));
}

/** All tables with at most so many people in each arm: how many, and how many bad outcomes they share. */
export function smallTables(most: number): { treated: number; control: number; bad: number }[] {
  const sizes = Array.from({ length: most }, (_, place) => place + 1);
  return sizes.flatMap((treated) =>
    sizes.flatMap((control) =>
      Array.from({ length: treated + control + 1 }, (_, bad) => ({ treated, control, bad })),
    ),
  );
}

/** What is expected of each of some values over all falls. */
export function expected(over: readonly Fall[], values: (stratum: Stratum) => readonly number[]): number[] {
  const each = over.map(({ stratum, chance }) => values(stratum).map((value) => value * chance));
  return (each[0] ?? []).map((_, place) => each.reduce((sum, row) => sum + (row[place] ?? 0), 0));
}

/** The chance of each count of `of` coins. */
export const coins = (of: number, share: number): number[] =>
  Array.from(
    { length: of + 1 },
    (_, count) => choose(of, count) * share ** count * (1 - share) ** (of - count),
  );
