import type { Logger } from "pino";
import type { Unleash } from "unleash-client";
import type { Clock } from "#lib/clock.ts";
import { BIOMETRIC_LOGIN_FLAG } from "#lib/rollout/schema.ts";
import { hashOfDefinition } from "./hash-of-definition.ts";
import { type SdkOptions, startSdkClient, stopSdkClient } from "./sdk-client.ts";
import { FLAGS_MAX_AGE_MS, type FlagReason, type Flags, type FlagsError } from "./types.ts";

export type FlagsOptions = Omit<SdkOptions, "refreshMs"> & {
  refreshMs?: number;
  /** Older flags mean legacy. Below three minutes a mere back-off of the SDK would count as an outage. */
  maxAgeMs?: number;
  /** The wait before a client whose token was refused is built anew; doubles up to sixteen times this. */
  rebuildMs?: number;
  clock: Clock;
  log?: Pick<Logger, "info" | "warn">;
};

const defaults = { refreshMs: 5_000, maxAgeMs: FLAGS_MAX_AGE_MS, rebuildMs: 5_000 };
const mostDoublings = 4;

/**
 * Follows the flag `biometric-login` in Unleash and evaluates it in this process. Starts at once and recovers by
 * itself, whatever Unleash does. One per process.
 */
export function createFlags(options: FlagsOptions): Flags {
  const settings = { ...defaults, ...options };
  const { clock, log, maxAgeMs } = settings;
  const listeners = new Set<() => void>();
  let lastHeardAt: Date | null = null;
  let definitionHash: string | null = null;
  let lastError: FlagsError | null = null;
  let refusals = 0;
  let closed = false;
  let rebuild: NodeJS.Timeout | undefined;
  let client: Unleash = build();

  function build(): Unleash {
    const built: Unleash = startSdkClient(settings, {
      onHeard: () => built === client && heard(),
      onError: (error) => built === client && failed(error),
    });
    return built;
  }

  function heard(): void {
    if (closed || (lastError === "token_refused" && rebuild !== undefined)) return;
    if (lastError !== null) log?.info({ lastError }, "Unleash is heard again");
    lastHeardAt = clock();
    definitionHash = hashOfDefinition(client.getFeatureToggleDefinitions(true), BIOMETRIC_LOGIN_FLAG);
    lastError = null;
    refusals = 0;
    for (const listener of listeners) listener();
  }

  function failed(error: FlagsError): void {
    if (closed) return;
    if (error !== lastError) log?.warn({ error }, "Unleash was not heard");
    lastError = error;
    if (error === "token_refused") rebuildLater();
  }

  // The SDK never asks again after a refused token, so that a rotated one would need a restart.
  function rebuildLater(): void {
    if (rebuild !== undefined) return;
    const waitMs = settings.rebuildMs * 2 ** Math.min(refusals, mostDoublings);
    refusals += 1;
    rebuild = setTimeout(() => {
      rebuild = undefined;
      void stopSdkClient(client, { flush: false });
      client = build();
    }, waitMs);
    rebuild.unref();
  }

  function obstacle(): FlagReason | null {
    if (lastHeardAt === null) return "flags_unreachable";
    if (lastError === "token_refused") return "flags_stale";
    return clock().getTime() - lastHeardAt.getTime() > maxAgeMs ? "flags_stale" : null;
  }

  return {
    evaluate(loginKey, context = {}) {
      const reason = obstacle() ?? reasonIn(client, loginKey, context.cohort);
      return { on: reason === "flag_on", reason };
    },
    isSwitchedOff: () => obstacle() === null && isOff(client),
    state: () => ({
      connected: lastError === null && obstacle() === null,
      lastHeardAt,
      definitionHash: lastError === "token_refused" ? null : definitionHash,
      lastError,
    }),
    onHeard(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      closed = true;
      clearTimeout(rebuild);
      listeners.clear();
      await stopSdkClient(client, { flush: lastError === null });
    },
  };
}

function isOff(client: Unleash): boolean {
  const definition = client.getFeatureToggleDefinition(BIOMETRIC_LOGIN_FLAG);
  if (definition === undefined) return false;
  const parents = (definition.dependencies ?? []).map(({ feature }) =>
    client.getFeatureToggleDefinition(feature),
  );
  // The SDK takes an enabled flag without a strategy for "on for everyone".
  const isServed = definition.enabled && (definition.strategies ?? []).length > 0;
  return !(isServed && parents.every((parent) => parent?.enabled === true));
}

function reasonIn(client: Unleash, loginKey: string, cohort: string | undefined): FlagReason {
  const definition = client.getFeatureToggleDefinition(BIOMETRIC_LOGIN_FLAG);
  if (definition === undefined) return "flag_unknown";
  if (isOff(client)) return "flag_off";
  const properties = cohort === undefined ? { loginKey } : { loginKey, cohort };
  return client.isEnabled(BIOMETRIC_LOGIN_FLAG, { properties }, false) ? "flag_on" : "flag_off";
}
