import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { enrolments, people } from "#db/schema/people.ts";
import { requestBatches } from "#db/schema/request-batches.ts";
import { dataRequests, requestRecipients } from "#db/schema/requests.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { AUDIT_KEY } from "#lib/audit/testing/audit-key.ts";
import { placeHold } from "#lib/holds/place-hold.ts";
import { newId } from "#lib/ids.ts";
import type { Role } from "#lib/members/schema.ts";
import type { ApiResult } from "#lib/multibiometrics/types.ts";
import { advanceRequest } from "#lib/requests/advance-request.ts";
import { completeRequest } from "#lib/requests/complete-request.ts";
import { composePreview } from "#lib/requests/compose-preview.ts";
import { confirmIdentity } from "#lib/requests/confirm-identity.ts";
import { intendAttempt } from "#lib/requests/intend-attempt.ts";
import { noteDone, noteStart } from "#lib/requests/note-step.ts";
import { openRequest } from "#lib/requests/open-request.ts";
import { proposeDecision } from "#lib/requests/propose-decision.ts";
import { findRequestLocked } from "#lib/requests/queries.ts";
import { settleAttempt } from "#lib/requests/settle-attempt.ts";
import { settleDecision } from "#lib/requests/settle-decision.ts";
import { settleRecipient } from "#lib/requests/settle-recipient.ts";
import type { AttemptKind, Right } from "#lib/requests/types.ts";
import { executeRequest } from "./execute-request.ts";
import { listAttempts, listDueRequests } from "./queries.ts";

const AT = new Date("2026-03-06T13:12:00.000Z");
const QUIET_MS = 60_000;
const later = (ms: number) => new Date(AT.getTime() + ms);
const by = (role: Role) => ({
  actor: { id: newId(), role },
  auditKey: AUDIT_KEY,
  timeZone: "America/Sao_Paulo",
});
const officer = by("compliance_officer");
const second = by("administrator");

type Tx = DatabaseOrTransaction;
type Answer = "ok" | "person_not_found" | "unauthorized";

/** A worker at this time, with the answers the API will give it, and what it wrote into the ledger. */
function desk(tx: Tx, at: Date, answers: Answer[] = []) {
  const lines: string[] = [];
  const call = {
    operation: "delete",
    status: 200,
    latencyMs: 5,
    tries: 1,
    message: null,
    answerSha256: null,
  } as const;
  return {
    lines,
    db: tx,
    api: {
      delete: async (customId: string): Promise<ApiResult<{ customId: string }>> => {
        const answer = answers.shift();
        if (answer === undefined) throw new Error("A call that nothing waits for.");
        if (answer === "ok") return { ok: true, value: { customId }, call };
        return { ok: false, code: answer, call, outcomeUnknown: false };
      },
    },
    ledger: {
      refOf: (customId: string) => `ref-${customId}`,
      appendErasure: async ({ customId }: { customId: string }) => void lines.push(customId),
    },
    clock: () => at,
    auditKey: AUDIT_KEY,
    timeZone: "America/Sao_Paulo",
    quietMs: QUIET_MS,
  };
}

const rowOf = async (tx: Tx, requestId: string) => {
  const row = await findRequestLocked(tx, requestId);
  if (!row) throw new Error("no request");
  return row;
};

/** A request that two people decided to grant, due at once. */
async function approved(tx: Tx, right: Right, recipients: { name: string; note: null }[] = []) {
  const customId = `person-${newId()}`;
  const input = { customId, right, regimes: ["lgpd" as const], channel: "email" as const, receivedAt: AT };
  const opened = await openRequest(tx, input, { actor: officer.actor, applicationId: null }, officer, AT);
  if (!opened.ok) throw new Error(opened.code);
  const { requestId } = opened;
  await confirmIdentity(tx, { requestId, version: 1, method: "known_contact" }, officer, AT);
  const { digest } = await composePreview(tx, input, { customId, key: AUDIT_KEY });
  const seen = { requestId, version: 2, assessment: "as asked", previewDigest: digest, denialGround: null };
  const proposed = await proposeDecision(tx, { ...seen, recipients }, officer, AT);
  if (!proposed.ok) throw new Error(proposed.code);
  const approval = { requestId, version: 3, previewDigest: digest, delayHours: 0, isSingleControl: false };
  const granted = await settleDecision(tx, approval, second, AT);
  if (!granted.ok) throw new Error(granted.code);
  return { requestId, customId };
}

async function person(tx: Tx, customId: string) {
  const id = newId();
  await tx.insert(people).values({
    ...{ id, customId, customIdFolded: customId, status: "enrolled", faceEnrolled: true },
    ...{ legalBasis: "lgpd_11_i_consent", bucket: 1, createdAt: AT },
  });
  return id;
}

test("an erasure is one DELETE and a probe, both written down, and ends with a line in the ledger", () =>
  inRolledBackTransaction(async (tx) => {
    const { requestId, customId } = await approved(tx, "erasure");
    const worker = desk(tx, later(1_000), ["ok", "person_not_found"]);
    expect(await executeRequest(worker, requestId)).toBe("completed");
    const acts = (await listAttempts(tx, await rowOf(tx, requestId))).map(({ kind, state, code }) => [
      kind,
      state,
      code,
    ]);
    expect(acts).toEqual([
      ["delete", "done", "ok"],
      ["probe", "done", "person_not_found"],
    ]);
    expect(worker.lines).toEqual([customId]);
    expect(await rowOf(tx, requestId)).toMatchObject({ state: "completed", customId: null });
  }));

