import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { members } from "#db/schema/members.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { newId } from "#lib/ids.ts";
import { MEMBER_PASSWORD } from "#lib/members/testing/make-member.ts";
import { codeSubjects, makeKnownBrowser } from "./failure-subjects.ts";
import { openSession } from "./open-session.ts";
import { openSessionWithCode } from "./open-session-with-code.ts";
import { codeAt, MEMBER_KEY, signInWithCodeApp, viewerOf } from "./testing/sign-in-member.ts";
import type { FailureSubject } from "./throttle.ts";

const SET_UP = new Date("2026-03-13T12:00:00.000Z");
const later = (seconds: number) => new Date(SET_UP.getTime() + seconds * 1000);
const SECRET = "a secret of the installation, long enough";

type Member = Awaited<ReturnType<typeof signInWithCodeApp>>;

async function challengeOf(tx: DatabaseOrTransaction, { email }: Member, at: Date): Promise<string> {
  const subjects: FailureSubject[] = [{ kind: "account", digest: newId() }];
  const attempt = { email, password: MEMBER_PASSWORD, subjects, memberKey: MEMBER_KEY };
  const result = await openSession(tx, attempt, at);
  if (result.ok || result.code !== "code_required") throw new Error("No code was asked for.");
  return result.challenge;
}

const attemptOf = (challenge: string, typed: string, knownBrowserCookie?: string) => ({
  challenge,
  typed,
  memberKey: MEMBER_KEY,
  subjectsOf: ({ memberId, email }: { memberId: string; email: string }) =>
    codeSubjects(SECRET, { memberId, email, knownBrowserCookie }),
});

async function refusalsOf(tx: DatabaseOrTransaction, { id }: Member) {
  const entries = await tx
    .select({ details: auditEntries.details, outcome: auditEntries.outcome })
    .from(auditEntries)
    .where(eq(auditEntries.action, "session.refuse"));
  const refusals = entries as { details: { memberId: string; code: string }; outcome: string }[];
  const own = refusals.filter(({ details, outcome }) => details.memberId === id && outcome === "refused");
  return own.map(({ details }) => details.code);
}

const entriesOf = (tx: DatabaseOrTransaction, { id }: Member, action: string) =>
  tx
    .select()
    .from(auditEntries)
    .where(and(eq(auditEntries.action, action), eq(auditEntries.actorId, id)));

test("the right password of a member with a code app opens no session, and the code then does", () =>
  inRolledBackTransaction(async (tx) => {
    const member = await signInWithCodeApp(tx, SET_UP);
    const challenge = await challengeOf(tx, member, later(60));
    expect(await entriesOf(tx, member, "session.ask_code")).toHaveLength(1);
    const typed = codeAt(member.secret, later(70));
    const result = await openSessionWithCode(tx, attemptOf(challenge, ` ${typed} `), later(70));
    if (!result.ok) throw new Error(result.code);
    expect(await viewerOf(tx, result.sessionId)).toMatchObject({
      memberId: member.id,
      proof: { provedWith: "totp", provedAt: later(70) },
    });
    const opened = await entriesOf(tx, member, "session.open");
    expect(opened.filter(({ entityId }) => entityId === result.sessionId)).toMatchObject([
      { details: { provedWith: "totp" } },
    ]);
  }));

test("a code is taken once, and none older than it", () =>
  inRolledBackTransaction(async (tx) => {
    const member = await signInWithCodeApp(tx, SET_UP);
    const challenge = await challengeOf(tx, member, later(60));
    const tried = (typed: string) => openSessionWithCode(tx, attemptOf(challenge, typed), later(60));
    expect(await tried(codeAt(member.secret, later(60)))).toMatchObject({ ok: true });
    for (const seconds of [60, 30]) {
      expect(await tried(codeAt(member.secret, later(seconds)))).toEqual({ ok: false, code: "wrong_code" });
    }
    expect(await refusalsOf(tx, member)).toEqual(["wrong_code", "wrong_code"]);
    expect(await tried(codeAt(member.secret, later(90)))).toMatchObject({ ok: true });
  }));

test("a recovery code opens a session once, and says how many are left", () =>
  inRolledBackTransaction(async (tx) => {
    const member = await signInWithCodeApp(tx, SET_UP);
    const challenge = await challengeOf(tx, member, later(60));
    const typed = member.recoveryCodes[3]?.toUpperCase() ?? "";
    const result = await openSessionWithCode(tx, attemptOf(challenge, typed), later(61));
    if (!result.ok) throw new Error(result.code);
    expect((await viewerOf(tx, result.sessionId)).proof.provedWith).toBe("recovery_code");
    expect(await entriesOf(tx, member, "recovery_code.use")).toMatchObject([{ details: { left: 9 } }]);
    expect(await openSessionWithCode(tx, attemptOf(challenge, typed), later(62))).toMatchObject({
      code: "wrong_code",
    });
  }));

test.each([
  ["five minutes old", 360, async () => {}],
  [
    "of a password that is another one now",
    70,
    (tx: DatabaseOrTransaction, { id }: Member) =>
      tx.update(members).set({ passwordHash: "$argon2id$another" }).where(eq(members.id, id)),
  ],
  [
    "of an account that is disabled now",
    70,
    (tx: DatabaseOrTransaction, { id }: Member) =>
      tx
        .update(members)
        .set({ disabledAt: later(65) })
        .where(eq(members.id, id)),
  ],
])("a challenge %s opens nothing", (_, seconds, change) =>
  inRolledBackTransaction(async (tx) => {
    const member = await signInWithCodeApp(tx, SET_UP);
    const challenge = await challengeOf(tx, member, later(60));
    await change(tx, member);
    const typed = codeAt(member.secret, later(seconds));
    expect(await openSessionWithCode(tx, attemptOf(challenge, typed), later(seconds))).toEqual({
      ok: false,
      code: "challenge_expired",
    });
  }),
);

test("a challenge that was made up opens nothing", () =>
  inRolledBackTransaction(async (tx) => {
    const result = await openSessionWithCode(tx, attemptOf("g1 bm90IG9uZSBvZiBvdXJz", "123456"), SET_UP);
    expect(result).toEqual({ ok: false, code: "challenge_expired" });
  }));

test("wrong codes wait longer and longer, but not in a browser that its owner signed in with before", () =>
  inRolledBackTransaction(async (tx) => {
    const member = await signInWithCodeApp(tx, SET_UP);
    const challenge = await challengeOf(tx, member, later(60));
    for (let tries = 0; tries < 5; tries++) {
      const wrong = await openSessionWithCode(tx, attemptOf(challenge, "000000"), later(60));
      expect(wrong).toEqual({ ok: false, code: "wrong_code" });
    }
    const typed = codeAt(member.secret, later(60));
    expect(await openSessionWithCode(tx, attemptOf(challenge, typed), later(60))).toEqual({
      ok: false,
      code: "throttled",
      waitSeconds: 2,
    });
    const known = makeKnownBrowser(SECRET, member.email);
    expect(await openSessionWithCode(tx, attemptOf(challenge, typed, known), later(60))).toMatchObject({
      ok: true,
    });
  }));
