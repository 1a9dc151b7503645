import type { Act } from "#components/forms/types.ts";
import type { ActionResult } from "#lib/errors.ts";
import type { Trial } from "#lib/legacy-probe/types.ts";

export type ProbeActs = { change: Act<null>; end: Act<null> };
/** A trial asked for by hand, and what it brought back. */
export type TryLegacyLogin = (
  input: Record<string, never>,
) => Promise<ActionResult<Pick<Trial, "trouble" | "status" | "tookMs">>>;

export type ShownProbe = { url: string; everyMinutes: number; hasSecret: boolean };
