import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { applicationKeys } from "#db/schema/applications.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import type { Actor } from "#lib/audit/types.ts";
import { makeMember } from "#lib/members/testing/make-member.ts";
import { changeKeyEnd } from "./change-key-end.ts";
import { confirmKeyStored } from "./confirm-key-stored.ts";
import { endApplicationKey } from "./end-application-key.ts";
import { listApplications, listApplicationsWithDueKeys, listLiveKeys } from "./queries.ts";
import { revokeApplicationKey } from "./revoke-application-key.ts";
import { rotateApplicationKey } from "./rotate-application-key.ts";
import { settleKeyEnds } from "./settle-key-ends.ts";
import { makeApplication, makeNextKey } from "./testing/make-application.ts";
import { touchApplicationKeys } from "./touch-application-keys.ts";

const system: Actor = { id: null, role: "system" };
const at = new Date("2026-03-13T12:00:00Z");
const afterHours = (hours: number) => new Date(at.getTime() + hours * 3_600_000);
const afterDays = (days: number) => afterHours(24 * days);

const call = (tx: DatabaseOrTransaction, keyId: string, when: Date, calls = 1) =>
  touchApplicationKeys(tx, [
    { keyId, minute: when, calls, mostPerSecond: calls, firstAt: when, lastAt: when },
  ]);

const actionsOn = async (tx: DatabaseOrTransaction, keyId: string) => {
  const entries = await tx.select().from(auditEntries).where(eq(auditEntries.entityId, keyId));
  return entries.map(({ action }) => action).sort();
};

const endOf = async (tx: DatabaseOrTransaction, keyId: string) =>
  (await listLiveKeys(tx)).find((key) => key.keyId === keyId)?.endsAt;

const isLive = async (tx: DatabaseOrTransaction, keyId: string) =>
  (await listLiveKeys(tx)).some((key) => key.keyId === keyId);

const rotating = (
  test: (tx: DatabaseOrTransaction, old: string, next: string, app: string) => Promise<void>,
) =>
  inRolledBackTransaction(async (tx) => {
    const { applicationId, keyId } = await makeApplication(tx, at);
    const next = await makeNextKey(tx, applicationId, at);
    await test(tx, keyId, next.keyId, applicationId);
  });

test("the next key works beside the old one, which gets its end, and who did it is known", () =>
  inRolledBackTransaction(async (tx) => {
    const { applicationId, keyId } = await makeApplication(tx, at);
    const member = await makeMember(tx);
    const actor: Actor = { id: member.id, role: "administrator" };
    const made = await rotateApplicationKey(tx, { applicationId, oldEndsInDays: 7 }, actor, at);
    if (!made.ok) throw new Error(made.code);
    expect([await isLive(tx, keyId), await isLive(tx, made.keyId)]).toEqual([true, true]);
    const application = (await listApplications(tx, at)).find(({ id }) => id === applicationId);
    expect(application).toMatchObject({
      standing: "rotating",
      rotation: { endsAt: afterDays(7), successor: { id: made.keyId, createdByName: "administrator-01" } },
    });
    expect(await actionsOn(tx, keyId)).toEqual(["application_key.create", "application_key.plan_end"]);
    const again = await rotateApplicationKey(tx, { applicationId, oldEndsInDays: 7 }, actor, at);
    expect(again).toEqual({ ok: false, code: "two_live" });
  }));

test("an old key whose successor was never used does not end: it is kept and said to be", () =>
  rotating(async (tx, old, _, applicationId) => {
    expect(await endOf(tx, old)).toBeNull();
    const late = afterDays(30);
    await settleKeyEnds(tx, { applicationId }, late);
    expect(await isLive(tx, old)).toBe(true);
    const application = (await listApplications(tx, late)).find(({ id }) => id === applicationId);
    expect(application).toMatchObject({ standing: "kept", rotation: { warning: "unused" } });
  }));

test("an old key whose successor is in use ends on its day, written down once by the system", () =>
  rotating(async (tx, old, next, applicationId) => {
    await call(tx, next, afterHours(1));
    expect(await endOf(tx, old)).toEqual(afterDays(7));
    await settleKeyEnds(tx, { applicationId }, afterDays(6));
    expect(await isLive(tx, old)).toBe(true);
    expect(await listApplicationsWithDueKeys(tx, afterDays(8))).toContain(applicationId);
    await settleKeyEnds(tx, { applicationId }, afterDays(8));
    await settleKeyEnds(tx, { applicationId }, afterDays(8));
    expect(await isLive(tx, old)).toBe(false);
    expect((await actionsOn(tx, old)).filter((action) => action === "application_key.end")).toHaveLength(1);
    const [row] = await tx.select().from(applicationKeys).where(eq(applicationKeys.id, old));
    expect(row?.revokedAt).toEqual(afterDays(7));
  }));

test("a successor first used after the old key's day leaves the old one another 24 hours", () =>
  rotating(async (tx, old, next) => {
    await call(tx, next, afterDays(9));
    expect(await endOf(tx, old)).toEqual(afterDays(10));
  }));

