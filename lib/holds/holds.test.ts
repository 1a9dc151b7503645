import { desc, eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { legalHolds } from "#db/schema/holds.ts";
import { dataRequests, requestAttempts } from "#db/schema/requests.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { AUDIT_KEY } from "#lib/audit/testing/audit-key.ts";
import { newId } from "#lib/ids.ts";
import { composePreview } from "#lib/requests/compose-preview.ts";
import { confirmIdentity } from "#lib/requests/confirm-identity.ts";
import { openRequest } from "#lib/requests/open-request.ts";
import { proposeDecision } from "#lib/requests/propose-decision.ts";
import { settleDecision } from "#lib/requests/settle-decision.ts";
import type { AttemptState, RequestState, Right } from "#lib/requests/types.ts";
import { placeHold } from "./place-hold.ts";
import { findStandingHold } from "./queries.ts";
import { releaseHold } from "./release-hold.ts";

const AT = new Date("2026-03-06T13:12:00.000Z");
const later = (hours: number) => new Date(AT.getTime() + hours * 3_600_000);
const by = () => ({
  actor: { id: newId(), role: "compliance_officer" as const },
  auditKey: AUDIT_KEY,
  timeZone: "America/Sao_Paulo",
});
const officer = by();
const second = by();
const someone = () => `person-${newId()}`;
const reason = "Case 12 of the labour court";

async function held(tx: DatabaseOrTransaction, customId = someone()) {
  const placed = await placeHold(tx, { customId, reason }, officer, AT);
  if (!placed.ok) throw new Error(placed.code);
  return { customId, holdId: placed.hold.id, version: placed.hold.version };
}

const release = (tx: DatabaseOrTransaction, of: { holdId: string; version: number }, more = {}) => {
  const asked = {
    holdId: of.holdId,
    version: of.version,
    reason: "The case is over",
    isSingleControl: false,
  };
  const { who = second, ...over } = more as { who?: typeof second };
  return releaseHold(tx, { ...asked, ...over }, who, later(1));
};

/** A request that is opened, assessed to be granted, and as far as it got. */
async function assessed(tx: DatabaseOrTransaction, customId: string, right: Right = "erasure") {
  const input = { customId, right, regimes: ["lgpd" as const], channel: "email" as const, receivedAt: AT };
  const opened = await openRequest(tx, input, { actor: officer.actor, applicationId: null }, officer, AT);
  if (!opened.ok) throw new Error(opened.code);
  const { requestId } = opened;
  await confirmIdentity(tx, { requestId, version: 1, method: "known_contact" }, officer, AT);
  const { digest } = await composePreview(tx, input, { customId, key: AUDIT_KEY });
  const decide = (denialGround: "legal_obligation" | null) => {
    const decision = { requestId, version: 2, assessment: "x", previewDigest: digest, denialGround };
    return proposeDecision(tx, decision, officer, later(1));
  };
  const settle = () => {
    const seen = { requestId, version: 3, previewDigest: digest, delayHours: 24, isSingleControl: false };
    return settleDecision(tx, seen, second, later(2));
  };
  return { requestId, decide, settle };
}

async function stateIs(tx: DatabaseOrTransaction, requestId: string, state: RequestState) {
  await tx.execute(sql`alter table data_requests disable trigger data_requests_legal_step`);
  await tx.update(dataRequests).set({ state }).where(eq(dataRequests.id, requestId));
  await tx.execute(sql`alter table data_requests enable trigger data_requests_legal_step`);
}

const lastAudit = async (tx: DatabaseOrTransaction, id: string) => {
  const [entry] = await tx
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.entityId, id))
    .orderBy(desc(auditEntries.at), desc(auditEntries.id))
    .limit(1);
  return entry;
};

test("a hold stands on one person, and the log names them by reference alone", () =>
  inRolledBackTransaction(async (tx) => {
    const { customId, holdId } = await held(tx);
    expect(await findStandingHold(tx, customId)).toMatchObject({ id: holdId, reason });
    expect(await findStandingHold(tx, `${customId} `)).toBeNull();
    const entry = await lastAudit(tx, holdId);
    expect(entry).toMatchObject({ action: "hold.place", details: { reason } });
    expect(entry?.subjectRef).not.toBeNull();
    expect(JSON.stringify(entry)).not.toContain(customId);
    expect(await placeHold(tx, { customId, reason }, second, later(1))).toEqual({
      ok: false,
      code: "standing_already",
    });
  }));

test("another person releases it, and the person is no longer named by it", () =>
  inRolledBackTransaction(async (tx) => {
    const hold = await held(tx);
    expect(await release(tx, hold, { who: officer })).toEqual({ ok: false, code: "not_second_person" });
    expect(await release(tx, hold)).toMatchObject({ ok: true, hold: { customId: null } });
    expect(await findStandingHold(tx, hold.customId)).toBeNull();
    expect(await lastAudit(tx, hold.holdId)).toMatchObject({
      action: "hold.release",
      details: { reason: "The case is over", isSingleControl: false },
    });
    expect(await release(tx, hold)).toEqual({ ok: false, code: "released_already" });
    await held(tx, hold.customId);
  }));

