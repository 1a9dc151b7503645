import type { LedgerTrouble, Replay } from "#lib/ledger/types.ts";

const people = (count: number): string => (count === 1 ? "1 person" : `${count} people`);

/** What came of it, for the operator who reads a terminal: what was found, what was done, what is left to do. */
export function describeReplay(replay: Replay, troubles: readonly LedgerTrouble[]): string[] {
  const { erasedInLedger, enrolledInLedger, reopened, opened, goes_on, left_alone } = replay;
  const back = reopened + opened + goes_on;
  return [
    `The ledger names ${people(erasedInLedger)} as erased, and ${people(enrolledInLedger)} as enrolled anew after an erasure.`,
    back === 0
      ? "The restored database names none of the erased."
      : `The restored database brought ${people(back)} of the erased back. All are blocked now, and the worker erases them as soon as it runs:`,
    ...(reopened > 0 ? [`  ${reopened} by the request that erased them, opened again`] : []),
    ...(opened > 0 ? [`  ${opened} by a deletion, since the backup is older than their request's end`] : []),
    ...(goes_on > 0 ? [`  ${goes_on} by an approved request that is open already`] : []),
    `Left alone, because they enrolled anew: ${people(left_alone)}.`,
    ...describeUnknown(enrolledInLedger - left_alone),
    ...describeWithdrawn(replay),
    ...describeHeld(replay),
    ...describeTroubles(troubles),
  ];
}

function describeUnknown(count: number): string[] {
  if (count <= 0) return [];
  return [
    `${people(count)} enrolled anew and not in this backup: the API holds them and Gatehouse does not know them. Import them with npm run import-people.`,
  ];
}

function describeWithdrawn({ withdrawn }: Replay): string[] {
  if (withdrawn === 0) return [];
  return [`Open requests of theirs that had been carried out before, and are withdrawn: ${withdrawn}.`];
}

function describeHeld({ held }: Replay): string[] {
  if (held.length === 0) return [];
  return [
    `A legal hold that the backup holds for standing keeps these from going on. Release it on the person's page: ${held.join(", ")}.`,
  ];
}

const TROUBLES: Record<LedgerTrouble["kind"], string> = {
  torn: "ends in the middle of a line. It was never acknowledged; nothing is lost.",
  unreadable: "cannot be believed: it was altered, or made with another secret.",
  missing: "follows a gap: lines before it were taken away.",
};

function describeTroubles(troubles: readonly LedgerTrouble[]): string[] {
  const lines = troubles.map(({ file, line, kind }) => `  ${file}, line ${line}, ${TROUBLES[kind]}`);
  return lines.length === 0 ? [] : ["About the ledger:", ...lines];
}

/** Whether somebody erased may have been missed. */
export const isLedgerDamaged = (troubles: readonly LedgerTrouble[]): boolean =>
  troubles.some(({ kind }) => kind !== "torn");
