import type { CircuitSwitch } from "./types.ts";

/** Until when the switch holds the circuit open; null where it does not: it ends at its time, whoever can still be heard. */
export const heldUntilOf = (known: CircuitSwitch | null, now: Date): Date | null =>
  known?.heldUntil != null && now < known.heldUntil ? known.heldUntil : null;

/** Whether the switch holds the circuit open at this moment. */
export const isHeldOpen = (known: CircuitSwitch | null, now: Date): boolean =>
  heldUntilOf(known, now) !== null;