test("alone the one officer may release what they placed, and the entry says so", () =>
  inRolledBackTransaction(async (tx) => {
    const hold = await held(tx);
    expect(await release(tx, hold, { who: officer, isSingleControl: true })).toMatchObject({ ok: true });
    expect(await lastAudit(tx, hold.holdId)).toMatchObject({ details: { isSingleControl: true } });
  }));

test("the database refuses a release by who placed it, whatever the code says", () =>
  inRolledBackTransaction(async (tx) => {
    const { holdId } = await held(tx);
    const forged = tx.transaction((inner) =>
      inner
        .update(legalHolds)
        .set({ customId: null, releasedBy: officer.actor.id, releasedAt: later(1) })
        .where(eq(legalHolds.id, holdId)),
    );
    await expect(forged).rejects.toMatchObject({ cause: { constraint_name: "legal_holds_second_person" } });
  }));

test("a release of another version, or of no hold, changes nothing", () =>
  inRolledBackTransaction(async (tx) => {
    const hold = await held(tx);
    expect(await release(tx, { ...hold, version: 2 })).toEqual({ ok: false, code: "stale_version" });
    expect(await release(tx, { ...hold, holdId: newId() })).toEqual({ ok: false, code: "not_found" });
    expect(await findStandingHold(tx, hold.customId)).not.toBeNull();
  }));

test("what cannot be audited is neither placed nor released", () =>
  inRolledBackTransaction(async (tx) => {
    const hold = await held(tx);
    await tx.execute(
      sql`alter table audit_entries add constraint none_here check (action not like 'hold.%') not valid`,
    );
    const customId = someone();
    await expect(placeHold(tx, { customId, reason }, officer, AT)).rejects.toThrow();
    await expect(release(tx, hold)).rejects.toThrow();
    expect(await findStandingHold(tx, customId)).toBeNull();
    expect(await findStandingHold(tx, hold.customId)).not.toBeNull();
  }));

test("of a person under a hold no erasure is proposed to be granted; a denial is", () =>
  inRolledBackTransaction(async (tx) => {
    const { customId } = await held(tx);
    const { decide, settle } = await assessed(tx, customId);
    expect(await decide(null)).toEqual({ ok: false, code: "on_hold" });
    expect(await decide("legal_obligation")).toMatchObject({ ok: true });
    expect(await settle()).toMatchObject({ ok: true, request: { state: "denied" } });
  }));

test("a hold that came after the proposal keeps the second person from granting it", () =>
  inRolledBackTransaction(async (tx) => {
    const customId = someone();
    const { requestId, decide, settle } = await assessed(tx, customId);
    expect(await decide(null)).toMatchObject({ ok: true });
    const hold = await held(tx, customId);
    expect(await settle()).toEqual({ ok: false, code: "on_hold" });
    expect(await lastAudit(tx, requestId)).toMatchObject({ action: "request.propose" });
    await release(tx, hold);
    expect(await settle()).toMatchObject({ ok: true });
  }));

test("a hold keeps nobody from what erases nothing", () =>
  inRolledBackTransaction(async (tx) => {
    const { customId } = await held(tx);
    const { decide, settle } = await assessed(tx, customId, "access");
    expect(await decide(null)).toMatchObject({ ok: true });
    expect(await settle()).toMatchObject({ ok: true });
  }));

const attempt = async (tx: DatabaseOrTransaction, requestId: string, state: AttemptState) =>
  tx.insert(requestAttempts).values({
    id: newId(),
    requestId,
    round: 1,
    number: 1,
    kind: "delete",
    state,
    intendedAt: AT,
    settledAt: AT,
  });

test.each([
  ["is scheduled", "scheduled", null, true],
  ["is under way", "executing", null, false],
  ["has an unknown outcome", "outcome_unknown", "unknown", false],
  ["is being checked", "verifying", "done", false],
  ["failed before the API did anything", "failed", "refused", true],
  ["failed after the API may have erased", "failed", "done", false],
] as const)("where an erasure %s, a hold is placed only if it can be kept", (_, state, sent, isPlaced) =>
  inRolledBackTransaction(async (tx) => {
    const customId = someone();
    const { requestId } = await assessed(tx, customId);
    await stateIs(tx, requestId, state);
    if (sent !== null) await attempt(tx, requestId, sent);
    const placed = await placeHold(tx, { customId, reason }, second, later(1));
    expect(placed).toMatchObject(isPlaced ? { ok: true } : { ok: false, code: "being_erased" });
  }),
);
