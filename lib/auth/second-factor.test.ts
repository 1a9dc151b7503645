import { and, desc, eq, isNull } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { memberCodeApps, memberRecoveryCodes, memberSessions, members } from "#db/schema/members.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { MEMBER_PASSWORD } from "#lib/members/testing/make-member.ts";
import { changePassword } from "./change-password.ts";
import { confirmCodeApp } from "./confirm-code-app.ts";
import { createRecoveryCodes } from "./create-recovery-codes.ts";
import { proofSubjects } from "./failure-subjects.ts";
import { offerCodeApp } from "./offer-code-app.ts";
import { isPasswordOf } from "./passwords.ts";
import { proveSession } from "./prove-session.ts";
import { startSession } from "./start-session.ts";
import { codeAt, MEMBER_KEY, signInMember, signInWithCodeApp, viewerOf } from "./testing/sign-in-member.ts";
import type { Viewer } from "./types.ts";

const AT = new Date("2026-03-13T12:00:00.000Z");
const later = (seconds: number) => new Date(AT.getTime() + seconds * 1000);
const subjectsOf = ({ sessionId }: Viewer) => proofSubjects("a secret, long enough", sessionId);

const actions = async (tx: DatabaseOrTransaction, memberId: string) => {
  const entries = await tx
    .select({ action: auditEntries.action })
    .from(auditEntries)
    .where(eq(auditEntries.actorId, memberId))
    .orderBy(desc(auditEntries.id));
  return entries.map(({ action }) => action);
};

const prove = (tx: DatabaseOrTransaction, viewer: Viewer, typed: string, at: Date) =>
  proveSession(tx, { typed, subjects: subjectsOf(viewer), memberKey: MEMBER_KEY }, viewer, at);

test("a code app is in force once it has shown a code; its secret is kept sealed", () =>
  inRolledBackTransaction(async (tx) => {
    const member = await signInWithCodeApp(tx, AT);
    expect(member.viewer.proof).toMatchObject({ hasCodeApp: true, provedWith: "totp", provedAt: AT });
    expect(await actions(tx, member.id)).toEqual(
      expect.arrayContaining(["code_app.set_up", "session.step_up", "recovery_code.create"]),
    );
    const [app] = await tx.select().from(memberCodeApps).where(eq(memberCodeApps.memberId, member.id));
    expect(app?.secretSealed).not.toContain(member.secret);
    const kept = await tx
      .select()
      .from(memberRecoveryCodes)
      .where(eq(memberRecoveryCodes.memberId, member.id));
    expect(kept).toHaveLength(10);
    for (const { codeHash } of kept) expect(member.recoveryCodes).not.toContain(codeHash);
  }));

test.each([
  ["a wrong code", "000000", 0, "wrong_code"],
  ["an offer of a quarter of an hour ago", null, 900, "proof_required"],
] as const)("%s sets up nothing", (_, typed, seconds, code) =>
  inRolledBackTransaction(async (tx) => {
    const { viewer, id } = await signInMember(tx, AT);
    const { secret, sealed } = offerCodeApp(MEMBER_KEY, viewer, AT);
    const at = later(seconds);
    const confirmation = {
      sealed,
      code: typed ?? codeAt(secret, at),
      memberKey: MEMBER_KEY,
      replaces: false,
    };
    expect(await confirmCodeApp(tx, confirmation, viewer, at)).toEqual({ ok: false, code });
    expect(await tx.select().from(memberCodeApps).where(eq(memberCodeApps.memberId, id))).toEqual([]);
  }),
);

test("an offer is for the session it was made in, and for a quarter of an hour", () =>
  inRolledBackTransaction(async (tx) => {
    const { viewer } = await signInMember(tx, AT);
    const other = await signInMember(tx, AT);
    const { secret, sealed } = offerCodeApp(MEMBER_KEY, viewer, AT);
    const confirm = (by: Viewer, at: Date) =>
      confirmCodeApp(
        tx,
        { sealed, code: codeAt(secret, at), memberKey: MEMBER_KEY, replaces: false },
        { ...by, proof: { ...by.proof, provedAt: at } },
        at,
      );
    expect(await confirm(other.viewer, AT)).toEqual({ ok: false, code: "offer_expired" });
    expect(await confirm(viewer, later(900))).toEqual({ ok: false, code: "offer_expired" });
    expect(await confirm(viewer, later(899))).toMatchObject({ ok: true });
    expect(await confirm(viewer, later(899))).toEqual({ ok: false, code: "stale" });
  }));

