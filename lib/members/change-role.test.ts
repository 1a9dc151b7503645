import { and, eq, isNull, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { memberCodeApps, memberRecoveryCodes, memberSessions, members } from "#db/schema/members.ts";
import { notificationEvents } from "#db/schema/notifications.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { openSession } from "#lib/auth/open-session.ts";
import { readViewer } from "#lib/auth/read-viewer.ts";
import { MEMBER_KEY } from "#lib/auth/testing/sign-in-member.ts";
import { newId } from "#lib/ids.ts";
import { createTarget } from "#lib/notifications/create-target.ts";
import { secretKeyOf } from "#lib/notifications/seal-secret.ts";
import { changeRole } from "./change-role.ts";
import { disableMember } from "./disable-member.ts";
import { enableMember } from "./enable-member.ts";
import { endSessions } from "./end-sessions.ts";
import { issueReturnLink } from "./issue-return-link.ts";
import { listMembers } from "./queries.ts";
import { MEMBER_PASSWORD, makeMember } from "./testing/make-member.ts";

const NOW = new Date("2026-03-13T12:00:00.000Z");
// What a failure would be counted under: nothing here fails.
const SUBJECTS = [{ kind: "account", digest: newId() } as const];

async function makeSession(tx: DatabaseOrTransaction, memberId: string, minutesAgo = 0) {
  const at = new Date(NOW.getTime() - minutesAgo * 60_000);
  const session = { id: newId(), memberId, createdAt: at, seenAt: at, endedAt: null };
  await tx.insert(memberSessions).values({ ...session, provedAt: at, provedWith: "password" });
  return session.id;
}

/** Two administrators and one officer, and nobody else who can sign in. */
const withMembers = (
  run: (
    tx: DatabaseOrTransaction,
    who: Record<
      "actor" | "other" | "officer",
      { id: string; role: "administrator" | "compliance_officer" | "product_manager" | "viewer" }
    >,
  ) => Promise<void>,
) =>
  inRolledBackTransaction(async (tx) => {
    await tx.update(members).set({ disabledAt: NOW }).where(isNull(members.disabledAt));
    const actor = await makeMember(tx);
    const other = await makeMember(tx);
    await run(tx, { actor, other, officer: await makeMember(tx, "compliance_officer") });
  });

const entriesOf = async (tx: DatabaseOrTransaction, action: string, entityId?: string) =>
  tx
    .select()
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.action, action),
        entityId === undefined ? undefined : eq(auditEntries.entityId, entityId),
      ),
    );

test("a changed role ends every session in the same transaction, and the entry holds both sides", () =>
  withMembers(async (tx, { actor, other }) => {
    const sessionId = await makeSession(tx, other.id);
    const change = { memberId: other.id, version: 1, role: "viewer" as const };
    expect(await changeRole(tx, change, actor, NOW)).toEqual({ ok: true, endedSessions: 1 });
    expect(await readViewer(tx, sessionId, NOW)).toEqual({ ok: false, end: "ended" });
    const [entry] = await entriesOf(tx, "member.change_role", other.id);
    expect(entry).toMatchObject({
      actorId: actor.id,
      details: { before: "administrator", after: "viewer" },
    });
    const [ended] = await entriesOf(tx, "session.end", sessionId);
    expect(ended).toMatchObject({ actorId: actor.id, details: { memberId: other.id, by: "administrator" } });
    const attempt = {
      email: `${other.id}@company.example`,
      password: MEMBER_PASSWORD,
      subjects: SUBJECTS,
      memberKey: MEMBER_KEY,
    };
    expect(await openSession(tx, attempt, NOW)).toMatchObject({ ok: true });
  }));

