import { expect, test } from "vitest";
import { gateways, rolloutIntents } from "#db/schema/control.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { BIOMETRIC_LOGIN_FLAG } from "#lib/rollout/schema.ts";
import { findExposure } from "./queries.ts";

const NOW = new Date("2026-03-13T12:00:00.000Z");
const secondsAgo = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);
const intent = { flag: BIOMETRIC_LOGIN_FLAG, exposurePercent: 25, version: 7, changedAt: NOW };
const gateway = (
  name: string,
  seenSecondsAgo: number,
  intentVersion: number | null,
  flagState = "connected",
) => ({
  name,
  startedAt: secondsAgo(600),
  seenAt: secondsAgo(seenSecondsAgo),
  intentVersion,
  flagState,
  peopleCircuit: "closed",
  journalLines: 0,
});

test("before the rollout is prepared there is no exposure to tell", () =>
  inRolledBackTransaction(async (tx) => {
    await tx.delete(rolloutIntents);
    expect(await findExposure(tx, NOW)).toBeNull();
  }));

test("a gateway confirms only by running on the version in force and hearing Unleash, and is gone after a minute", () =>
  inRolledBackTransaction(async (tx) => {
    await tx.delete(gateways);
    await tx.delete(rolloutIntents);
    await tx.insert(rolloutIntents).values(intent);
    await tx
      .insert(gateways)
      .values([
        gateway("a", 1, 7),
        gateway("b", 60, 7),
        gateway("c", 1, 6),
        gateway("d", 1, null),
        gateway("e", 61, 7),
        gateway("f", 1, 7, "unreachable"),
      ]);
    expect(await findExposure(tx, NOW)).toEqual({
      exposurePercent: 25,
      version: 7,
      halted: false,
      circuitHeldUntil: null,
      confirmedGateways: 2,
      runningGateways: 5,
    });
    await tx.update(rolloutIntents).set({ halted: true });
    // A halt holds without Unleash.
    expect(await findExposure(tx, NOW)).toMatchObject({ halted: true, confirmedGateways: 3 });
  }));
