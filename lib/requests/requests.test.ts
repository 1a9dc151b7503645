import { desc, eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { people } from "#db/schema/people.ts";
import { dataRequests, requestRecipients } from "#db/schema/requests.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { AUDIT_KEY } from "#lib/audit/testing/audit-key.ts";
import { newId } from "#lib/ids.ts";
import type { Role } from "#lib/members/schema.ts";
import { closeRequest } from "./close-request.ts";
import { composePreview } from "./compose-preview.ts";
import { confirmIdentity } from "./confirm-identity.ts";
import { extendRequest } from "./extend-request.ts";
import { openRequest } from "./open-request.ts";
import { proposeDecision } from "./propose-decision.ts";
import { requestIdentity } from "./request-identity.ts";
import { nextState } from "./rules.ts";
import type { NewRecipient, OpenRequest } from "./schema.ts";
import { sendBackRequest } from "./send-back-request.ts";
import { settleDecision } from "./settle-decision.ts";
import { settleRecipient } from "./settle-recipient.ts";
import { REQUEST_ACTS, REQUEST_STATES, RIGHTS } from "./types.ts";
import { withdrawRequest } from "./withdraw-request.ts";

const AT = new Date("2026-03-06T13:12:00.000Z");
const later = (hours: number) => new Date(AT.getTime() + hours * 3_600_000);
const timeZone = "America/Sao_Paulo";
const by = (role: Role = "compliance_officer") => ({
  actor: { id: newId(), role },
  auditKey: AUDIT_KEY,
  timeZone,
});
const officer = by();
const second = by("administrator");

const wanted = (over: Partial<OpenRequest> = {}): OpenRequest => ({
  customId: `person-${newId()}`,
  right: "erasure",
  regimes: ["lgpd"],
  channel: "email",
  receivedAt: AT,
  ...over,
});

const open = (tx: DatabaseOrTransaction, input: OpenRequest, at = AT) => {
  const opener = { actor: officer.actor, applicationId: null };
  const isDeletion = input.right === "deletion";
  return openRequest(
    tx,
    input,
    isDeletion ? { ...opener, deletionReason: "test_data" } : opener,
    officer,
    at,
  );
};

async function opened(tx: DatabaseOrTransaction, over: Partial<OpenRequest> = {}) {
  const input = wanted(over);
  const made = await open(tx, input);
  if (!made.ok) throw new Error(made.code);
  return { ...made, customId: input.customId, right: input.right };
}

const rowOf = async (tx: DatabaseOrTransaction, id: string) => {
  const [row] = await tx.select().from(dataRequests).where(eq(dataRequests.id, id));
  if (!row) throw new Error("no row");
  return row;
};
const seen = async (tx: DatabaseOrTransaction, requestId: string) => ({
  requestId,
  version: (await rowOf(tx, requestId)).version,
});

async function proposed(
  tx: DatabaseOrTransaction,
  denialGround: "fraud_prevention" | null = null,
  recipients: NewRecipient[] = [],
) {
  const made = await opened(tx);
  await confirmIdentity(tx, { ...(await seen(tx, made.requestId)), method: "known_contact" }, officer, AT);
  const { digest } = await composePreview(
    tx,
    { ...made, regimes: ["lgpd"] },
    { customId: made.customId, key: AUDIT_KEY },
  );
  const decision = { assessment: "consent-based", previewDigest: digest, denialGround, recipients };
  const done = await proposeDecision(
    tx,
    { ...(await seen(tx, made.requestId)), ...decision },
    officer,
    later(1),
  );
  expect(done.ok).toBe(true);
  return { ...made, digest };
}

const decide = async (
  tx: DatabaseOrTransaction,
  { requestId, digest }: { requestId: string; digest: string },
  who = second,
  at = later(2),
  isSingleControl = false,
) =>
  settleDecision(
    tx,
    { ...(await seen(tx, requestId)), previewDigest: digest, delayHours: 24, isSingleControl },
    who,
    at,
  );

const recipientsOf = (tx: DatabaseOrTransaction, requestId: string) =>
  tx.select().from(requestRecipients).where(eq(requestRecipients.requestId, requestId));

const lastAudit = async (tx: DatabaseOrTransaction, requestId: string) => {
  const [entry] = await tx
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.entityId, requestId))
    .orderBy(desc(auditEntries.at), desc(auditEntries.id))
    .limit(1);
  return entry;
};

