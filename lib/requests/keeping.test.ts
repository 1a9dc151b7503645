import { desc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { people } from "#db/schema/people.ts";
import { dataRequests } from "#db/schema/requests.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { AUDIT_KEY } from "#lib/audit/testing/audit-key.ts";
import { placeHold } from "#lib/holds/place-hold.ts";
import { newId } from "#lib/ids.ts";
import { recordView } from "#lib/people/record-view.ts";
import { blockPerson } from "./block-person.ts";
import { liftBlock } from "./lift-block.ts";
import { openDeletion, previewDeletion } from "./open-deletion.ts";
import { openRequest } from "./open-request.ts";
import { settleDecision } from "./settle-decision.ts";

const AT = new Date("2026-03-06T13:12:00.000Z");
const by = () => ({
  actor: { id: newId(), role: "administrator" as const },
  auditKey: AUDIT_KEY,
  timeZone: "America/Sao_Paulo",
});
const first = by();
const second = by();

async function person(tx: DatabaseOrTransaction) {
  const [id, customId] = [newId(), `keeping-${newId()}`];
  await tx.insert(people).values({
    ...{ id, customId, customIdFolded: customId, status: "enrolled", faceEnrolled: true, bucket: 1 },
    ...{ legalBasis: "lgpd_11_i_consent", createdAt: AT, enrolledAt: AT },
  });
  // As somebody who opens the page leaves it: from then on the log holds something of the person.
  await recordView(tx, first.actor, { personId: id, subject: { customId, key: AUDIT_KEY } }, AT);
  return { id, customId };
}

async function wish(tx: DatabaseOrTransaction, { id, customId }: { id: string; customId: string }) {
  const { digest } = await previewDeletion(tx, { customId, key: AUDIT_KEY });
  return { personId: id, why: "test_data" as const, words: "From the trial in March", previewDigest: digest };
}

const statusOf = async (tx: DatabaseOrTransaction, id: string) =>
  (await tx.select({ status: people.status }).from(people).where(eq(people.id, id)))[0]?.status;

test("a deletion nobody asked for waits for a second administrator, and blocks once it is approved", () =>
  inRolledBackTransaction(async (tx) => {
    const someone = await person(tx);
    const asked = await wish(tx, someone);
    const opened = await openDeletion(tx, asked, first, AT);
    if (!opened.ok) throw new Error(opened.code);
    const [row] = await tx.select().from(dataRequests).where(eq(dataRequests.id, opened.requestId));
    expect(row).toMatchObject({ right: "deletion", state: "awaiting_approval", deletionReason: "test_data" });
    expect(await statusOf(tx, someone.id)).toBe("enrolled");
    const seen = {
      requestId: opened.requestId,
      version: row?.version ?? 0,
      previewDigest: row?.previewDigest ?? "",
    };
    const decision = { ...seen, delayHours: 24, isSingleControl: false };
    expect(await settleDecision(tx, decision, first, AT)).toEqual({ ok: false, code: "not_second_person" });
    expect(await settleDecision(tx, decision, second, AT)).toMatchObject({ ok: true });
    expect(await statusOf(tx, someone.id)).toBe("blocked");
    expect(await openDeletion(tx, asked, first, AT)).toEqual({ ok: false, code: "being_erased" });
  }));

test("under a hold, from another preview or by the wrong role nothing is opened", () =>
  inRolledBackTransaction(async (tx) => {
    const someone = await person(tx);
    const asked = await wish(tx, someone);
    const stale = { ...asked, previewDigest: "00".repeat(32) };
    expect(await openDeletion(tx, stale, first, AT)).toEqual({ ok: false, code: "preview_changed" });
    const officer = { ...first, actor: { ...first.actor, role: "compliance_officer" as const } };
    expect(await openDeletion(tx, asked, officer, AT)).toEqual({ ok: false, code: "not_your_role" });
    expect(await openDeletion(tx, { ...asked, personId: newId() }, first, AT)).toEqual({
      ok: false,
      code: "not_found",
    });
    await placeHold(tx, { customId: someone.customId, reason: "Case 12" }, second, AT);
    expect(await openDeletion(tx, asked, first, AT)).toEqual({ ok: false, code: "on_hold" });
    const open = await tx.select().from(dataRequests).where(eq(dataRequests.customId, someone.customId));
    expect(open).toEqual([]);
  }));

test("a block whose request is carried out is lifted with its reason; one that an open request needs stays", () =>
  inRolledBackTransaction(async (tx) => {
    const someone = await person(tx);
    const lift = { personId: someone.id, reason: "Asked for it at the counter" };
    expect(await liftBlock(tx, lift, first, AT)).toEqual({ ok: false, code: "not_blocked" });
    const input = { customId: someone.customId, right: "block" as const, regimes: ["lgpd" as const] };
    const opener = { actor: second.actor, applicationId: null };
    const opened = await openRequest(tx, { ...input, channel: "email", receivedAt: AT }, opener, second, AT);
    if (!opened.ok) throw new Error(opened.code);
    const { requestId } = opened;
    await blockPerson(tx, { customId: someone.customId, cause: "request", requestId }, second, AT);
    expect(await liftBlock(tx, lift, first, AT)).toEqual({ ok: false, code: "still_needed" });
    await tx.update(dataRequests).set({ closedAt: AT, customId: null }).where(eq(dataRequests.id, requestId));
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
