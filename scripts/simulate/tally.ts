import type { Arm, Ended } from "./log-in.ts";

type ArmCounts = { logins: number; notIn: number; fellBack: number };

/** Logins as their applications saw them, counted; those without an answer by the call that got none. */
export type Counts = Record<Arm, ArmCounts> & { verifications: number; deadEnds: Map<string, number> };

const none = (): ArmCounts => ({ logins: 0, notIn: 0, fellBack: 0 });
export const noCounts = (): Counts => ({
  ...{ biometric: none(), legacy: none(), other: none() },
  ...{ verifications: 0, deadEnds: new Map() },
});

/** Counts one login in. One without an answer is a dead end, and neither in nor out. */
export function count(counts: Counts, { arm, fellBack, gotIn, tries, deadEnd }: Ended): void {
  counts.verifications += tries;
  if (deadEnd !== null) {
    add(counts.deadEnds, deadEnd, 1);
    return;
  }
  const own = counts[arm];
  own.logins += 1;
  own.notIn += Number(!gotIn);
  own.fellBack += Number(fellBack);
}

const add = (deadEnds: Map<string, number>, call: string, times: number) =>
  deadEnds.set(call, (deadEnds.get(call) ?? 0) + times);

/** Several counts as one. */
export function sumOf(all: readonly Counts[]): Counts {
  const sum = noCounts();
  for (const counts of all) {
    for (const arm of ["biometric", "legacy", "other"] as const)
      for (const figure of ["logins", "notIn", "fellBack"] as const) sum[arm][figure] += counts[arm][figure];
    sum.verifications += counts.verifications;
    for (const [call, times] of counts.deadEnds) add(sum.deadEnds, call, times);
  }
  return sum;
}

/** Every login that had an answer. */
export const loginsIn = ({ biometric, legacy, other }: Counts): number =>
  biometric.logins + legacy.logins + other.logins;

export const deadEndsIn = ({ deadEnds }: Counts): number =>
  [...deadEnds.values()].reduce((sum, times) => sum + times, 0);