test("a request gets its number, its deadline and an audit entry that names the person by reference alone", () =>
  inRolledBackTransaction(async (tx) => {
    const [first, next] = [await opened(tx), await opened(tx)];
    expect(first.protocol).toMatch(/^REQ-2026-\d{4}$/);
    expect(Number(next.protocol.slice(-4))).toBe(Number(first.protocol.slice(-4)) + 1);
    expect(first.dueAt).toEqual(new Date("2026-03-14T03:00:00.000Z"));
    const entry = await lastAudit(tx, first.requestId);
    expect(entry).toMatchObject({ action: "request.open", details: { protocol: first.protocol } });
    expect(entry?.subjectRef).toBe((await rowOf(tx, first.requestId)).subjectRef);
    expect(JSON.stringify(entry)).not.toContain(first.customId);
  }));

test("of one person and right only one request is open, and the second is answered with the first", () =>
  inRolledBackTransaction(async (tx) => {
    const first = await opened(tx);
    const again = await open(tx, wanted({ customId: first.customId }));
    expect(again).toMatchObject({ ok: false, code: "open_already", requestId: first.requestId });
    expect(await open(tx, wanted({ customId: first.customId, right: "access" }))).toMatchObject({ ok: true });
    await withdrawRequest(tx, { ...(await seen(tx, first.requestId)), reason: "asked" }, officer, later(1));
    expect(await open(tx, wanted({ customId: first.customId }), later(2))).toMatchObject({ ok: true });
  }));

test("nobody asks tomorrow for something today", () =>
  inRolledBackTransaction(async (tx) => {
    expect(await open(tx, wanted({ receivedAt: later(1) }))).toEqual({
      ok: false,
      code: "received_in_future",
    });
  }));

test("under the GDPR the days of an open question of identity are added to the deadline", () =>
  inRolledBackTransaction(async (tx) => {
    const { requestId, dueAt } = await opened(tx, { regimes: ["gdpr"] });
    await requestIdentity(tx, await seen(tx, requestId), officer, later(24));
    await confirmIdentity(
      tx,
      { ...(await seen(tx, requestId)), method: "document_seen" },
      officer,
      later(24 * 4),
    );
    const row = await rowOf(tx, requestId);
    expect(row.dueAt.getTime() - dueAt.getTime()).toBe(3 * 86_400_000);
    expect(row).toMatchObject({ state: "in_review", identityMethod: "document_seen" });
  }));

test("an extension moves the deadline once, and only where the law knows one", () =>
  inRolledBackTransaction(async (tx) => {
    const { requestId } = await opened(tx, { regimes: ["gdpr"] });
    const extend = async (id: string) =>
      extendRequest(tx, { ...(await seen(tx, id)), reason: "many requests" }, officer, later(24));
    expect(await extend(requestId)).toMatchObject({ ok: true, dueAt: new Date("2026-06-07T03:00:00.000Z") });
    expect(await extend(requestId)).toEqual({ ok: false, code: "extended_already" });
    const { requestId: brazilian } = await opened(tx);
    expect(await extend(brazilian)).toEqual({ ok: false, code: "no_extension" });
  }));

test("what a second person approves waits its delay, and is never decided by who opened or assessed it", () =>
  inRolledBackTransaction(async (tx) => {
    const made = await proposed(tx);
    expect(await decide(tx, made, officer)).toEqual({ ok: false, code: "not_second_person" });
    expect(await decide(tx, made)).toMatchObject({ ok: true });
    expect(await rowOf(tx, made.requestId)).toMatchObject({
      state: "scheduled",
      decidedBy: second.actor.id,
      executeAt: later(26),
    });
    expect(await lastAudit(tx, made.requestId)).toMatchObject({
      action: "request.approve",
      details: { before: "awaiting_approval", after: "scheduled", previewDigest: made.digest },
    });
  }));

test("the database refuses a decision by who opened the request, whatever the code says", () =>
  inRolledBackTransaction(async (tx) => {
    const made = await proposed(tx);
    const forged = tx.transaction((inner) =>
      inner
        .update(dataRequests)
        .set({ state: "scheduled", decidedBy: officer.actor.id, decidedAt: later(2) })
        .where(eq(dataRequests.id, made.requestId)),
    );
    await expect(forged).rejects.toMatchObject({
      cause: { constraint_name: "data_requests_second_person" },
    });
  }));

