import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { circuitSwitches, gateways } from "#db/schema/control.ts";
import { notificationEvents, notificationTargets } from "#db/schema/notifications.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import type { Actor } from "#lib/audit/types.ts";
import { newId } from "#lib/ids.ts";
import { putSwitch } from "./put-switch.ts";
import { findCircuitHold, findCircuitSwitch } from "./queries.ts";

const system: Actor = { id: null, role: "system" };
const at = new Date("2026-03-13T12:00:00Z");
const minutesLater = (minutes: number) => new Date(at.getTime() + minutes * 60_000);
const reason = "Odd answers";

const withoutSwitch = (test: (tx: DatabaseOrTransaction) => Promise<void>) =>
  inRolledBackTransaction(async (tx) => {
    await tx.delete(circuitSwitches);
    await test(tx);
  });
const entries = async (tx: DatabaseOrTransaction) =>
  (await tx.select().from(auditEntries).where(eq(auditEntries.entityType, "circuit"))).map(
    ({ action, entityId, details }) => [action, entityId, details],
  );

test("a hold has an end, is replaced by the next and given back, and each use is in the audit log", () =>
  withoutSwitch(async (tx) => {
    const until = minutesLater(15);
    const held = await putSwitch(tx, { minutes: 15, seenVersion: 0, reason }, system, at);
    expect(held).toEqual({ ok: true, set: { version: 1, heldUntil: until } });
    const longer = await putSwitch(tx, { minutes: 60, seenVersion: 1, reason }, system, at);
    expect(longer).toMatchObject({ ok: true, set: { heldUntil: minutesLater(60) } });
    await putSwitch(tx, { minutes: null, seenVersion: 2, reason }, system, at);
    expect(await findCircuitSwitch(tx)).toEqual({ version: 3, heldUntil: null });
    const [first, second] = [until, minutesLater(60)].map((end) => end.toISOString());
    expect(await entries(tx)).toEqual([
      ["circuit.open", "1", { until: first, wasUntil: null, reason }],
      ["circuit.open", "2", { until: second, wasUntil: first, reason }],
      ["circuit.release", "3", { wasUntil: second, reason }],
    ]);
  }));

test("whoever wants to know is told of a hold with its end, and of one that is given back", () =>
  withoutSwitch(async (tx) => {
    await tx.insert(notificationTargets).values({
      ...{
        id: newId(),
        kind: "email",
        name: "Watch",
        address: "watch@example.org",
        locale: "en",
        createdAt: at,
      },
      events: ["circuit.held", "circuit.given_back"],
    });
    await putSwitch(tx, { minutes: 15, seenVersion: 0, reason }, system, at);
    await putSwitch(tx, { minutes: null, seenVersion: 1, reason }, system, minutesLater(1));
    const told = await tx.select().from(notificationEvents).orderBy(notificationEvents.id);
    expect(told.map(({ type, data }) => [type, data])).toEqual([
      ["circuit.held", { until: minutesLater(15).toISOString(), by: null }],
      ["circuit.given_back", { by: null }],
    ]);
  }));

test.each([
  ["seen in an older setting", { minutes: 60, seenVersion: 0 }, 1, "stale_version"],
  ["given back after its end", { minutes: null, seenVersion: 1 }, 16, "not_held"],
] as const)("the switch %s is refused, and nothing is written", (_, setting, minutes, code) =>
  withoutSwitch(async (tx) => {
    await putSwitch(tx, { minutes: 15, seenVersion: 0, reason }, system, at);
    const put = await putSwitch(tx, { ...setting, reason }, system, minutesLater(minutes));
    expect(put).toEqual({ ok: false, code });
    expect(await entries(tx)).toHaveLength(1);
  }),
);

test("what is told of a hold are the gateways that report its own setting, until its end", () =>
  withoutSwitch(async (tx) => {
    await tx.delete(gateways);
    await putSwitch(tx, { minutes: 15, seenVersion: 0, reason }, system, at);
    const reported = {
      startedAt: at,
      seenAt: at,
      flagState: "connected",
      peopleCircuit: "held",
      journalLines: 0,
    };
    await tx.insert(gateways).values([
      { ...reported, name: "gw-a", circuitVersion: 1 },
      { ...reported, name: "gw-b" },
      { ...reported, name: "gw-gone", circuitVersion: 1, seenAt: minutesLater(-10) },
    ]);
    expect(await findCircuitHold(tx, at)).toEqual({
      ...{ version: 1, heldUntil: minutesLater(15), since: at, by: null, reason },
      ...{ obeying: 1, running: 2 },
    });
    expect(await findCircuitHold(tx, minutesLater(15))).toBeNull();
  }));
