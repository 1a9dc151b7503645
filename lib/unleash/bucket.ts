import { normalizedStrategyValue } from "unleash-client/lib/strategy/util.js";
import { BIOMETRIC_LOGIN_FLAG } from "#lib/rollout/schema.ts";

// The SDK's own hash, called, not copied: Unleash and our intent must put each person on the same side.

/** The bucket of a person, 0 to 99, for the history. A rollout of n percent holds the buckets below n. */
export function bucketOf(loginKey: string): number {
  return normalizedStrategyValue(loginKey, BIOMETRIC_LOGIN_FLAG) - 1;
}

/** True when a gradual rollout at this percentage includes the person, exactly as Unleash would decide. */
export function isWithin(loginKey: string, exposurePercent: number): boolean {
  return bucketOf(loginKey) + 1 <= exposurePercent;
}
