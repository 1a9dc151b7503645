import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { rolloutIntents } from "#db/schema/control.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { prepareIntent } from "./prepare-intent.ts";
import { findIntent } from "./queries.ts";

const at = new Date("2026-03-13T12:00:00Z");
const isPrepare = eq(auditEntries.action, "rollout_intent.prepare");

const withoutIntent = (test: (tx: DatabaseOrTransaction) => Promise<void>) =>
  inRolledBackTransaction(async (tx) => {
    await tx.delete(rolloutIntents);
    await test(tx);
  });

test("the first start writes the intent once, with one audit entry", () =>
  withoutIntent(async (tx) => {
    const before = (await tx.select().from(auditEntries).where(isPrepare)).length;
    await prepareIntent(tx, { exposurePercent: 0 }, at);
    await prepareIntent(tx, { exposurePercent: 100 }, at);
    expect(await findIntent(tx)).toEqual({
      exposurePercent: 0,
      offersEarlyAdopters: false,
      halted: false,
      version: 1,
    });
    expect((await tx.select().from(auditEntries).where(isPrepare)).length).toBe(before + 1);
  }));

test("a later start never changes an intent, halted ones included", () =>
  withoutIntent(async (tx) => {
    await prepareIntent(tx, { exposurePercent: 100 }, at);
    await tx.update(rolloutIntents).set({ halted: true, exposurePercent: 5, version: 7 });
    await prepareIntent(tx, { exposurePercent: 100 }, at);
    expect(await findIntent(tx)).toEqual({
      exposurePercent: 5,
      offersEarlyAdopters: false,
      halted: true,
      version: 7,
    });
  }));
