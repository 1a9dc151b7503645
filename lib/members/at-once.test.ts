import { eq, isNull } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { memberSessions, members } from "#db/schema/members.ts";
import { type FreshDatabase, freshDatabase } from "#db/testing/fresh-database.ts";
import { openSession } from "#lib/auth/open-session.ts";
import { isPasswordOf } from "#lib/auth/passwords.ts";
import { readViewer } from "#lib/auth/read-viewer.ts";
import { MEMBER_KEY } from "#lib/auth/testing/sign-in-member.ts";
import { newId } from "#lib/ids.ts";
import { acceptInvitation } from "./accept-invitation.ts";
import { changeRole } from "./change-role.ts";
import { disableMember } from "./disable-member.ts";
import { inviteMember } from "./invite-member.ts";
import { countHolders } from "./queries.ts";
import { sendInvitation } from "./send-invitation.ts";
import { makeInvitation } from "./testing/make-invitation.ts";
import { MEMBER_PASSWORD, makeMember } from "./testing/make-member.ts";
import { withdrawInvitation } from "./withdraw-invitation.ts";

let fresh: FreshDatabase;
const NOW = new Date("2026-03-13T12:00:00.000Z");
// What a failure would be counted under: nothing here fails.
const SUBJECTS = [{ kind: "account", digest: newId() } as const];
const ROUNDS = [...Array(5).keys()];

beforeAll(async () => {
  fresh = await freshDatabase(8);
});
afterAll(() => fresh.drop());
beforeEach(() =>
  fresh.db.update(members).set({ disabledAt: NOW }).where(isNull(members.disabledAt)).execute(),
);

test.each(ROUNDS)("of two administrators who demote each other at once, one stays (round %i)", async () => {
  const [ana, bia] = [await makeMember(fresh.db), await makeMember(fresh.db)];
  const results = await Promise.all([
    changeRole(fresh.db, { memberId: bia.id, version: 1, role: "viewer" }, ana, NOW),
    disableMember(fresh.db, { memberId: ana.id, version: 1 }, bia, NOW),
  ]);
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(results).toContainEqual({ ok: false, code: "last_of_role" });
  expect(await countHolders(fresh.db)).toMatchObject({ administrator: 1 });
});

test.each(ROUNDS)("of two who come with one link at once, one sets the password (round %i)", async () => {
  const { token, memberId } = await makeInvitation(fresh.db, NOW);
  const passwords = ["the first of the two", "the second of the two"];
  const results = await Promise.all(
    passwords.map((password) => acceptInvitation(fresh.db, { token, name: "Vera", password }, NOW)),
  );
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(results).toContainEqual({ ok: false, code: "used" });
  const [row] = await fresh.db.select().from(members).where(eq(members.id, memberId));
  const winner = passwords[results.findIndex(({ ok }) => ok)] ?? "";
  expect(await isPasswordOf(row?.passwordHash ?? null, winner)).toBe(true);
});

test.each(ROUNDS)("an invitation is either taken back or used, never both (round %i)", async () => {
  const { token, memberId, actor } = await makeInvitation(fresh.db, NOW);
  const [accepted, withdrawn] = await Promise.all([
    acceptInvitation(fresh.db, { token, name: "Vera", password: "a password of my own" }, NOW),
    withdrawInvitation(fresh.db, { memberId, version: 1 }, actor, NOW),
  ]);
  expect([accepted.ok, withdrawn.ok].sort()).toEqual([false, true]);
});

test("of two administrators who send one invitation again, the second is told", async () => {
  const { memberId, actor } = await makeInvitation(fresh.db, NOW);
  const again = () => sendInvitation(fresh.db, { memberId, version: 1 }, actor, NOW);
  const results = await Promise.all([again(), again()]);
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(results).toContainEqual({ ok: false, code: "stale_version" });
});

test("one address is invited once, however many do it at once", async () => {
  const actor = await makeMember(fresh.db);
  const invitee = { email: "new@company.example", name: "new", role: "viewer" as const };
  const results = await Promise.all([1, 2, 3].map(() => inviteMember(fresh.db, invitee, actor, NOW)));
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
});

test.each(ROUNDS)(
  "a sign-in at the moment of a role change never keeps the old role open (round %i)",
  async () => {
    const actor = await makeMember(fresh.db);
    const { id: memberId, email } = await makeMember(fresh.db);
    const attempt = { email, password: MEMBER_PASSWORD, subjects: SUBJECTS, memberKey: MEMBER_KEY };
    await Promise.all([
      openSession(fresh.db, attempt, NOW),
      changeRole(fresh.db, { memberId, version: 1, role: "viewer" }, actor, NOW),
    ]);
    const sessions = await fresh.db
      .select()
      .from(memberSessions)
      .where(eq(memberSessions.memberId, memberId));
    for (const { id } of sessions) {
      const found = await readViewer(fresh.db, id, NOW);
      expect(found.ok ? found.viewer.role : "viewer").toBe("viewer");
    }
  },
);
