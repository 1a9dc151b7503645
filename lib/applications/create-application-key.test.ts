import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { applicationKeys } from "#db/schema/applications.ts";
import { auditEntries } from "#db/schema/members.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import type { Actor } from "#lib/audit/types.ts";
import { createApplication } from "./create-application.ts";
import { createApplicationKey } from "./create-application-key.ts";
import { listLiveKeys } from "./queries.ts";
import { revokeApplicationKey } from "./revoke-application-key.ts";
import { hashApplicationKey, hasKeyForm } from "./rules.ts";

const system: Actor = { id: null, role: "system" };
const at = new Date("2026-03-13T12:00:00Z");
const sample = { name: "Key test application", channels: ["web"] };

test("a key is shown once: the database holds its digest and its last four characters", () =>
  inRolledBackTransaction(async (tx) => {
    const application = await createApplication(tx, sample, system, at);
    const { key, keyId } = await createApplicationKey(tx, { applicationId: application.id }, system, at);
    expect(hasKeyForm(key)).toBe(true);
    const [row] = await tx.select().from(applicationKeys).where(eq(applicationKeys.id, keyId));
    expect(row).toMatchObject({ hash: hashApplicationKey(key), ending: key.slice(-4), revokedAt: null });
    expect(JSON.stringify(row)).not.toContain(key);
  }));

test("making an application and its key leaves an audit entry each, without the key", () =>
  inRolledBackTransaction(async (tx) => {
    const application = await createApplication(tx, sample, system, at);
    const { key, keyId } = await createApplicationKey(tx, { applicationId: application.id }, system, at);
    const created = await tx.select().from(auditEntries).where(eq(auditEntries.entityId, application.id));
    expect(created.map((entry) => entry.action)).toEqual(["application.create"]);
    const [entry] = await tx.select().from(auditEntries).where(eq(auditEntries.entityId, keyId));
    expect(entry).toMatchObject({ action: "application_key.create", outcome: "done" });
    expect(JSON.stringify(entry)).not.toContain(key);
  }));

test("a revoked key is no longer live, and revoking it again changes nothing", () =>
  inRolledBackTransaction(async (tx) => {
    const application = await createApplication(tx, sample, system, at);
    const { keyId } = await createApplicationKey(tx, { applicationId: application.id }, system, at);
    const isLive = async () => (await listLiveKeys(tx)).some((key) => key.keyId === keyId);
    expect(await isLive()).toBe(true);
    expect(await revokeApplicationKey(tx, { keyId }, system, at)).toEqual({ ok: true });
    expect(await isLive()).toBe(false);
    expect(await revokeApplicationKey(tx, { keyId }, system, at)).toEqual({ ok: false, code: "not_live" });
    const entries = await tx.select().from(auditEntries).where(eq(auditEntries.entityId, keyId));
    expect(entries.map((entry) => entry.action).sort()).toEqual([
      "application_key.create",
      "application_key.revoke",
    ]);
  }));

test("an application with 21 channels, a channel twice or a name already taken is refused", () =>
  inRolledBackTransaction(async (tx) => {
    const many = Array.from({ length: 21 }, (_, index) => `channel_${index}`);
    await expect(createApplication(tx, { name: "Many", channels: many }, system, at)).rejects.toThrow();
    const twice = { name: "Twice", channels: ["web", "web"] };
    await expect(createApplication(tx, twice, system, at)).rejects.toThrow();
    await createApplication(tx, sample, system, at);
    await expect(createApplication(tx, sample, system, at)).rejects.toThrow();
  }));