test("an approval of another preview, or after three days, is refused", () =>
  inRolledBackTransaction(async (tx) => {
    const made = await proposed(tx);
    const other = { ...made, digest: "ab".repeat(32) };
    expect(await decide(tx, other)).toEqual({ ok: false, code: "preview_changed" });
    expect(await decide(tx, made, second, later(73))).toEqual({ ok: false, code: "approval_expired" });
    await sendBackRequest(tx, { ...(await seen(tx, made.requestId)), reason: "too old" }, second, later(73));
    expect(await rowOf(tx, made.requestId)).toMatchObject({ state: "in_review", previewDigest: null });
  }));

test("a request that came with a list is decided with the list alone, until it is sent back and goes on alone", () =>
  inRolledBackTransaction(async (tx) => {
    const made = await proposed(tx);
    const batchId = newId();
    await tx.update(dataRequests).set({ batchId }).where(eq(dataRequests.id, made.requestId));
    expect(await decide(tx, made)).toEqual({ ok: false, code: "decided_by_list" });
    const back = { ...(await seen(tx, made.requestId)), reason: "to be looked at alone" };
    expect(await sendBackRequest(tx, back, officer, later(2))).toMatchObject({ request: { batchId: null } });
  }));

test("a denial needs the second person too, and its person is no longer named afterwards", () =>
  inRolledBackTransaction(async (tx) => {
    const made = await proposed(tx, "fraud_prevention");
    expect(await decide(tx, made, officer)).toEqual({ ok: false, code: "not_second_person" });
    expect(await decide(tx, made)).toMatchObject({ ok: true });
    expect(await rowOf(tx, made.requestId)).toMatchObject({
      state: "denied",
      customId: null,
      closedAt: later(2),
      denialGround: "fraud_prevention",
    });
  }));

test("of two who decide at once the later sees a stale version", () =>
  inRolledBackTransaction(async (tx) => {
    const made = await proposed(tx);
    const stale = await seen(tx, made.requestId);
    const approval = { ...stale, previewDigest: made.digest, delayHours: 24, isSingleControl: false };
    expect(await settleDecision(tx, approval, second, later(2))).toMatchObject({ ok: true });
    expect(await settleDecision(tx, approval, by("administrator"), later(2))).toEqual({
      ok: false,
      code: "stale_version",
    });
  }));

test("what is proposed keeps the legal basis of the record and who else is told, as they were assessed last", () =>
  inRolledBackTransaction(async (tx) => {
    const customId = `person-${newId()}`;
    await tx.insert(people).values({
      id: newId(),
      customId,
      customIdFolded: customId,
      status: "enrolled",
      legalBasis: "lgpd_11_i_consent",
      bucket: 7,
      createdAt: AT,
    });
    const made = await opened(tx, { customId });
    await confirmIdentity(tx, { ...(await seen(tx, made.requestId)), method: "signed_in" }, officer, AT);
    const propose = async (recipients: NewRecipient[]) => {
      const { digest } = await composePreview(
        tx,
        { ...made, regimes: ["lgpd"] },
        { customId, key: AUDIT_KEY },
      );
      const decision = { assessment: "x", previewDigest: digest, denialGround: null, recipients };
      await proposeDecision(tx, { ...(await seen(tx, made.requestId)), ...decision }, officer, later(1));
    };
    await propose([{ name: "Card printer", note: null }]);
    expect(await rowOf(tx, made.requestId)).toMatchObject({ legalBasis: "lgpd_11_i_consent" });
    await sendBackRequest(
      tx,
      { ...(await seen(tx, made.requestId)), reason: "one is missing" },
      second,
      later(2),
    );
    await propose([{ name: "Branch counter", note: "holds the fingers too" }]);
    expect(await recipientsOf(tx, made.requestId)).toMatchObject([
      { name: "Branch counter", note: "holds the fingers too", state: "to_tell" },
    ]);
  }));