test("a disabled member is out at once and cannot sign in until enabled again", () =>
  withMembers(async (tx, { actor, other }) => {
    const sessionId = await makeSession(tx, other.id);
    const seen = { memberId: other.id, version: 1 };
    expect(await disableMember(tx, seen, actor, NOW)).toEqual({ ok: true, endedSessions: 1 });
    expect(await readViewer(tx, sessionId, NOW)).toMatchObject({ ok: false });
    const attempt = {
      email: `${other.id}@company.example`,
      password: MEMBER_PASSWORD,
      subjects: SUBJECTS,
      memberKey: MEMBER_KEY,
    };
    expect(await openSession(tx, attempt, NOW)).toEqual({ ok: false, code: "wrong_credentials" });
    expect(await disableMember(tx, { ...seen, version: 2 }, actor, NOW)).toMatchObject({
      code: "stale_version",
    });
    expect(await changeRole(tx, { ...seen, version: 2, role: "viewer" }, actor, NOW)).toMatchObject({
      code: "stale_version",
    });
    expect(await enableMember(tx, { ...seen, version: 2 }, actor, NOW)).toEqual({ ok: true });
    expect(await readViewer(tx, sessionId, NOW)).toEqual({ ok: false, end: "ended" });
    expect(await openSession(tx, attempt, NOW)).toMatchObject({ ok: true });
  }));

test("nobody changes or disables themselves, and the try stays in the log", () =>
  withMembers(async (tx, { actor }) => {
    const own = { memberId: actor.id, version: 1 };
    const refused = { ok: false, code: "own_account" };
    expect(await changeRole(tx, { ...own, role: "viewer" }, actor, NOW)).toEqual(refused);
    expect(await disableMember(tx, own, actor, NOW)).toEqual(refused);
    const entries = (await entriesOf(tx, "action.refuse")).filter(({ actorId }) => actorId === actor.id);
    expect(entries.map(({ details }) => details)).toEqual(
      expect.arrayContaining([
        { action: "member.change_role", permission: "members.change", because: "own_account" },
        { action: "member.disable", permission: "members.change", because: "own_account" },
      ]),
    );
  }));

test("the last administrator and the last compliance officer stay what they are", () =>
  withMembers(async (tx, { actor, other, officer }) => {
    const system = { id: null, role: "system" } as const;
    const last = { ok: false, code: "last_of_role" };
    const seen = { memberId: officer.id, version: 1 };
    expect(await disableMember(tx, seen, actor, NOW)).toEqual(last);
    expect(await changeRole(tx, { ...seen, role: "administrator" }, actor, NOW)).toEqual(last);
    expect(await disableMember(tx, { memberId: other.id, version: 1 }, actor, NOW)).toMatchObject({
      ok: true,
    });
    const lone = { memberId: actor.id, version: 1 };
    expect(await disableMember(tx, lone, other, NOW)).toEqual(last);
    expect(await changeRole(tx, { ...lone, role: "viewer" }, system, NOW)).toEqual(last);
    expect((await entriesOf(tx, "action.refuse")).length).toBeGreaterThanOrEqual(4);
  }));

test("what was thought out on an older state is refused, and so is what is so already", () =>
  withMembers(async (tx, { actor, other }) => {
    const change = { memberId: other.id, version: 1, role: "viewer" as const };
    expect(await changeRole(tx, { ...change, role: "administrator" }, actor, NOW)).toMatchObject({
      code: "same_role",
    });
    await changeRole(tx, change, actor, NOW);
    expect(await changeRole(tx, { ...change, role: "product_manager" }, actor, NOW)).toMatchObject({
      code: "stale_version",
    });
    expect(await changeRole(tx, { ...change, memberId: newId() }, actor, NOW)).toMatchObject({
      code: "not_found",
    });
    expect(await enableMember(tx, { memberId: other.id, version: 2 }, actor, NOW)).toMatchObject({
      code: "stale_version",
    });
  }));

