/** The circuit's hand switch as it was last set: held open until then, or given back to itself. */
export type CircuitSwitch = { version: number; heldUntil: Date | null };

/** A hold that stands: who, why, until when, and which gateways report that they obey it. */
export type CircuitHold = {
  version: number;
  heldUntil: Date;
  since: Date;
  by: string | null;
  reason: string;
  obeying: number;
  running: number;
};
