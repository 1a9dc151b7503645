import "server-only";
import { systemClock } from "#lib/clock.ts";
import type { RolloutDesk } from "#lib/rollout/change-rollout.ts";
import { createUnleashAdmin } from "#lib/unleash/admin.ts";
import { consoleDatabase, consoleSettings } from "./runtime.ts";

/** So long Unleash may take for one answer while somebody waits at the screen. */
const UNLEASH_TIMEOUT_MS = 3_000;

/** What changing the rollout needs, from the console's own settings. */
export function consoleRolloutDesk(): RolloutDesk {
  const { url, adminToken, environment } = consoleSettings().unleash;
  const admin = createUnleashAdmin({ url, adminToken, timeoutMs: UNLEASH_TIMEOUT_MS });
  return { db: consoleDatabase(), admin, environment, clock: systemClock };
}