test("the code app goes only where it is asked for, with its recovery codes, and that is an entry of its own", () =>
  withMembers(async (tx, { actor, other }) => {
    const memberId = other.id;
    await tx
      .insert(memberCodeApps)
      .values({ memberId, secretSealed: "sealed", createdAt: NOW, confirmedAt: NOW });
    await tx
      .insert(memberRecoveryCodes)
      .values([1, 2].map((n) => ({ id: newId(), memberId, codeHash: `${memberId}-${n}`, createdAt: NOW })));
    const shown = async () => (await listMembers(tx, NOW)).find(({ id }) => id === memberId);
    expect(await shown()).toMatchObject({ secondFactor: "code_app", recoveryCodesLeft: 2 });
    await issueReturnLink(tx, { memberId, version: 1, resetCodeApp: false }, actor, NOW);
    expect(await shown()).toMatchObject({ secondFactor: "code_app" });
    await issueReturnLink(tx, { memberId, version: 2, resetCodeApp: true }, actor, NOW);
    expect(await shown()).toMatchObject({ secondFactor: null, recoveryCodesLeft: 0 });
    expect(await entriesOf(tx, "code_app.reset", memberId)).toMatchObject([
      { actorId: actor.id, details: { unusedRecoveryCodes: 2 } },
    ]);
  }));

test("all sessions but one's own end, and those that had run out are not put on the administrator", () =>
  withMembers(async (tx, { actor, other, officer }) => {
    await tx.update(memberSessions).set({ endedAt: NOW }).where(isNull(memberSessions.endedAt));
    const mine = await makeSession(tx, actor.id);
    const mineElsewhere = await makeSession(tx, actor.id);
    const theirs = await makeSession(tx, other.id);
    const idle = await makeSession(tx, officer.id, 45);
    expect(await endSessions(tx, { exceptSessionId: mine }, actor, NOW)).toEqual({ ended: 2 });
    expect(await readViewer(tx, mine, NOW)).toMatchObject({ ok: true });
    const how = async (id: string) => (await entriesOf(tx, "session.end", id)).map(({ details }) => details);
    expect(await how(theirs)).toEqual([{ memberId: other.id, by: "administrator" }]);
    expect(await how(mineElsewhere)).toEqual([{ memberId: actor.id, by: "member" }]);
    expect(await how(idle)).toEqual([{ memberId: officer.id, by: "expiry" }]);
  }));

test.each(["member.change_role", "member.disable", "session.end"])(
  "without its entry %s nothing changes, and the sessions go on",
  (action) =>
    withMembers(async (tx, { actor, other }) => {
      const sessionId = await makeSession(tx, other.id);
      await tx.execute(
        sql.raw(`alter table audit_entries add constraint none_here check (action <> '${action}') not valid`),
      );
      const seen = { memberId: other.id, version: 1 };
      const act = (inner: DatabaseOrTransaction): Promise<unknown> =>
        action === "member.disable"
          ? disableMember(inner, seen, actor, NOW)
          : changeRole(inner, { ...seen, role: "viewer" }, actor, NOW);
      await expect(tx.transaction(act)).rejects.toThrow();
      expect(await readViewer(tx, sessionId, NOW)).toMatchObject({
        ok: true,
        viewer: { role: "administrator" },
      });
    }),
);

test("a new administrator is told to whoever wants to know, and no other role is", () =>
  withMembers(async (tx, { actor, other }) => {
    const target = { kind: "webhook", name: "On call", address: "https://hooks.company.example" } as const;
    const events = ["administrator.added" as const];
    const secretKey = secretKeyOf("5a".repeat(32));
    await createTarget(tx, { ...target, events, locale: "en" }, secretKey, actor, NOW);
    const told = async () =>
      (await tx.select().from(notificationEvents).where(eq(notificationEvents.type, "administrator.added")))
        .map(({ data }) => data)
        .filter((data) => JSON.stringify(data).includes(other.id));
    await changeRole(tx, { memberId: other.id, version: 1, role: "viewer" }, actor, NOW);
    expect(await told()).toEqual([]);
    await changeRole(tx, { memberId: other.id, version: 2, role: "administrator" }, actor, NOW);
    expect(await told()).toEqual([{ memberId: other.id, by: actor.id }]);
  }));
