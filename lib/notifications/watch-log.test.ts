import { expect, test } from "vitest";
import { auditUnsealed } from "#db/schema/audit.ts";
import { notificationEvents, notificationTargets } from "#db/schema/notifications.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { newId } from "#lib/ids.ts";
import { watchLog } from "./watch-log.ts";

const START = new Date("2026-03-13T12:00:00Z");
const secondsLater = (seconds: number) => new Date(START.getTime() + seconds * 1000);

test("an entry that waits ten seconds for its place is told once, and once that it has it", () =>
  inRolledBackTransaction(async (tx) => {
    await tx.delete(auditUnsealed);
    await tx.insert(notificationTargets).values({
      id: newId(),
      kind: "webhook",
      name: newId(),
      address: "https://receiver.example",
      events: ["audit.seal_late", "audit.sealed_again"],
      locale: "en",
      secretSealed: "sealed",
      createdAt: START,
    });
    const told = async () =>
      (await tx.select().from(notificationEvents)).map(({ type, data }) => [type, data]);
    await tx.insert(auditUnsealed).values({ entryId: newId(), at: START });
    await watchLog(tx, secondsLater(9));
    expect(await told()).toEqual([]);
    for (const seconds of [11, 26, 41]) await watchLog(tx, secondsLater(seconds));
    const late = ["audit.seal_late", { waiting: 1, since: START.toISOString() }];
    expect(await told()).toEqual([late]);
    await tx.delete(auditUnsealed);
    for (const seconds of [56, 71]) await watchLog(tx, secondsLater(seconds));
    expect(await told()).toHaveLength(2);
    expect(await told()).toContainEqual(["audit.sealed_again", { since: secondsLater(11).toISOString() }]);
  }));
