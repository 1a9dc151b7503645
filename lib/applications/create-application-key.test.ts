import { eq } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { applicationKeys } from "#db/schema/applications.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { freshDatabase } from "#db/testing/fresh-database.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import type { Actor } from "#lib/audit/types.ts";
import { newId } from "#lib/ids.ts";
import { createApplication } from "./create-application.ts";
import { createApplicationKey } from "./create-application-key.ts";
import { createApplicationWithKey } from "./create-application-with-key.ts";
import { hashApplicationKey, hasKeyForm } from "./rules.ts";
import { typedApplicationSchema } from "./schema.ts";
import { makeApplication } from "./testing/make-application.ts";

const system: Actor = { id: null, role: "system" };
const at = new Date("2026-03-13T12:00:00Z");
const sample = { name: "Key test application", channels: ["web"] };

test("a key is shown once: the database holds its digest and its last four characters", () =>
  inRolledBackTransaction(async (tx) => {
    const { key, keyId } = await makeApplication(tx, at);
    expect(hasKeyForm(key)).toBe(true);
    const [row] = await tx.select().from(applicationKeys).where(eq(applicationKeys.id, keyId));
    expect(row).toMatchObject({ hash: hashApplicationKey(key), ending: key.slice(-4), revokedAt: null });
    expect(JSON.stringify(row)).not.toContain(key);
  }));

test("making an application and its key leaves an audit entry each, without the key", () =>
  inRolledBackTransaction(async (tx) => {
    const { applicationId, key, keyId } = await makeApplication(tx, at);
    const created = await tx.select().from(auditEntries).where(eq(auditEntries.entityId, applicationId));
    expect(created.map((entry) => entry.action)).toEqual(["application.create"]);
    const [entry] = await tx.select().from(auditEntries).where(eq(auditEntries.entityId, keyId));
    expect(entry).toMatchObject({ action: "application_key.create", outcome: "done" });
    expect(JSON.stringify(entry)).not.toContain(key);
  }));

test("an audit entry that cannot be written takes the application and the key back", () =>
  inRolledBackTransaction(async (tx) => {
    // No uuid: neither the key nor the entry can name its maker.
    const nobody = { id: "not-an-id", role: "administrator" } as const;
    await expect(createApplicationWithKey(tx, sample, nobody, at)).rejects.toThrow();
    expect(await createApplicationWithKey(tx, sample, system, at)).toMatchObject({ ok: true });
  }));

test("a third live key is refused, and so is a key for an application that is not there", () =>
  inRolledBackTransaction(async (tx) => {
    const { applicationId } = await makeApplication(tx, at);
    expect(await createApplicationKey(tx, { applicationId }, system, at)).toMatchObject({ ok: true });
    const third = await createApplicationKey(tx, { applicationId }, system, at);
    expect(third).toEqual({ ok: false, code: "two_live" });
    const nowhere = await createApplicationKey(tx, { applicationId: newId() }, system, at);
    expect(nowhere).toEqual({ ok: false, code: "not_found" });
  }));

test("a name that is taken is refused, whoever comes second", () =>
  inRolledBackTransaction(async (tx) => {
    await makeApplication(tx, at, sample.name);
    const again = { ...sample, name: ` ${sample.name} ` };
    expect(await createApplicationWithKey(tx, again, system, at)).toEqual({ ok: false, code: "name_taken" });
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

test.each([
  ["web\nmobile_app, kiosk", ["web", "mobile_app", "kiosk"]],
  ["", []],
])("channels typed as %j are read", (channels, expected) => {
  expect(typedApplicationSchema.parse({ name: "x", channels }).channels).toEqual(expected);
});

test.each([
  ["Web\n2nd\nfine", ["form:Web", "form:2nd"]],
  ["web web kiosk", ["twice:web"]],
  [`a${"b".repeat(32)}`, [`form:a${"b".repeat(32)}`]],
  [Array.from({ length: 21 }, (_, index) => `c${index}`).join("\n"), ["many:21"]],
])("each channel of %j that cannot be used is named with its reason", (channels, expected) => {
  const parsed = typedApplicationSchema.safeParse({ name: "x", channels });
  expect(parsed.error?.issues.map(({ message }) => message)).toEqual(expected);
});

const fresh = await freshDatabase(8);
afterAll(() => fresh.drop());

test("of many keys made at once two become live", async () => {
  const { id } = await createApplication(fresh.db, sample, system, at);
  const made = await Promise.all(
    Array.from({ length: 6 }, () => createApplicationKey(fresh.db, { applicationId: id }, system, at)),
  );
  expect(made.filter(({ ok }) => ok)).toHaveLength(2);
});

test("the database itself keeps an application at two live keys, however they are written", async () => {
  const { id } = await createApplication(fresh.db, { ...sample, name: "Raw" }, system, at);
  const insert = (hash: string) =>
    fresh.db
      .insert(applicationKeys)
      .values({ id: newId(), applicationId: id, hash, ending: "xxxx", createdAt: at })
      .then(
        () => "made",
        () => "refused",
      );
  const written = await Promise.all(["a", "b", "c", "d", "e"].map(insert));
  expect(written.filter((result) => result === "made")).toHaveLength(2);
  await fresh.sql`insert into application_keys (id, application_id, hash, ending, created_at, revoked_at)
    values (${newId()}, ${id}, 'old', 'xxxx', now(), now())`;
  await expect(
    fresh.sql`update application_keys set revoked_at = null where hash = 'old'`,
  ).rejects.toMatchObject({ constraint_name: "application_keys_two_live" });
});
