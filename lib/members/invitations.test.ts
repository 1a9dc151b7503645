import { eq, inArray, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { memberInvitations, memberSessions, members } from "#db/schema/members.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { openSession } from "#lib/auth/open-session.ts";
import { isPasswordOf } from "#lib/auth/passwords.ts";
import { MEMBER_KEY } from "#lib/auth/testing/sign-in-member.ts";
import { newId } from "#lib/ids.ts";
import { acceptInvitation } from "./accept-invitation.ts";
import { disableMember } from "./disable-member.ts";
import { examineInvitation } from "./examine-invitation.ts";
import { inviteMember } from "./invite-member.ts";
import { issueReturnLink } from "./issue-return-link.ts";
import { listMembers } from "./queries.ts";
import { sendInvitation } from "./send-invitation.ts";
import { makeInvitation } from "./testing/make-invitation.ts";
import { makeMember } from "./testing/make-member.ts";
import { withdrawInvitation } from "./withdraw-invitation.ts";

const NOW = new Date("2026-03-13T12:00:00.000Z");
// What a failure would be counted under: nothing here fails.
const SUBJECTS = [{ kind: "account", digest: newId() } as const];
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const DAY = 24 * 60;
const password = "a password of my own";

const actionsOf = async (tx: DatabaseOrTransaction, ...ids: string[]) => {
  const rows = await tx.select().from(auditEntries).where(inArray(auditEntries.entityId, ids));
  return rows.map(({ action }) => action).sort();
};
const shown = async (tx: DatabaseOrTransaction, id: string, at = NOW) =>
  (await listMembers(tx, at)).find((member) => member.id === id);

test("an invited member has no password, comes in once with the link and can then sign in", () =>
  inRolledBackTransaction(async (tx) => {
    const { memberId, invitationId, token, email, actor } = await makeInvitation(tx, NOW);
    expect(await shown(tx, memberId)).toMatchObject({ standing: "invited", lastSeenAt: null, version: 1 });
    expect(await examineInvitation(tx, token, later(1))).toMatchObject({
      ok: true,
      invitation: { purpose: "join", email, role: "viewer", expiresAt: later(7 * DAY) },
    });
    const acceptance = { token, name: " Vera ", password };
    expect(await acceptInvitation(tx, acceptance, later(2))).toEqual({ ok: true, memberId, purpose: "join" });
    expect(await shown(tx, memberId)).toMatchObject({
      standing: "active",
      name: "Vera",
      version: 2,
      link: null,
    });
    expect(
      await openSession(tx, { email, password, subjects: SUBJECTS, memberKey: MEMBER_KEY }, later(3)),
    ).toMatchObject({
      ok: true,
    });
    expect(await acceptInvitation(tx, acceptance, later(4))).toEqual({ ok: false, code: "used" });
    expect(await actionsOf(tx, memberId, invitationId)).toEqual([
      "invitation.accept",
      "invitation.issue",
      "invitation.refuse",
      "member.invite",
    ]);
    const entries = await tx
      .select()
      .from(auditEntries)
      .where(inArray(auditEntries.entityId, [memberId, invitationId]));
    expect(entries.find(({ action }) => action === "member.invite")?.actorId).toBe(actor.id);
    expect(entries.find(({ action }) => action === "invitation.accept")?.actorId).toBe(memberId);
    expect(JSON.stringify(entries)).not.toMatch(new RegExp(`${token}|${email}|Vera`));
  }));

test("of a link only a digest is kept", () =>
  inRolledBackTransaction(async (tx) => {
    const { token, invitationId } = await makeInvitation(tx, NOW);
    const [row] = await tx.select().from(memberInvitations).where(eq(memberInvitations.id, invitationId));
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(JSON.stringify(row)).not.toContain(token);
    expect(row?.tokenHash).toMatch(/^[0-9a-f]{64}$/);
  }));

test("a link that expired, was withdrawn or never was sets no password, and says which", () =>
  inRolledBackTransaction(async (tx) => {
    const { memberId, token, actor } = await makeInvitation(tx, NOW);
    const acceptance = { token, name: "Vera", password };
    expect(await acceptInvitation(tx, acceptance, later(7 * DAY))).toEqual({ ok: false, code: "expired" });
    expect(await shown(tx, memberId, later(7 * DAY))).toMatchObject({ standing: "lapsed" });
    await withdrawInvitation(tx, { memberId, version: 1 }, actor, NOW);
    expect(await acceptInvitation(tx, acceptance, NOW)).toEqual({ ok: false, code: "withdrawn" });
    expect(await examineInvitation(tx, token, NOW)).toEqual({ ok: false, code: "withdrawn" });
    for (const unknown of ["", "x".repeat(43), "no token of ours"])
      expect(await acceptInvitation(tx, { ...acceptance, token: unknown }, NOW)).toMatchObject({
        code: "unknown",
      });
    const [row] = await tx.select().from(members).where(eq(members.id, memberId));
    expect(row?.passwordHash).toBeNull();
  }));

test("who comes with a link that is none of ours leaves the audit log as it is", () =>
  inRolledBackTransaction(async (tx) => {
    const refusals = () => tx.$count(auditEntries, eq(auditEntries.action, "invitation.refuse"));
    const before = await refusals();
    expect(await examineInvitation(tx, "x".repeat(43), NOW)).toEqual({ ok: false, code: "unknown" });
    expect(await refusals()).toBe(before);
    const { token } = await makeInvitation(tx, NOW);
    expect(await examineInvitation(tx, token, later(8 * DAY))).toEqual({ ok: false, code: "expired" });
    expect(await refusals()).toBe(before + 1);
  }));

test("sending again makes another link, and the one before opens nothing", () =>
  inRolledBackTransaction(async (tx) => {
    const { memberId, token, actor } = await makeInvitation(tx, NOW);
    const again = await sendInvitation(tx, { memberId, version: 1 }, actor, later(8 * DAY));
    if (!again.ok) throw new Error(again.code);
    expect(again.expiresAt).toEqual(later(15 * DAY));
    expect(await examineInvitation(tx, token, later(8 * DAY))).toEqual({ ok: false, code: "withdrawn" });
    expect(await examineInvitation(tx, again.token, later(8 * DAY))).toMatchObject({ ok: true });
    expect(await sendInvitation(tx, { memberId, version: 1 }, actor, NOW)).toMatchObject({
      code: "stale_version",
    });
    await acceptInvitation(tx, { token: again.token, name: "Vera", password }, later(9 * DAY));
    expect(await sendInvitation(tx, { memberId, version: 3 }, actor, NOW)).toMatchObject({
      code: "stale_version",
    });
  }));

test("an invitation that was taken back leaves the list, and the address can be invited again", () =>
  inRolledBackTransaction(async (tx) => {
    const { memberId, email, actor } = await makeInvitation(tx, NOW);
    expect(await inviteMember(tx, { email, name: "x", role: "viewer" }, actor, NOW)).toEqual({
      ok: false,
      code: "email_taken",
    });
    const seen = { memberId, version: 1 };
    expect(await withdrawInvitation(tx, seen, actor, NOW)).toEqual({ ok: true });
    expect(await shown(tx, memberId)).toBeUndefined();
    expect(await withdrawInvitation(tx, seen, actor, NOW)).toEqual({ ok: false, code: "not_found" });
    const invitee = { email: email.toUpperCase(), name: "pm-03", role: "product_manager" as const };
    const made = await inviteMember(tx, invitee, actor, later(5));
    expect(made).toMatchObject({ ok: true, memberId });
    expect(await shown(tx, memberId)).toMatchObject({
      standing: "invited",
      role: "product_manager",
      version: 3,
    });
  }));

test("a member's address cannot be invited", () =>
  inRolledBackTransaction(async (tx) => {
    const actor = await makeMember(tx);
    const { email } = await makeMember(tx, "viewer");
    const result = await inviteMember(tx, { email, name: "x", role: "administrator" }, actor, NOW);
    expect(result).toEqual({ ok: false, code: "email_taken" });
  }));

test("a link for coming back ends the sessions, sets a new password and changes neither name nor role", () =>
  inRolledBackTransaction(async (tx) => {
    const actor = await makeMember(tx);
    const { id: memberId, email } = await makeMember(tx, "compliance_officer");
    const session = { id: newId(), memberId, createdAt: NOW, seenAt: NOW, endedAt: null };
    await tx.insert(memberSessions).values({ ...session, provedAt: NOW, provedWith: "totp" });
    const issued = await issueReturnLink(tx, { memberId, version: 1, resetCodeApp: false }, actor, NOW);
    if (!issued.ok) throw new Error(issued.code);
    expect(issued.expiresAt).toEqual(later(DAY));
    expect(await shown(tx, memberId)).toMatchObject({ openSessions: 0, link: { purpose: "return" } });
    await acceptInvitation(tx, { token: issued.token, name: "Somebody else", password }, later(2));
    const [row] = await tx.select().from(members).where(eq(members.id, memberId));
    expect(row).toMatchObject({ name: "compliance_officer-01", role: "compliance_officer", email });
    expect(await isPasswordOf(row?.passwordHash ?? null, password)).toBe(true);
  }));

test("nobody makes a link for themselves, and none is made for who is disabled or never came in", () =>
  inRolledBackTransaction(async (tx) => {
    const actor = await makeMember(tx);
    const own = { memberId: actor.id, version: 1, resetCodeApp: true };
    expect(await issueReturnLink(tx, own, actor, NOW)).toEqual({ ok: false, code: "own_account" });
    const { id } = await makeMember(tx, "viewer");
    await disableMember(tx, { memberId: id, version: 1 }, actor, NOW);
    const gone = { memberId: id, version: 2, resetCodeApp: false };
    expect(await issueReturnLink(tx, gone, actor, NOW)).toMatchObject({ code: "stale_version" });
    const { memberId } = await makeInvitation(tx, NOW);
    const guest = { memberId, version: 1, resetCodeApp: false };
    expect(await issueReturnLink(tx, guest, actor, NOW)).toMatchObject({ code: "stale_version" });
  }));

test("a link of who is disabled meanwhile opens nothing", () =>
  inRolledBackTransaction(async (tx) => {
    const actor = await makeMember(tx);
    const { id: memberId } = await makeMember(tx, "viewer");
    const issued = await issueReturnLink(tx, { memberId, version: 1, resetCodeApp: false }, actor, NOW);
    if (!issued.ok) throw new Error(issued.code);
    await disableMember(tx, { memberId, version: 2 }, actor, NOW);
    expect(await examineInvitation(tx, issued.token, NOW)).toEqual({ ok: false, code: "withdrawn" });
  }));

test.each([
  [{ name: "", password }, "missing"],
  [{ name: "x".repeat(81), password }, "long"],
  [{ name: "Vera", password: "eleven char" }, "short"],
])("bad input %j changes nothing and leaves the link open", (bad, message) =>
  inRolledBackTransaction(async (tx) => {
    const { token } = await makeInvitation(tx, NOW);
    await expect(acceptInvitation(tx, { token, ...bad }, NOW)).rejects.toThrow(message);
    expect(await examineInvitation(tx, token, NOW)).toMatchObject({ ok: true });
  }),
);

test.each(["member.invite", "invitation.issue"])("without its entry %s nobody is invited", (action) =>
  inRolledBackTransaction(async (tx) => {
    const actor = await makeMember(tx);
    const email = `${newId()}@company.example`;
    await tx.execute(
      sql.raw(`alter table audit_entries add constraint none_here check (action <> '${action}') not valid`),
    );
    const invitee = { email, name: "x", role: "viewer" as const };
    await expect(tx.transaction((inner) => inviteMember(inner, invitee, actor, NOW))).rejects.toThrow();
    expect(await tx.select().from(members).where(eq(members.email, email))).toEqual([]);
  }),
);

test.each(["invitation.accept", "invitation.withdraw"])(
  "without its entry %s leaves the link as it was",
  (action) =>
    inRolledBackTransaction(async (tx) => {
      const { memberId, token, actor } = await makeInvitation(tx, NOW);
      await tx.execute(
        sql.raw(`alter table audit_entries add constraint none_here check (action <> '${action}') not valid`),
      );
      const act = (inner: DatabaseOrTransaction): Promise<unknown> =>
        action === "invitation.accept"
          ? acceptInvitation(inner, { token, name: "Vera", password }, NOW)
          : withdrawInvitation(inner, { memberId, version: 1 }, actor, NOW);
      await expect(tx.transaction(act)).rejects.toThrow();
      expect(await examineInvitation(tx, token, NOW)).toMatchObject({ ok: true });
      expect(await shown(tx, memberId)).toMatchObject({ standing: "invited", version: 1 });
    }),
);