test("who else got the data is told after the decision, once, and the person is not named in it", () =>
  inRolledBackTransaction(async (tx) => {
    const made = await proposed(tx, null, [{ name: "Branch counter", note: "holds the fingers too" }]);
    const { requestId } = made;
    const [recipient] = await recipientsOf(tx, requestId);
    const settle = (state: "told" | "excused", note: string | null = null) =>
      settleRecipient(tx, { requestId, recipientId: recipient?.id ?? "", state, note }, officer, later(3));
    expect(await settle("told")).toEqual({ ok: false, code: "illegal_step" });
    await decide(tx, made);
    expect(await settle("told")).toEqual({ ok: true });
    expect(await recipientsOf(tx, requestId)).toMatchObject([
      { state: "told", note: "holds the fingers too", settledBy: officer.actor.id, settledAt: later(3) },
    ]);
    const entry = await lastAudit(tx, requestId);
    expect(entry).toMatchObject({
      action: "request.settle_recipient",
      details: { recipientId: recipient?.id, state: "told" },
    });
    expect(JSON.stringify(entry)).not.toContain(made.customId);
    expect(await settle("excused", "keeps nothing")).toEqual({ ok: false, code: "stale_version" });
  }));

test("of a denial nobody else is told", () =>
  inRolledBackTransaction(async (tx) => {
    const { requestId } = await proposed(tx, "fraud_prevention", [{ name: "Branch counter", note: null }]);
    expect(await recipientsOf(tx, requestId)).toEqual([]);
  }));

test("a deletion nobody asked for is proposed and decided by administrators alone", () =>
  inRolledBackTransaction(async (tx) => {
    const { requestId, customId } = await opened(tx, { right: "deletion", channel: "console" });
    const { digest } = await composePreview(
      tx,
      { right: "deletion", regimes: ["lgpd"] },
      { customId, key: AUDIT_KEY },
    );
    const decision = { assessment: "enrolled twice", previewDigest: digest, denialGround: null };
    const propose = async (who: typeof officer) =>
      proposeDecision(tx, { ...(await seen(tx, requestId)), ...decision }, who, later(1));
    expect(await propose(by("compliance_officer"))).toEqual({ ok: false, code: "not_your_role" });
    expect(await propose(by("administrator"))).toMatchObject({ ok: true });
    expect(await decide(tx, { requestId, digest }, by("compliance_officer"))).toEqual({
      ok: false,
      code: "not_your_role",
    });
    expect(await decide(tx, { requestId, digest }, by("administrator"))).toMatchObject({ ok: true });
  }));

test("alone the one officer may decide, in full delay, and the row says so", () =>
  inRolledBackTransaction(async (tx) => {
    const made = await proposed(tx);
    expect(await decide(tx, made, officer, later(2), true)).toMatchObject({ ok: true });
    expect(await rowOf(tx, made.requestId)).toMatchObject({ isSingleControl: true, executeAt: later(26) });
  }));

test("a step that is not legal where the request stands changes nothing and leaves no entry", () =>
  inRolledBackTransaction(async (tx) => {
    const { requestId } = await opened(tx);
    const before = await rowOf(tx, requestId);
    const closing = { ...(await seen(tx, requestId)), reason: "unverified" } as const;
    expect(await closeRequest(tx, closing, officer, later(1))).toEqual({ ok: false, code: "illegal_step" });
    expect(await rowOf(tx, requestId)).toEqual(before);
    expect(await lastAudit(tx, requestId)).toMatchObject({ action: "request.open" });
  }));

test.each(RIGHTS)("the database lets a request for %s go exactly where the function does", (right) =>
  inRolledBackTransaction(async (tx) => {
    const { requestId } = await opened(tx, { right });
    const moves = async (from: string, to: string) => {
      const outcome = tx.transaction(async (inner) => {
        await inner.execute(sql`alter table data_requests disable trigger data_requests_legal_step`);
        await inner.execute(sql`update data_requests set state = ${from} where id = ${requestId}`);
        await inner.execute(sql`alter table data_requests enable trigger data_requests_legal_step`);
        await inner.execute(sql`update data_requests set state = ${to} where id = ${requestId}`);
      });
      return outcome.then(
        () => true,
        (error) => {
          expect(error.cause.message).toContain("does not go from");
          return false;
        },
      );
    };
    for (const from of REQUEST_STATES) {
      for (const to of REQUEST_STATES.filter((state) => state !== from)) {
        const isLegal = REQUEST_ACTS.some((act) => nextState(right, from, act) === to);
        expect([from, to, await moves(from, to)]).toEqual([from, to, isLegal]);
      }
    }
  }),
);
