import { desc, eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { people } from "#db/schema/people.ts";
import { dataRequests } from "#db/schema/requests.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { nameSubject } from "#lib/audit/name-subject.ts";
import { AUDIT_KEY } from "#lib/audit/testing/audit-key.ts";
import { placeHold } from "#lib/holds/place-hold.ts";
import { newId } from "#lib/ids.ts";
import type { LegalBasis } from "#lib/people/schema.ts";
import { blockPerson } from "./block-person.ts";
import { liftBlock } from "./lift-block.ts";
import { openDeletion, previewDeletion } from "./open-deletion.ts";
import { openRequest } from "./open-request.ts";
import { settleDecision } from "./settle-decision.ts";
import type { Right } from "./types.ts";

const AT = new Date("2026-03-06T13:12:00.000Z");
const by = () => ({
  actor: { id: newId(), role: "administrator" as const },
  auditKey: AUDIT_KEY,
  timeZone: "America/Sao_Paulo",
});
const first = by();
const second = by();

async function person(tx: DatabaseOrTransaction, legalBasis: LegalBasis = "lgpd_11_i_consent") {
  const [id, customId] = [newId(), `keeping-${newId()}`];
  await tx.insert(people).values({
    ...{ id, customId, customIdFolded: customId, status: "enrolled", faceEnrolled: true, bucket: 1 },
    ...{ legalBasis, createdAt: AT, enrolledAt: AT },
  });
  // The key before the log, as every verb takes them: tests that lock the log wait for each other in one order.
  await nameSubject(tx, { customId, key: AUDIT_KEY }, AT);
  return { id, customId, legalBasis };
}

async function wish(tx: DatabaseOrTransaction, someone: Awaited<ReturnType<typeof person>>) {
  const { digest } = await previewDeletion(tx, someone, AUDIT_KEY);
  return {
    personId: someone.id,
    why: "test_data" as const,
    words: "From the trial in March",
    previewDigest: digest,
  };
}

const statusOf = async (tx: DatabaseOrTransaction, id: string) =>
  (await tx.select({ status: people.status }).from(people).where(eq(people.id, id)))[0]?.status;

async function asked(tx: DatabaseOrTransaction, customId: string, right: Right): Promise<string> {
  const input = { customId, right, regimes: ["lgpd" as const], channel: "email" as const, receivedAt: AT };
  const opened = await openRequest(tx, input, { actor: second.actor, applicationId: null }, second, AT);
  if (!opened.ok) throw new Error(opened.code);
  return opened.requestId;
}

/** Blocked by a request for it, whose id it answers. */
async function blocked(tx: DatabaseOrTransaction, customId: string): Promise<string> {
  const requestId = await asked(tx, customId, "block");
  await blockPerson(tx, { customId, cause: "request", requestId }, second, AT);
  return requestId;
}

const close = (tx: DatabaseOrTransaction, requestId: string) =>
  tx.update(dataRequests).set({ closedAt: AT, customId: null }).where(eq(dataRequests.id, requestId));

const noLog = (tx: DatabaseOrTransaction, action: string) =>
  tx.execute(
    sql.raw(`alter table audit_entries add constraint none_here check (action <> '${action}') not valid`),
  );

test("a deletion nobody asked for waits for a second administrator, and blocks once it is approved", () =>
  inRolledBackTransaction(async (tx) => {
    const someone = await person(tx);
    const wanted = await wish(tx, someone);
    const opened = await openDeletion(tx, wanted, first, AT);
    if (!opened.ok) throw new Error(opened.code);
    const [row] = await tx.select().from(dataRequests).where(eq(dataRequests.id, opened.requestId));
    expect(row).toMatchObject({ right: "deletion", state: "awaiting_approval", deletionReason: "test_data" });
    expect(await statusOf(tx, someone.id)).toBe("enrolled");
    const entries = await tx
      .select({ action: auditEntries.action })
      .from(auditEntries)
      .where(eq(auditEntries.entityId, opened.requestId))
      .orderBy(auditEntries.at);
    expect(entries.map(({ action }) => action)).toEqual(["request.open", "request.propose"]);
    const seen = {
      requestId: opened.requestId,
      version: row?.version ?? 0,
      previewDigest: row?.previewDigest ?? "",
    };
    const decision = { ...seen, delayHours: 24, isSingleControl: false };
    expect(await settleDecision(tx, decision, first, AT)).toEqual({ ok: false, code: "not_second_person" });
    expect(await settleDecision(tx, decision, second, AT)).toMatchObject({ ok: true });
    expect(await statusOf(tx, someone.id)).toBe("blocked");
    expect(await openDeletion(tx, wanted, first, AT)).toEqual({ ok: false, code: "erasure_open" });
  }));

test("under a hold, from another preview or by the wrong role nothing is opened", () =>
  inRolledBackTransaction(async (tx) => {
    const someone = await person(tx);
    const wanted = await wish(tx, someone);
    const stale = { ...wanted, previewDigest: "00".repeat(32) };
    expect(await openDeletion(tx, stale, first, AT)).toEqual({ ok: false, code: "preview_changed" });
    const officer = { ...first, actor: { ...first.actor, role: "compliance_officer" as const } };
    expect(await openDeletion(tx, wanted, officer, AT)).toEqual({ ok: false, code: "not_your_role" });
    expect(await openDeletion(tx, { ...wanted, personId: newId() }, first, AT)).toEqual({
      ok: false,
      code: "not_found",
    });
    await placeHold(tx, { customId: someone.customId, reason: "Case 12" }, second, AT);
    const seen = await wish(tx, someone);
    expect(await openDeletion(tx, seen, first, AT)).toEqual({ ok: false, code: "on_hold" });
    const open = await tx.select().from(dataRequests).where(eq(dataRequests.customId, someone.customId));
    expect(open).toEqual([]);
  }));

test("a block whose request is carried out is lifted with its reason; one that an open request needs stays", () =>
  inRolledBackTransaction(async (tx) => {
    const someone = await person(tx);
    const lift = { personId: someone.id, reason: "Asked for it at the counter" };
    expect(await liftBlock(tx, lift, first, AT)).toEqual({ ok: false, code: "not_blocked" });
    const requestId = await blocked(tx, someone.customId);
    expect(await liftBlock(tx, lift, first, AT)).toEqual({ ok: false, code: "still_needed" });
    await close(tx, requestId);
    const withdrawal = await asked(tx, someone.customId, "consent_withdrawal");
    expect(await liftBlock(tx, lift, first, AT)).toEqual({ ok: false, code: "still_needed" });
    await close(tx, withdrawal);
    expect(await liftBlock(tx, lift, first, new Date(AT.getTime() + 60_000))).toEqual({ ok: true });
    expect(await statusOf(tx, someone.id)).toBe("enrolled");
    const [entry] = await tx
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.entityId, someone.id))
      .orderBy(desc(auditEntries.at), desc(auditEntries.id))
      .limit(1);
    expect(entry).toMatchObject({
      action: "person.unblock",
      details: { cause: "request", reason: lift.reason },
    });
    expect(await liftBlock(tx, { ...lift, personId: newId() }, first, AT)).toEqual({
      ok: false,
      code: "not_found",
    });
  }));

