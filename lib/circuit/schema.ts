import { z } from "zod";

/** The channel PostgreSQL announces a new version of the switch on. */
export const CIRCUIT_CHANNEL = "circuit_switch";

/** How long a circuit can be held open. The longest is what "until I give it back" means: no hold is without an end. */
export const HOLD_MINUTES = [15, 60, 240, 1440] as const;

const minutes = z.coerce
  .number()
  .refine((value) => HOLD_MINUTES.some((one) => one === value), { message: "unknown" });

/** The version that was seen; 0 where nobody ever used the switch. */
const seenVersion = z.coerce.number().int().min(0);
const reason = z.string().trim().max(300);

export const openCircuitSchema = z.object({ minutes, version: seenVersion, reason: reason.min(1) });
export const releaseCircuitSchema = z.object({ version: seenVersion, reason: reason.min(1) });