test.each(["intended", "unknown"] as const)(
  "an enrolment that may still arrive at the API (%s) is waited for",
  (state) =>
    inRolledBackTransaction(async (tx) => {
      const { requestId, customId } = await approved(tx, "erasure");
      const personId = await person(tx, customId);
      await tx.insert(enrolments).values({
        ...{ id: newId(), personId, kind: "enrol", state, face: true, source: "gateway", actorId: newId() },
        intendedAt: AT,
      });
      expect(await executeRequest(desk(tx, later(30_000)), requestId)).toBe("enrolment_running");
      expect(await listAttempts(tx, await rowOf(tx, requestId))).toEqual([]);
      const worker = desk(tx, later(61_000), ["ok", "person_not_found"]);
      expect(await executeRequest(worker, requestId)).toBe("completed");
    }),
);

test("a legal hold that was placed after the approval keeps what would be erased", () =>
  inRolledBackTransaction(async (tx) => {
    const { requestId, customId } = await approved(tx, "erasure");
    expect(await placeHold(tx, { customId, reason: "lawsuit" }, officer, AT)).toMatchObject({ ok: true });
    expect(await executeRequest(desk(tx, later(1_000)), requestId)).toBe("on_hold");
    expect(await rowOf(tx, requestId)).toMatchObject({ state: "scheduled" });
    const due = await listDueRequests(tx, { now: later(1_000), leftOverBefore: AT, limit: 10_000 });
    expect(due.map(({ id }) => id)).not.toContain(requestId);
  }));

test("of a request that somebody else completed meanwhile nothing is written into the ledger", () =>
  inRolledBackTransaction(async (tx) => {
    const { requestId } = await approved(tx, "erasure");
    const refused = desk(tx, later(1_000), ["unauthorized"]);
    await executeRequest(refused, requestId);
    const late = desk(tx, later(2_000));
    const request = await rowOf(tx, requestId);
    const outdated = { ...request, version: request.version - 1 };
    const worker = { actor: { id: null, role: "system" } as const, ...late };
    expect(await completeRequest(tx, outdated, worker, later(2_000))).toMatchObject({ ok: false });
    expect(late.lines).toEqual([]);
  }));

/** A rectification in the console's hands, as far as these acts, each of which was done. */
async function rectified(tx: Tx, kinds: AttemptKind[], recipients: { name: string; note: null }[] = []) {
  const { requestId, customId } = await approved(tx, "rectification", recipients);
  const move = async (step: ReturnType<typeof noteDone>) => {
    const seen = { requestId, version: (await rowOf(tx, requestId)).version };
    const moved = await advanceRequest(tx, seen, step, officer, AT);
    if (!moved.ok) throw new Error(moved.code);
  };
  await move(noteStart("start"));
  for (const kind of kinds) {
    const request = await rowOf(tx, requestId);
    const attempt = await intendAttempt(tx, { request, kind, customId }, officer, AT);
    await settleAttempt(tx, attempt, { state: "done", code: "ok", call: null }, officer, AT);
    if (kind === "update") await move(noteDone());
  }
  return requestId;
}

test("a rectification that waited for its recipients is completed once the last was told, and asks for no new capture", () =>
  inRolledBackTransaction(async (tx) => {
    const requestId = await rectified(tx, ["update", "verify"], [{ name: "A partner", note: null }]);
    expect(await executeRequest(desk(tx, later(3_600_000)), requestId)).toBe("waits_for_recipients");
    const [recipient] = await tx
      .select()
      .from(requestRecipients)
      .where(eq(requestRecipients.requestId, requestId));
    const told = { requestId, recipientId: recipient?.id ?? "", state: "told", note: null } as const;
    expect(await settleRecipient(tx, told, officer, later(3_600_000))).toEqual({ ok: true });
    expect(await executeRequest(desk(tx, later(3_601_000)), requestId)).toBe("completed");
  }));

test("a rectification between two acts of the console is left to it, and given up once it is left behind", () =>
  inRolledBackTransaction(async (tx) => {
    const requestId = await rectified(tx, ["update"]);
    expect(await executeRequest(desk(tx, later(1_000)), requestId)).toBe("nothing_to_do");
    expect(await rowOf(tx, requestId)).toMatchObject({ state: "verifying" });
    expect(await executeRequest(desk(tx, later(QUIET_MS)), requestId)).toBe("went_on");
    expect(await rowOf(tx, requestId)).toMatchObject({ state: "failed", nextTryAt: null });
  }));

test("a long list holds up neither what was begun nor a single request that is due after it", () =>
  inRolledBackTransaction(async (tx) => {
    const batchId = newId();
    await tx.insert(requestBatches).values({
      ...{ id: batchId, name: `BULK-${batchId}`, right: "erasure", regimes: ["lgpd"], state: "running" },
      ...{ channel: "email", identityMethod: "known_contact", fileName: "l.csv", fileSha256: "", rows: 9 },
      ...{ receivedAt: AT, dueAt: AT, openedBy: newId(), openedAt: AT, peoplePerMinute: 1 },
    });
    const ofList: string[] = [];
    for (let i = 0; i < 5; i += 1) ofList.push((await approved(tx, "erasure")).requestId);
    for (const id of ofList)
      await tx.update(dataRequests).set({ batchId, dueAt: AT }).where(eq(dataRequests.id, id));
    const { requestId: single } = await approved(tx, "erasure");
    const { requestId: access } = await approved(tx, "access");
    const due = await listDueRequests(tx, { now: later(1_000), leftOverBefore: AT, limit: 3 });
    expect(due.map(({ id }) => id)).toEqual([access, single, [...ofList].sort()[0]]);
  }));
