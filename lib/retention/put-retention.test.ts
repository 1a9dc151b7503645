import { and, eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { retentionSettings } from "#db/schema/retention.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import type { Actor } from "#lib/audit/types.ts";
import { makeMember } from "#lib/members/testing/make-member.ts";
import { putRetention } from "./put-retention.ts";
import { findCurrentRetention, findObeyedRetention, listRetentionChanges } from "./queries.ts";
import { DEFAULT_RETENTION_VALUES } from "./schema.ts";

const system: Actor = { id: null, role: "system" };
const at = new Date("2026-03-13T12:00:00.000Z");
const later = (hours: number) => new Date(at.getTime() + hours * 3_600_000);
const shorter = { ...DEFAULT_RETENTION_VALUES, historyDays: 90 };
const change = (values: typeof shorter, basedOnVersion: number) => ({
  values,
  basedOnVersion,
  reason: "Less is enough",
});

const withoutSettings = (run: (tx: DatabaseOrTransaction) => Promise<void>) =>
  inRolledBackTransaction(async (tx) => {
    await tx.delete(retentionSettings);
    await run(tx);
  });

test("where nobody has chosen, the usual times hold", () =>
  withoutSettings(async (tx) => {
    expect(await findCurrentRetention(tx)).toEqual({ version: 0, values: DEFAULT_RETENTION_VALUES });
    expect(await findObeyedRetention(tx, at)).toEqual(DEFAULT_RETENTION_VALUES);
  }));

test("a change becomes the next version, its audit entry holds both sides, and the page names who made it", () =>
  withoutSettings(async (tx) => {
    const { id, role } = await makeMember(tx);
    const put = await putRetention(tx, change(shorter, 0), { id, role }, at);
    expect(put).toEqual({ ok: true, retention: { version: 1, values: shorter } });
    const found = and(eq(auditEntries.action, "retention.change"), eq(auditEntries.actorId, id));
    const [entry] = await tx.select().from(auditEntries).where(found);
    expect(entry?.details).toEqual({
      before: DEFAULT_RETENTION_VALUES,
      after: shorter,
      shortened: ["historyDays"],
    });
    expect(await listRetentionChanges(tx)).toEqual([
      {
        version: 1,
        values: shorter,
        changedAt: at,
        reason: "Less is enough",
        changedByName: "administrator-01",
      },
    ]);
  }));

test("a shorter time is obeyed a day later, and never when it was taken back before", () =>
  withoutSettings(async (tx) => {
    await putRetention(tx, change(shorter, 0), system, at);
    expect((await findObeyedRetention(tx, later(23))).historyDays).toBe(400);
    expect((await findObeyedRetention(tx, later(24))).historyDays).toBe(90);
    await putRetention(tx, change(DEFAULT_RETENTION_VALUES, 1), system, later(23));
    for (const hours of [23, 24, 46, 48, 100])
      expect((await findObeyedRetention(tx, later(hours))).historyDays).toBe(400);
  }));

test.each([
  ["thought out on an older version", { ...shorter, deliveryDays: 30 }, 0, "stale_version"],
  ["that changes nothing", shorter, 1, "unchanged"],
])("a change %s writes nothing", (_, values, basedOnVersion, code) =>
  withoutSettings(async (tx) => {
    await putRetention(tx, change(shorter, 0), system, at);
    expect(await putRetention(tx, change(values, basedOnVersion), system, at)).toEqual({ ok: false, code });
    expect(await tx.select().from(retentionSettings)).toHaveLength(1);
  }),
);

test("what cannot be audited is not changed", () =>
  withoutSettings(async (tx) => {
    await tx.execute(sql`alter table audit_entries add constraint none_here check (action <> 'retention.change')
      not valid`);
    await expect(
      tx.transaction((inner) => putRetention(inner, change(shorter, 0), system, at)),
    ).rejects.toThrow();
    expect((await findCurrentRetention(tx)).version).toBe(0);
  }));