test("a deletion goes by the law that the record is held under", () =>
  inRolledBackTransaction(async (tx) => {
    const opened = await openDeletion(tx, await wish(tx, await person(tx, "gdpr_9_2_a_consent")), first, AT);
    if (!opened.ok) throw new Error(opened.code);
    const [row] = await tx.select().from(dataRequests).where(eq(dataRequests.id, opened.requestId));
    expect(row?.regimes).toEqual(["gdpr"]);
    expect(JSON.stringify(row?.preview)).toContain("GDPR art. 5(1)");
    expect(JSON.stringify(row?.preview)).not.toContain("LGPD");
  }));

test("a deletion whose proposal cannot be audited is not opened", () =>
  inRolledBackTransaction(async (tx) => {
    const someone = await person(tx);
    const wanted = await wish(tx, someone);
    await noLog(tx, "request.propose");
    await expect(openDeletion(tx, wanted, first, AT)).rejects.toThrow();
    const open = await tx.select().from(dataRequests).where(eq(dataRequests.customId, someone.customId));
    expect(open).toEqual([]);
  }));

test("a block whose end cannot be audited stays", () =>
  inRolledBackTransaction(async (tx) => {
    const someone = await person(tx);
    await close(tx, await blocked(tx, someone.customId));
    await noLog(tx, "person.unblock");
    await expect(
      liftBlock(tx, { personId: someone.id, reason: "Asked for it" }, first, AT),
    ).rejects.toThrow();
    expect(await statusOf(tx, someone.id)).toBe("blocked");
  }));
