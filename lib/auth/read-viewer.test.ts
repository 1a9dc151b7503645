import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { memberSessions, members } from "#db/schema/members.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { newIdAt } from "#lib/ids.ts";
import { makeMember } from "#lib/members/testing/make-member.ts";
import { endSession } from "./end-session.ts";
import { readViewer } from "./read-viewer.ts";

const OPENED = new Date("2026-03-13T12:00:00.000Z");
const after = (minutes: number) => new Date(OPENED.getTime() + minutes * 60_000);

async function signedIn(tx: DatabaseOrTransaction) {
  const member = await makeMember(tx, "viewer");
  const id = newIdAt(OPENED);
  await tx.insert(memberSessions).values({
    id,
    memberId: member.id,
    createdAt: OPENED,
    seenAt: OPENED,
    provedAt: OPENED,
    provedWith: "password",
  });
  const endings = () => tx.select().from(auditEntries).where(eq(auditEntries.entityId, id));
  return { member, id, endings };
}

test("a role changed in the database holds from the next request on", () =>
  inRolledBackTransaction(async (tx) => {
    const { member, id } = await signedIn(tx);
    expect(await readViewer(tx, id, OPENED)).toMatchObject({ ok: true, viewer: { role: "viewer" } });
    await tx.update(members).set({ role: "product_manager" }).where(eq(members.id, member.id));
    expect(await readViewer(tx, id, OPENED)).toMatchObject({ ok: true, viewer: { role: "product_manager" } });
  }));

test("a disabled member is out at the next request", () =>
  inRolledBackTransaction(async (tx) => {
    const { member, id } = await signedIn(tx);
    await tx.update(members).set({ disabledAt: OPENED }).where(eq(members.id, member.id));
    expect(await readViewer(tx, id, OPENED)).toEqual({
      ok: false,
      end: "disabled",
      disabled: { id: member.id, role: "viewer" },
    });
  }));

test("an ended session stays ended, and its end is audited once", () =>
  inRolledBackTransaction(async (tx) => {
    const { member, id, endings } = await signedIn(tx);
    const actor = { id: member.id, role: "viewer" } as const;
    const end = { sessionId: id, memberId: member.id, by: "member", actor } as const;
    expect(await endSession(tx, end, after(1))).toEqual({ ended: true });
    expect(await endSession(tx, end, after(2))).toEqual({ ended: false });
    expect(await readViewer(tx, id, after(2))).toEqual({ ok: false, end: "ended" });
    expect(await endings()).toMatchObject([
      { action: "session.end", actorId: member.id, details: { by: "member" } },
    ]);
  }));

test("use keeps a session alive, and 30 minutes without any end it", () =>
  inRolledBackTransaction(async (tx) => {
    const { id, endings } = await signedIn(tx);
    expect(await readViewer(tx, id, after(29))).toMatchObject({ ok: true });
    expect(await readViewer(tx, id, after(58))).toMatchObject({ ok: true });
    expect(await readViewer(tx, id, after(88))).toEqual({ ok: false, end: "idle" });
    expect(await readViewer(tx, id, after(89))).toEqual({ ok: false, end: "ended" });
    expect(await endings()).toMatchObject([
      { action: "session.end", actorId: null, details: { by: "expiry" } },
    ]);
  }));

test("a page that asks by itself keeps no session alive", () =>
  inRolledBackTransaction(async (tx) => {
    const { id } = await signedIn(tx);
    expect(await readViewer(tx, id, after(29), { isUse: false })).toMatchObject({ ok: true });
    expect(await readViewer(tx, id, after(30), { isUse: false })).toEqual({ ok: false, end: "idle" });
  }));

test.each([undefined, "", "not an id", "01a20579-9634-759f-aa75-bef841a26bc1"])(
  "session id %j names nobody",
  (id) =>
    inRolledBackTransaction(async (tx) => {
      expect(await readViewer(tx, id, OPENED)).toEqual({ ok: false, end: "none" });
    }),
);