test("the place of a key that has ended is free for the next one, before the worker comes by", () =>
  rotating(async (tx, old, next, applicationId) => {
    await call(tx, next, afterHours(1));
    const later = { applicationId, oldEndsInDays: 7 };
    expect(await rotateApplicationKey(tx, later, system, afterDays(6))).toMatchObject({ ok: false });
    expect(await rotateApplicationKey(tx, later, system, afterDays(8))).toMatchObject({ ok: true });
    expect(await isLive(tx, old)).toBe(false);
  }));

test("an old key can be ended once it was silent for 24 hours and the new one is in use", () =>
  rotating(async (tx, old, next) => {
    await call(tx, old, afterHours(2));
    expect(await endApplicationKey(tx, { keyId: old }, system, afterHours(27))).toMatchObject({
      code: "still_used",
    });
    await call(tx, next, afterHours(3));
    expect(await endApplicationKey(tx, { keyId: old }, system, afterHours(25))).toMatchObject({
      code: "still_used",
    });
    expect(await endApplicationKey(tx, { keyId: old }, system, afterHours(27))).toEqual({ ok: true });
    expect(await isLive(tx, old)).toBe(false);
    expect(await endApplicationKey(tx, { keyId: old }, system, afterHours(27))).toMatchObject({
      code: "not_live",
    });
  }));

test("a key that was never replaced cannot be ended, only revoked", () =>
  inRolledBackTransaction(async (tx) => {
    const { keyId } = await makeApplication(tx, at);
    expect(await endApplicationKey(tx, { keyId }, system, afterDays(2))).toEqual({
      ok: false,
      code: "not_live",
    });
  }));

test("a revoked key is no longer live, and revoking it again changes nothing", () =>
  inRolledBackTransaction(async (tx) => {
    const { keyId } = await makeApplication(tx, at);
    const revoke = () => revokeApplicationKey(tx, { keyId, reason: "leaked" }, system, at);
    expect(await revoke()).toEqual({ ok: true });
    expect(await isLive(tx, keyId)).toBe(false);
    expect(await revoke()).toEqual({ ok: false, code: "not_live" });
    expect(await actionsOn(tx, keyId)).toEqual(["application_key.create", "application_key.revoke"]);
  }));

test("a new key that is revoked takes the planned end of the old one with it", () =>
  rotating(async (tx, old, next, applicationId) => {
    await call(tx, next, afterHours(1));
    await revokeApplicationKey(tx, { keyId: next, reason: "leaked" }, system, afterHours(2));
    expect(await endOf(tx, old)).toBeNull();
    await settleKeyEnds(tx, { applicationId }, afterDays(8));
    expect(await isLive(tx, old)).toBe(true);
  }));

test("the end of an old key can be moved, and the entry holds both days", () =>
  rotating(async (tx, old, next) => {
    await call(tx, next, afterHours(1));
    expect(await changeKeyEnd(tx, { keyId: old, endsInDays: 14 }, system, at)).toEqual({ ok: true });
    expect(await endOf(tx, old)).toEqual(afterDays(14));
    const entries = await tx.select().from(auditEntries).where(eq(auditEntries.entityId, old));
    expect(entries.map(({ details }) => details)).toContainEqual(
      expect.objectContaining({ before: afterDays(7).toISOString(), after: afterDays(14).toISOString() }),
    );
    expect(await changeKeyEnd(tx, { keyId: next, endsInDays: 14 }, system, at)).toMatchObject({ ok: false });
  }));

test("that a key is stored is said once", () =>
  rotating(async (tx, _, next) => {
    expect(await confirmKeyStored(tx, { keyId: next }, system, at)).toEqual({ ok: true });
    expect(await confirmKeyStored(tx, { keyId: next }, system, at)).toEqual({ ok: false, code: "not_live" });
    expect(await actionsOn(tx, next)).toEqual(["application_key.confirm_stored", "application_key.create"]);
  }));

test("calls of several gateways add up per key and minute, and first and last stay true in any order", () =>
  rotating(async (tx, old, next, applicationId) => {
    const minute = afterHours(1);
    const use = { keyId: old, minute, firstAt: minute, lastAt: afterHours(1.01) };
    await touchApplicationKeys(tx, [{ ...use, calls: 3, mostPerSecond: 2 }]);
    await touchApplicationKeys(tx, [
      { ...use, calls: 4, mostPerSecond: 1, firstAt: afterHours(0.99), lastAt: minute },
      { keyId: next, minute, calls: 1, mostPerSecond: 3, firstAt: minute, lastAt: minute },
    ]);
    await touchApplicationKeys(tx, []);
    const found = (await listApplications(tx, afterHours(1.5))).find(({ id }) => id === applicationId);
    expect(found).toMatchObject({ mostPerSecond: 3, lastCallAt: afterHours(1.01) });
    expect(found?.keys.find(({ id }) => id === old)).toMatchObject({
      callsLastHour: 7,
      firstUsedAt: afterHours(0.99),
      lastUsedAt: afterHours(1.01),
    });
  }));
