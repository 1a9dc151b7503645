import type { CircuitSwitch } from "./types.ts";

/** Whether the switch holds the circuit open at this moment: it ends at its time, whoever can still be heard. */
export const isHeldOpen = (known: CircuitSwitch | null, now: Date): boolean =>
  known?.heldUntil != null && now < known.heldUntil;
