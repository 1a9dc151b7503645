import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { gateways } from "#db/schema/control.ts";
import { notificationAlarms, notificationEvents, notificationTargets } from "#db/schema/notifications.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { newId } from "#lib/ids.ts";
import { NOTIFICATION_EVENTS } from "./schema.ts";
import { watchInstallation } from "./watch-installation.ts";

const NOW = new Date("2026-03-13T12:00:00.000Z");
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

/** With one target that wants everything, and nothing else going on. */
const watched = (run: (tx: DatabaseOrTransaction, told: () => Promise<unknown[]>) => Promise<void>) =>
  inRolledBackTransaction(async (tx) => {
    for (const table of [gateways, notificationAlarms]) await tx.delete(table);
    await tx.insert(notificationTargets).values({
      id: newId(),
      kind: "webhook",
      name: "everything",
      address: "http://127.0.0.1:1/",
      events: NOTIFICATION_EVENTS.filter((event) => !event.startsWith("audit.")),
      locale: "en",
      secretSealed: "sample",
      createdAt: NOW,
    });
    const told = async () => {
      const { type, data } = notificationEvents;
      return tx.select({ type, data }).from(notificationEvents).orderBy(notificationEvents.at);
    };
    await run(tx, told);
  });

test("a gateway that went silent and came back is told once each, by its name", () =>
  watched(async (tx, told) => {
    const gateway = { name: "gateway-1", startedAt: NOW, seenAt: NOW, flagState: "connected" };
    await tx.insert(gateways).values({ ...gateway, peopleCircuit: "closed", journalLines: 0 });
    await watchInstallation(tx, later(1));
    expect(await told()).toEqual([]);
    for (const minutes of [2, 3]) await watchInstallation(tx, later(minutes));
    await tx.update(gateways).set({ seenAt: later(4) });
    for (const minutes of [4, 5]) await watchInstallation(tx, later(minutes));
    expect(await told()).toEqual([
      { type: "gateway.silent", data: { gateway: "gateway-1", lastSeenAt: NOW.toISOString() } },
      { type: "gateway.back", data: { gateway: "gateway-1", since: later(2).toISOString() } },
    ]);
  }));

test("a gateway that is gone for good is forgotten without a word", () =>
  watched(async (tx, told) => {
    const gateway = { name: "gateway-1", startedAt: NOW, seenAt: NOW, flagState: "connected" };
    await tx.insert(gateways).values({ ...gateway, peopleCircuit: "closed", journalLines: 0 });
    await watchInstallation(tx, later(5));
    await tx.delete(gateways);
    await watchInstallation(tx, later(6));
    expect(await told()).toHaveLength(1);
    expect(await tx.select().from(notificationAlarms)).toEqual([]);
  }));

test("five refused sign-ins to one account within a quarter of an hour are told once in an hour, without an address", () =>
  watched(async (tx, told) => {
    const memberId = newId();
    const refuse = (at: Date, id: string | null) =>
      recordAudit(tx, {
        action: "session.refuse",
        actor: { id: null, role: "system" },
        at,
        entity: { type: "session", id: null },
        details: { memberId: id, code: "wrong_credentials" },
      });
    for (let i = 0; i < 9; i += 1) await refuse(NOW, null);
    for (let i = 0; i < 4; i += 1) await refuse(NOW, memberId);
    await watchInstallation(tx, later(1));
    expect(await told()).toEqual([]);
    await refuse(later(2), memberId);
    for (const minutes of [2, 3, 14]) await watchInstallation(tx, later(minutes));
    expect(await told()).toEqual([
      { type: "sign_in.refused_repeatedly", data: { memberId, refusals: 5, minutes: 15 } },
    ]);
    for (let i = 0; i < 5; i += 1) await refuse(later(70), memberId);
    await watchInstallation(tx, later(71));
    expect(await told()).toHaveLength(2);
  }));

test("nothing is written of what nobody wants to know", () =>
  watched(async (tx, told) => {
    await tx.execute(sql`update notification_targets set events = '{policy.changed}'`);
    const gateway = { name: "gateway-1", startedAt: NOW, seenAt: NOW, flagState: "connected" };
    await tx.insert(gateways).values({ ...gateway, peopleCircuit: "closed", journalLines: 0 });
    await watchInstallation(tx, later(2));
    expect(await told()).toEqual([]);
  }));
