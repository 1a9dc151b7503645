import { desc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { memberSessions, members, signInFailures } from "#db/schema/members.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { newId } from "#lib/ids.ts";
import { MEMBER_PASSWORD, makeMember } from "#lib/members/testing/make-member.ts";
import { memberKeyOf } from "./member-seal.ts";
import { openSession } from "./open-session.ts";
import type { FailureSubject } from "./throttle.ts";

const MEMBER_KEY = memberKeyOf("ab".repeat(32));
const NOW = new Date("2026-03-13T12:00:00.000Z");
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
const stranger = (): FailureSubject[] => [
  { kind: "account", digest: newId() },
  { kind: "client", digest: newId() },
];

const lastAudit = async (tx: DatabaseOrTransaction) => {
  const [entry] = await tx.select().from(auditEntries).orderBy(desc(auditEntries.id)).limit(1);
  return entry;
};

test("the right password opens a session, and that is audited", () =>
  inRolledBackTransaction(async (tx) => {
    const member = await makeMember(tx, "compliance_officer");
    const attempt = {
      email: member.email,
      password: MEMBER_PASSWORD,
      subjects: stranger(),
      memberKey: MEMBER_KEY,
    };
    const result = await openSession(tx, attempt, NOW);
    expect(result).toMatchObject({ ok: true, memberId: member.id });
    const [session] = await tx.select().from(memberSessions).where(eq(memberSessions.memberId, member.id));
    expect(session).toMatchObject({ createdAt: NOW, seenAt: NOW, endedAt: null });
    expect(await lastAudit(tx)).toMatchObject({
      action: "session.open",
      actorId: member.id,
      actorRole: "compliance_officer",
      entityId: session?.id,
      outcome: "done",
    });
  }));

test("a wrong password, an unknown address and a disabled account answer alike, each audited as what it was", () =>
  inRolledBackTransaction(async (tx) => {
    const member = await makeMember(tx);
    const disabled = await makeMember(tx);
    await tx.update(members).set({ disabledAt: NOW }).where(eq(members.id, disabled.id));
    const cases = [
      { email: member.email, password: "not the password", memberId: member.id, code: "wrong_credentials" },
      {
        email: "nobody@company.example",
        password: MEMBER_PASSWORD,
        memberId: null,
        code: "wrong_credentials",
      },
      { email: disabled.email, password: MEMBER_PASSWORD, memberId: disabled.id, code: "disabled" },
      {
        email: disabled.email,
        password: "not the password",
        memberId: disabled.id,
        code: "wrong_credentials",
      },
    ];
    for (const [index, { email, password, memberId, code }] of cases.entries()) {
      const at = later(index);
      const result = await openSession(
        tx,
        { email, password, subjects: stranger(), memberKey: MEMBER_KEY },
        at,
      );
      expect(result).toEqual({ ok: false, code: "wrong_credentials" });
      expect(await lastAudit(tx)).toMatchObject({
        action: "session.refuse",
        outcome: "refused",
        details: { memberId, code },
      });
    }
    expect(await tx.select().from(memberSessions).where(eq(memberSessions.memberId, disabled.id))).toEqual(
      [],
    );
  }));

test("after five failures even the right password waits, and the wait runs out", () =>
  inRolledBackTransaction(async (tx) => {
    const { email } = await makeMember(tx);
    const subjects = stranger();
    for (let failed = 0; failed < 5; failed++) {
      await openSession(tx, { email, password: "not the password", subjects, memberKey: MEMBER_KEY }, NOW);
    }
    const right = { email, password: MEMBER_PASSWORD, subjects, memberKey: MEMBER_KEY };
    expect(await openSession(tx, right, later(1))).toEqual({ ok: false, code: "throttled", waitSeconds: 1 });
    expect(await lastAudit(tx)).toMatchObject({ action: "session.refuse", details: { code: "throttled" } });
    expect(await openSession(tx, right, later(2))).toMatchObject({ ok: true });
  }));

test("a refused try does not make the wait longer", () =>
  inRolledBackTransaction(async (tx) => {
    const { email } = await makeMember(tx);
    const attempt = { email, password: "not the password", subjects: stranger(), memberKey: MEMBER_KEY };
    for (let tries = 0; tries < 30; tries++) await openSession(tx, attempt, NOW);
    expect(await openSession(tx, attempt, NOW)).toEqual({ ok: false, code: "throttled", waitSeconds: 2 });
  }));

test("strangers who try an account do not keep its owner's browser out", () =>
  inRolledBackTransaction(async (tx) => {
    const { email } = await makeMember(tx);
    const account = newId();
    for (let seconds = 0; seconds < 3000; seconds += 100) {
      const subjects: FailureSubject[] = [
        { kind: "account", digest: account },
        { kind: "client", digest: newId() },
      ];
      await openSession(
        tx,
        { email, password: "not the password", subjects, memberKey: MEMBER_KEY },
        later(seconds),
      );
    }
    const owner: FailureSubject[] = [{ kind: "known_browser", digest: newId() }];
    const result = await openSession(
      tx,
      { email, password: MEMBER_PASSWORD, subjects: owner, memberKey: MEMBER_KEY },
      later(3000),
    );
    expect(result).toMatchObject({ ok: true });
  }));

test("a success clears the account's failures but not the client's", () =>
  inRolledBackTransaction(async (tx) => {
    const { email } = await makeMember(tx);
    const subjects = stranger();
    const [account, client] = subjects.map(({ digest }) => digest);
    await openSession(tx, { email, password: "not the password", subjects, memberKey: MEMBER_KEY }, NOW);
    await openSession(tx, { email, password: MEMBER_PASSWORD, subjects, memberKey: MEMBER_KEY }, NOW);
    const left = await tx.select({ subject: signInFailures.subject }).from(signInFailures);
    expect(left.filter(({ subject }) => subject === account)).toEqual([]);
    expect(left.filter(({ subject }) => subject === client)).toHaveLength(1);
  }));
