import { expect, test } from "vitest";
import { gateways, rolloutIntents } from "#db/schema/control.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { countConfirmed, listGateways } from "./queries.ts";

const RECORDED = new Date("2026-03-06T12:00:00.000Z");
const later = (ms: number) => new Date(RECORDED.getTime() + ms);
const HOUR_MS = 3_600_000;

test("a gateway that started after the intent is timed from its own start, one from before by the intent", () =>
  inRolledBackTransaction(async (tx) => {
    await tx.delete(rolloutIntents);
    await tx.delete(gateways);
    const intent = { flag: "biometric-login", exposurePercent: 25, version: 7 };
    await tx.insert(rolloutIntents).values({ ...intent, changedAt: RECORDED, recordedAt: RECORDED });
    const running = {
      seenAt: later(HOUR_MS),
      flagState: "connected",
      peopleCircuit: "closed",
      journalLines: 0,
    };
    await tx.insert(gateways).values([
      { ...running, name: "before", startedAt: later(-HOUR_MS), intentVersion: 7, intentTakenAt: later(900) },
      {
        ...{ ...running, name: "late", startedAt: later(HOUR_MS - 5_000) },
        ...{ intentVersion: 7, intentTakenAt: later(HOUR_MS - 4_600) },
      },
      {
        ...running,
        name: "old",
        startedAt: later(-HOUR_MS),
        intentVersion: 6,
        intentTakenAt: later(-HOUR_MS),
      },
    ]);
    const stands = await listGateways(tx, 7, later(HOUR_MS));
    expect(stands.map(({ name, tookMs }) => [name, tookMs])).toEqual([
      ["before", 900],
      ["late", 400],
      ["old", null],
    ]);
    expect(await countConfirmed(tx, 7, later(HOUR_MS))).toEqual({ running: 3, confirmed: 2, slowestMs: 900 });
  }));
