import { and, eq, gt } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { policies } from "#db/schema/control.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import type { Actor } from "#lib/audit/types.ts";
import { preparePolicy } from "./prepare-policy.ts";
import { putPolicy } from "./put-policy.ts";
import { findCurrentPolicy, listPolicyChanges } from "./queries.ts";
import { DEFAULT_POLICY_VALUES } from "./schema.ts";

const system: Actor = { id: null, role: "system" };
const at = new Date("2026-03-13T12:00:00Z");
const WHY = "Too many guesses";
const stricter = { ...DEFAULT_POLICY_VALUES, attemptsBeforeFallback: 2 };

const withoutPolicies = (test: (tx: DatabaseOrTransaction) => Promise<void>) =>
  inRolledBackTransaction(async (tx) => {
    await tx.delete(policies);
    await test(tx);
  });

test("the first start puts the defaults in force, once", () =>
  withoutPolicies(async (tx) => {
    expect(await findCurrentPolicy(tx)).toBeNull();
    await preparePolicy(tx, at);
    await preparePolicy(tx, at);
    expect(await findCurrentPolicy(tx)).toEqual({ version: 1, values: DEFAULT_POLICY_VALUES });
    expect(await tx.select().from(policies)).toHaveLength(1);
  }));

test("a change becomes the next version and its audit entry holds both sides", () =>
  withoutPolicies(async (tx) => {
    await preparePolicy(tx, at);
    const put = await putPolicy(tx, { values: stricter, basedOnVersion: 1, reason: WHY }, system, at);
    expect(put).toEqual({ ok: true, policy: { version: 2, values: stricter } });
    const found = and(eq(auditEntries.action, "policy.change"), eq(auditEntries.entityId, "2"));
    const [entry] = await tx.select().from(auditEntries).where(found);
    expect(entry?.details).toEqual({ before: DEFAULT_POLICY_VALUES, after: stricter, reason: WHY });
  }));

test("a change thought out on an older version is refused and writes nothing", () =>
  withoutPolicies(async (tx) => {
    await preparePolicy(tx, at);
    await putPolicy(tx, { values: stricter, basedOnVersion: 1, reason: WHY }, system, at);
    const late = await putPolicy(
      tx,
      { values: DEFAULT_POLICY_VALUES, basedOnVersion: 1, reason: WHY },
      system,
      at,
    );
    expect(late).toEqual({ ok: false, code: "stale_version" });
    expect(await tx.select().from(policies).where(gt(policies.version, 2))).toHaveLength(0);
  }));

test("a change that says what is in force already is refused and writes nothing", () =>
  withoutPolicies(async (tx) => {
    await preparePolicy(tx, at);
    const change = { values: DEFAULT_POLICY_VALUES, basedOnVersion: 1, reason: WHY };
    expect(await putPolicy(tx, change, system, at)).toEqual({ ok: false, code: "unchanged" });
    expect(await tx.select().from(policies)).toHaveLength(1);
  }));

test("a value out of its range is refused before anything is written", () =>
  withoutPolicies(async (tx) => {
    await preparePolicy(tx, at);
    const values = { ...stricter, attemptsBeforeFallback: 11 };
    expect(() => putPolicy(tx, { values, basedOnVersion: 1, reason: WHY }, system, at)).toThrow();
    expect(await tx.select().from(policies)).toHaveLength(1);
  }));

test("a change whose audit entry fails is not in force", () =>
  withoutPolicies(async (tx) => {
    await preparePolicy(tx, at);
    // The policy itself takes an actor without a role, the audit log does not.
    const nobody = { id: null, role: null as never };
    const change = { values: stricter, basedOnVersion: 1, reason: WHY };
    await expect(putPolicy(tx, change, nobody, at)).rejects.toThrow();
    expect((await findCurrentPolicy(tx))?.version).toBe(1);
  }));

test("the changes since a time are listed oldest first, without the first version", () =>
  withoutPolicies(async (tx) => {
    const later = new Date("2026-03-13T13:00:00Z");
    await preparePolicy(tx, at);
    await putPolicy(tx, { values: stricter, basedOnVersion: 1, reason: WHY }, system, at);
    await putPolicy(tx, { values: DEFAULT_POLICY_VALUES, basedOnVersion: 2, reason: WHY }, system, later);
    expect(await listPolicyChanges(tx, at)).toEqual([
      { version: 2, changedAt: at },
      { version: 3, changedAt: later },
    ]);
    expect(await listPolicyChanges(tx, later)).toEqual([{ version: 3, changedAt: later }]);
  }));