test("a code app that is replaced shows codes no more, and the member's other sessions end", () =>
  inRolledBackTransaction(async (tx) => {
    const member = await signInWithCodeApp(tx, AT);
    const elsewhere = { memberId: member.id, role: member.role, provedWith: "totp" } as const;
    const otherSession = await startSession(tx, elsewhere, AT);
    const { secret, sealed } = offerCodeApp(MEMBER_KEY, member.viewer, later(60));
    const confirmation = {
      sealed,
      code: codeAt(secret, later(60)),
      memberKey: MEMBER_KEY,
      replaces: true,
    };
    expect(await confirmCodeApp(tx, confirmation, member.viewer, later(60))).toMatchObject({ ok: true });
    const open = await tx
      .select({ id: memberSessions.id })
      .from(memberSessions)
      .where(and(eq(memberSessions.memberId, member.id), isNull(memberSessions.endedAt)));
    expect(open).toEqual([{ id: member.viewer.sessionId }]);
    expect(await actions(tx, member.id)).toContain("code_app.replace");
    expect(otherSession).not.toBe(member.viewer.sessionId);
    expect(await prove(tx, member.viewer, codeAt(member.secret, later(120)), later(120))).toMatchObject({
      proved: false,
    });
    expect(await prove(tx, member.viewer, member.recoveryCodes[0] ?? "", later(120))).toMatchObject({
      proved: false,
    });
    expect(await prove(tx, member.viewer, codeAt(secret, later(120)), later(120))).toMatchObject({
      proved: true,
    });
  }));

test("a session is proved by a code, by a recovery code once, and by no password where there is a code app", () =>
  inRolledBackTransaction(async (tx) => {
    const { viewer, secret, recoveryCodes } = await signInWithCodeApp(tx, AT);
    expect(await prove(tx, viewer, MEMBER_PASSWORD, later(300))).toEqual({ proved: false, code: "wrong" });
    expect(await prove(tx, viewer, codeAt(secret, later(300)), later(300))).toEqual({
      proved: true,
      with: "totp",
    });
    expect((await viewerOf(tx, viewer.sessionId)).proof.provedAt).toEqual(later(300));
    const code = recoveryCodes[9] ?? "";
    expect(await prove(tx, viewer, code, later(900))).toEqual({ proved: true, with: "recovery_code" });
    expect(await prove(tx, viewer, code, later(901))).toEqual({ proved: false, code: "wrong" });
    expect((await viewerOf(tx, viewer.sessionId)).proof.provedAt).toEqual(later(900));
    expect(await actions(tx, viewer.memberId)).toEqual(
      expect.arrayContaining(["session.refuse_step_up", "session.step_up", "recovery_code.use"]),
    );
  }));

test("without a code app the password proves, and wrong ones make the next try wait", () =>
  inRolledBackTransaction(async (tx) => {
    const { viewer } = await signInMember(tx, AT);
    for (let tries = 0; tries < 5; tries++) {
      expect(await prove(tx, viewer, "not the password", later(10))).toEqual({
        proved: false,
        code: "wrong",
      });
    }
    expect(await prove(tx, viewer, MEMBER_PASSWORD, later(10))).toMatchObject({
      code: "throttled",
      waitSeconds: 2,
    });
    expect(await prove(tx, viewer, MEMBER_PASSWORD, later(12))).toEqual({ proved: true, with: "password" });
  }));

test("new recovery codes replace the old ones, and need a code app", () =>
  inRolledBackTransaction(async (tx) => {
    const member = await signInWithCodeApp(tx, AT);
    const made = await createRecoveryCodes(tx, MEMBER_KEY, member.viewer, later(1));
    if (!made.ok) throw new Error(made.code);
    expect(new Set([...made.codes, ...member.recoveryCodes]).size).toBe(20);
    expect(await prove(tx, member.viewer, member.recoveryCodes[0] ?? "", later(2))).toMatchObject({
      proved: false,
    });
    expect(await prove(tx, member.viewer, made.codes[0] ?? "", later(2))).toMatchObject({ proved: true });
    const { viewer } = await signInMember(tx, AT);
    expect(await createRecoveryCodes(tx, MEMBER_KEY, viewer, AT)).toEqual({ ok: false, code: "no_code_app" });
  }));

test("a password is changed by who knows the present one, and ends the member's other sessions", () =>
  inRolledBackTransaction(async (tx) => {
    const { viewer, id, role } = await signInMember(tx, AT, "viewer");
    await startSession(tx, { memberId: id, role, provedWith: "password" }, AT);
    const change = (present: string, next: string) =>
      changePassword(tx, { present, next, subjects: subjectsOf(viewer) }, viewer, later(1));
    const next = "another password, long enough";
    expect(await change("not the password", next)).toEqual({ ok: false, code: "wrong_password" });
    expect(await change(MEMBER_PASSWORD, MEMBER_PASSWORD)).toEqual({ ok: false, code: "same_password" });
    expect(await change(MEMBER_PASSWORD, next)).toEqual({ ok: true, endedSessions: 1 });
    const [member] = await tx.select().from(members).where(eq(members.id, id));
    expect(await isPasswordOf(member?.passwordHash ?? null, next)).toBe(true);
    expect(await actions(tx, id)).toContain("member.change_password");
  }));

test("where the audit entry cannot be written the code app is not set up", () =>
  inRolledBackTransaction(async (tx) => {
    const { viewer, id } = await signInMember(tx, AT);
    const { secret, sealed } = offerCodeApp(MEMBER_KEY, viewer, AT);
    const confirmation = { sealed, code: codeAt(secret, AT), memberKey: MEMBER_KEY, replaces: false };
    // Without a role the database takes no entry.
    const broken = { ...viewer, role: null as unknown as Viewer["role"] };
    await expect(confirmCodeApp(tx, confirmation, broken, AT)).rejects.toThrow();
    expect(await tx.select().from(memberCodeApps).where(eq(memberCodeApps.memberId, id))).toEqual([]);
  }));
