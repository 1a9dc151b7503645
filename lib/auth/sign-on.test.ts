import { and, eq, ne } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { memberIdentities, memberSessions, members } from "#db/schema/members.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { newId } from "#lib/ids.ts";
import { makeMember } from "#lib/members/testing/make-member.ts";
import { proveBySignOn } from "./prove-by-sign-on.ts";
import { signOn } from "./sign-on.ts";
import { signInMember, viewerOf } from "./testing/sign-in-member.ts";
import type { Claims } from "./types.ts";

const AT = new Date("2026-03-13T12:00:00.000Z");
const later = (seconds: number) => new Date(AT.getTime() + seconds * 1000);
const MAPPING = [
  { value: "it", role: "administrator" },
  { value: "audit", role: "compliance_officer" },
  { value: "all", role: "viewer" },
] as const;

const claimsOf = (over: Partial<Claims> = {}): Claims => ({
  issuer: "https://id.example",
  subject: newId(),
  email: `${newId()}@company.example`,
  isEmailVerified: true,
  name: "Ana Prado",
  roles: ["all"],
  authTime: AT,
  ...over,
});

const entriesAbout = async (tx: DatabaseOrTransaction, action: string, memberId: string) => {
  const entries = await tx.select().from(auditEntries).where(eq(auditEntries.action, action));
  return entries.filter(
    ({ entityId, details }) =>
      entityId === memberId || (details as { memberId?: string }).memberId === memberId,
  );
};

async function signedOn(tx: DatabaseOrTransaction, claims: Claims, at = AT) {
  const result = await signOn(tx, claims, MAPPING, at);
  if (!result.ok) throw new Error(result.code);
  return result;
}

test("who comes the first time becomes a member with the claim's role, known by the provider's name for them", () =>
  inRolledBackTransaction(async (tx) => {
    const claims = claimsOf();
    const { memberId, sessionId } = await signedOn(tx, claims);
    expect(await viewerOf(tx, sessionId)).toMatchObject({
      memberId,
      name: "Ana Prado",
      email: claims.email,
      role: "viewer",
      proof: { provedWith: "single_sign_on", hasPassword: false, hasIdentity: true },
    });
    expect(await entriesAbout(tx, "member.create", memberId)).toHaveLength(1);
    expect(await entriesAbout(tx, "identity.link", memberId)).toMatchObject([
      { details: { by: "first_sign_on" } },
    ]);
    const again = await signedOn(tx, { ...claims, email: "other@company.example" }, later(1));
    expect(again.memberId).toBe(memberId);
  }));

test("a member is found by an address that the provider calls verified, and by no other", () =>
  inRolledBackTransaction(async (tx) => {
    const member = await makeMember(tx, "viewer");
    const claims = claimsOf({ email: member.email, isEmailVerified: false });
    expect(await signOn(tx, claims, MAPPING, AT)).toEqual({ ok: false, code: "email_taken" });
    expect((await signedOn(tx, { ...claims, isEmailVerified: true })).memberId).toBe(member.id);
    expect(await entriesAbout(tx, "identity.link", member.id)).toMatchObject([
      { details: { by: "verified_email" } },
    ]);
  }));

test("the role is the claim's at each sign-on, and another one ends the sessions from before", () =>
  inRolledBackTransaction(async (tx) => {
    const claims = claimsOf();
    const first = await signedOn(tx, claims);
    const second = await signedOn(tx, { ...claims, roles: ["it"] }, later(60));
    expect((await viewerOf(tx, second.sessionId)).role).toBe("administrator");
    const [before] = await tx.select().from(memberSessions).where(eq(memberSessions.id, first.sessionId));
    expect(before?.endedAt).toEqual(later(60));
    expect(await entriesAbout(tx, "member.change_role", first.memberId)).toMatchObject([
      { actorRole: "system", details: { before: "viewer", after: "administrator" } },
    ]);
  }));

test.each([
  ["no role", { roles: ["nothing"] }, "no_role"],
  ["administrator and compliance officer at once", { roles: ["it", "audit"] }, "both_roles"],
  ["no address", { email: null }, "no_email"],
  ["no address at all in it", { email: "ana" }, "no_email"],
] as const)("a sign-on with %s opens nothing and leaves no member", (_, over, code) =>
  inRolledBackTransaction(async (tx) => {
    const claims = claimsOf(over);
    expect(await signOn(tx, claims, MAPPING, AT)).toEqual({ ok: false, code });
    const made = await tx.select().from(memberIdentities).where(eq(memberIdentities.subject, claims.subject));
    expect(made).toEqual([]);
    const refusals = await tx
      .select()
      .from(auditEntries)
      .where(and(eq(auditEntries.action, "session.refuse"), eq(auditEntries.at, AT)));
    expect(refusals.map(({ details }) => (details as { code: string }).code)).toContain(code);
  }),
);

test("a disabled member signs on no more, linked or not", () =>
  inRolledBackTransaction(async (tx) => {
    const claims = claimsOf();
    const { memberId } = await signedOn(tx, claims);
    await tx.update(members).set({ disabledAt: AT }).where(eq(members.id, memberId));
    expect(await signOn(tx, claims, MAPPING, AT)).toEqual({ ok: false, code: "disabled" });
    const other = claimsOf({ email: claims.email });
    expect(await signOn(tx, other, MAPPING, AT)).toEqual({ ok: false, code: "disabled" });
  }));

test("the last administrator is given no other role by the provider", () =>
  inRolledBackTransaction(async (tx) => {
    const claims = claimsOf({ roles: ["it"] });
    const { memberId } = await signedOn(tx, claims);
    await tx.update(members).set({ disabledAt: AT }).where(ne(members.id, memberId));
    expect(await signOn(tx, { ...claims, roles: ["all"] }, MAPPING, AT)).toEqual({
      ok: false,
      code: "last_of_role",
    });
    const [member] = await tx.select().from(members).where(eq(members.id, memberId));
    expect(member?.role).toBe("administrator");
  }));

test("a fresh sign-on of the session's own member proves it, and nothing else does", () =>
  inRolledBackTransaction(async (tx) => {
    const claims = claimsOf();
    const { sessionId } = await signedOn(tx, claims);
    const asked = { sessionId, at: later(600) };
    const prove = (over: Partial<Claims>, at = later(660)) =>
      proveBySignOn(tx, { ...claims, ...over }, asked, at);
    expect(await prove({ authTime: AT })).toEqual({ ok: false, code: "stale_sign_on" });
    expect(await prove({ authTime: null })).toEqual({ ok: false, code: "stale_sign_on" });
    expect(await prove({ authTime: later(650), subject: "somebody else" })).toEqual({
      ok: false,
      code: "other_identity",
    });
    expect((await viewerOf(tx, sessionId)).proof.provedAt).toEqual(AT);
    expect(await prove({ authTime: later(650) })).toMatchObject({ ok: true, sessionId });
    expect((await viewerOf(tx, sessionId)).proof).toMatchObject({
      provedAt: later(660),
      provedWith: "single_sign_on",
    });
    expect(await prove({ authTime: later(7200) }, later(7200))).toEqual({ ok: false, code: "signed_out" });
  }));

test("a sign-on of another member does not prove a session that was opened with a password", () =>
  inRolledBackTransaction(async (tx) => {
    const claims = claimsOf();
    await signedOn(tx, claims);
    const { viewer } = await signInMember(tx, AT);
    const asked = { sessionId: viewer.sessionId, at: AT };
    expect(await proveBySignOn(tx, claims, asked, later(1))).toEqual({ ok: false, code: "other_identity" });
  }));
