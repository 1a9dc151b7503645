import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEntries } from "#db/schema/audit.ts";
import { members } from "#db/schema/members.ts";
import { inRolledBackTransaction, testDatabase } from "#db/testing/in-rolled-back-transaction.ts";
import { isPasswordOf } from "#lib/auth/passwords.ts";
import { createFirstAdministrator } from "./create-first-administrator.ts";
import { makeMember } from "./testing/make-member.ts";

const NOW = new Date("2026-03-13T12:00:00.000Z");
const first = { email: " Admin-01@Company.example ", name: "admin-01", password: "a generated password" };

test("the first administrator can sign in, and their creation is audited", () =>
  inRolledBackTransaction(async (tx) => {
    await tx.execute(sql`delete from member_sessions`);
    await tx.delete(members);
    const result = await createFirstAdministrator(tx, first, NOW);
    const [member] = await tx.select().from(members);
    expect(result).toEqual({ ok: true, memberId: member?.id });
    expect(member).toMatchObject({
      email: "admin-01@company.example",
      role: "administrator",
      disabledAt: null,
    });
    expect(member?.passwordHash).toMatch(/^\$argon2id\$/);
    expect(await isPasswordOf(member?.passwordHash ?? null, first.password)).toBe(true);
    const entries = await tx
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.entityId, member?.id ?? ""));
    expect(entries).toMatchObject([
      { action: "member.create", actorRole: "system", details: { role: "administrator" } },
    ]);
  }));

test("where there is a member nobody is created", () =>
  inRolledBackTransaction(async (tx) => {
    await makeMember(tx, "viewer");
    expect(await createFirstAdministrator(tx, first, NOW)).toEqual({ ok: false, code: "members_exist" });
    expect(await tx.select().from(members).where(eq(members.email, "admin-01@company.example"))).toEqual([]);
  }));

test("a password under 12 characters is not taken", async () => {
  await expect(
    createFirstAdministrator(testDatabase().db, { ...first, password: "too short" }, NOW),
  ).rejects.toThrow();
});

test("no account has the stand-in's password", async () => {
  expect(await isPasswordOf(null, "no account has this password")).toBe(false);
});
