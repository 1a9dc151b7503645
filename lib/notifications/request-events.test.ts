import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { notificationEvents } from "#db/schema/notifications.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { AUDIT_KEY } from "#lib/audit/testing/audit-key.ts";
import { newId } from "#lib/ids.ts";
import { advanceRequest, type Step } from "#lib/requests/advance-request.ts";
import { closeRequest } from "#lib/requests/close-request.ts";
import { completeRequest } from "#lib/requests/complete-request.ts";
import { composePreview } from "#lib/requests/compose-preview.ts";
import { confirmIdentity } from "#lib/requests/confirm-identity.ts";
import { noteDone, noteFailure, noteStart, noteUnknown } from "#lib/requests/note-step.ts";
import { openRequest } from "#lib/requests/open-request.ts";
import { proposeDecision } from "#lib/requests/propose-decision.ts";
import { findRequestLocked } from "#lib/requests/queries.ts";
import { requestIdentity } from "#lib/requests/request-identity.ts";
import { retryRequest } from "#lib/requests/retry-request.ts";
import { sendBackRequest } from "#lib/requests/send-back-request.ts";
import { settleDecision } from "#lib/requests/settle-decision.ts";
import type { DenialGround, Right } from "#lib/requests/types.ts";
import { withdrawRequest } from "#lib/requests/withdraw-request.ts";
import { composeEmail } from "./compose-email.ts";
import { createTarget } from "./create-target.ts";
import { deliverEvent } from "./deliver-event.ts";
import { EVENT_GROUPS, requestEventOf } from "./rules.ts";
import { NOTIFICATION_EVENTS } from "./schema.ts";
import { secretKeyOf } from "./seal-secret.ts";
import { listenIn, type Overheard } from "./testing/listen-in.ts";
import { startReceiver, verified } from "./testing/start-receiver.ts";
import type { ListFacts, Message, RequestFacts } from "./types.ts";

const AT = new Date("2026-03-06T13:12:00.000Z");
const timeZone = "America/Sao_Paulo";
const by = { actor: { id: newId(), role: "compliance_officer" }, auditKey: AUDIT_KEY, timeZone } as const;
const second = { ...by, actor: { id: newId(), role: "administrator" } } as const;
const ledger = { refOf: (customId: string) => `ref-${customId}`, appendErasure: async () => undefined };
const applicationId = newId();
/** Whatever somebody wrote about a person; none of it may leave. */
const WRITTEN = ["written-assessment", "written-reason"] as const;

type Walk = {
  tx: DatabaseOrTransaction;
  requestId: string;
  customId: string;
  /** What one more step told. */
  heard(): Promise<Overheard[]>;
  seen(): Promise<{ requestId: string; version: number }>;
  step(step: Step): Promise<string[]>;
  types(): Promise<string[]>;
};

const walk = (right: Right, run: (walk: Walk) => Promise<void>) =>
  inRolledBackTransaction(async (tx) => {
    const heard = await listenIn(tx, AT);
    const types = async () => (await heard()).map(({ type }) => type);
    const customId = `person-${newId()}`;
    const input = {
      customId,
      right,
      regimes: ["lgpd" as const],
      channel: "application" as const,
      receivedAt: AT,
    };
    const opened = await openRequest(
      tx,
      input,
      { actor: { id: null, role: "system" }, applicationId },
      by,
      AT,
    );
    if (!opened.ok) throw new Error(opened.code);
    const { requestId } = opened;
    const seen = async () => ({
      requestId,
      version: (await findRequestLocked(tx, requestId))?.version ?? 0,
    });
    const step = async (next: Step) => {
      const moved = await advanceRequest(tx, await seen(), next, by, AT);
      if (!moved.ok) throw new Error(moved.code);
      return types();
    };
    await run({ tx, requestId, customId, heard, seen, step, types });
    await expectNothingPersonal(tx, { requestId, customId });
  });

/** Whoever reads a message can tell nothing more than this of a request. */
const FIELDS = [
  ...["applicationId", "dueAt", "executeAt", "proposal", "protocol", "receivedAt", "regimes", "requestId"],
  ...["right", "state"],
];

/** Asked after every walk, of everything that was told on it. */
async function expectNothingPersonal(
  tx: DatabaseOrTransaction,
  { requestId, customId }: { requestId: string; customId: string },
) {
  const row = await findRequestLocked(tx, requestId);
  if (!row) throw new Error("no request");
  const secrets = [customId, row.subjectRef, ...WRITTEN, by.actor.id, second.actor.id];
  const told = await tx.select({ data: notificationEvents.data }).from(notificationEvents);
  expect(told.length).toBeGreaterThan(0);
  for (const { data } of told) {
    expect(Object.keys(data as object).sort()).toEqual(FIELDS);
    for (const secret of secrets) expect(JSON.stringify(data)).not.toContain(secret);
  }
}

async function propose({ tx, requestId, customId, seen }: Walk, denialGround: DenialGround | null = null) {
  const request = await findRequestLocked(tx, requestId);
  if (!request) throw new Error("no request");
  const { digest } = await composePreview(tx, request, { customId, key: AUDIT_KEY });
  const decision = { assessment: WRITTEN[0], previewDigest: digest, denialGround };
  const done = await proposeDecision(tx, { ...(await seen()), ...decision }, by, AT);
  if (!done.ok) throw new Error(done.code);
  return digest;
}

async function decide(walk: Walk, denialGround: DenialGround | null = null) {
  const previewDigest = await propose(walk, denialGround);
  await walk.heard();
  const approval = { previewDigest, delayHours: 24, isSingleControl: false };
  const done = await settleDecision(walk.tx, { ...(await walk.seen()), ...approval }, second, AT);
  if (!done.ok) throw new Error(done.code);
}

const confirm = async ({ tx, seen }: Walk) =>
  confirmIdentity(tx, { ...(await seen()), method: "signed_in" }, by, AT);

test("an erasure tells each step somebody waits for, once, and no other", () =>
  walk("erasure", async (one) => {
    const { tx, requestId, seen, step, types, heard } = one;
    const [received] = await heard();
    expect(received).toEqual({
      type: "request.received",
      data: {
        requestId,
        protocol: expect.stringMatching(/^REQ-2026-\d{4}$/),
        right: "erasure",
        state: "received",
        regimes: ["lgpd"],
        receivedAt: AT.toISOString(),
        dueAt: "2026-03-14T03:00:00.000Z",
        proposal: null,
        executeAt: null,
        applicationId,
      },
    });
    await requestIdentity(tx, await seen(), by, AT);
    await confirm(one);
    expect(await types()).toEqual([]);
    const digest = await propose(one);
    expect(await heard()).toMatchObject([
      { type: "request.needs_approval", data: { state: "awaiting_approval", proposal: "grant" } },
    ]);
    const approval = { previewDigest: digest, delayHours: 24, isSingleControl: false };
    await settleDecision(tx, { ...(await seen()), ...approval }, second, AT);
    expect(await heard()).toMatchObject([
      { type: "request.approved", data: { state: "scheduled", executeAt: "2026-03-07T13:12:00.000Z" } },
    ]);
    expect(await step(noteStart("start"))).toEqual([]);
    expect(await step(noteUnknown(AT))).toEqual(["request.outcome_unknown"]);
    expect(await step(noteFailure("timeout", 6, null))).toEqual(["request.failed"]);
    await retryRequest(tx, await seen(), by, AT);
    expect(await step(noteFailure("unauthorized", 1, AT))).toEqual([]);
    expect(await step(noteStart("retry"))).toEqual([]);
    expect(await step(noteDone())).toEqual([]);
    const request = await findRequestLocked(tx, requestId);
    if (!request) throw new Error("no request");
    expect(await completeRequest(tx, request, { ...by, ledger }, AT)).toMatchObject({ ok: true });
    expect(await types()).toEqual(["request.completed"]);
  }));

test("a denial and what is taken back are told, before and after the approval", () =>
  walk("access", async (one) => {
    const { tx, seen, types } = one;
    await confirm(one);
    await propose(one);
    await types();
    const back = async () => {
      await sendBackRequest(tx, { ...(await seen()), reason: WRITTEN[1] }, by, AT);
      return types();
    };
    expect(await back()).toEqual(["request.sent_back"]);
    await decide(one);
    expect(await types()).toEqual(["request.approved"]);
    expect(await back()).toEqual(["request.sent_back"]);
    await decide(one, "nothing_held");
    expect(await types()).toEqual(["request.denied"]);
  }));

test.each([
  [
    "withdrawn",
    "erasure",
    (one: Walk, seen: Awaited<ReturnType<Walk["seen"]>>) =>
      withdrawRequest(one.tx, { ...seen, reason: WRITTEN[1] }, by, AT),
  ],
  [
    "duplicate",
    "block",
    (one: Walk, seen: Awaited<ReturnType<Walk["seen"]>>) =>
      closeRequest(one.tx, { ...seen, reason: "duplicate" }, by, AT),
  ],
  [
    "not_controller",
    "access",
    (one: Walk, seen: Awaited<ReturnType<Walk["seen"]>>) =>
      closeRequest(one.tx, { ...seen, reason: "not_controller" }, by, AT),
  ],
] as const)("closed as %s is told as closed without a decision", (state, right, close) =>
  walk(right, async (one) => {
    await one.heard();
    await close(one, await one.seen());
    expect(await one.heard()).toMatchObject([{ type: "request.closed", data: { state } }]);
  }),
);

test("a rectification that waits for another capture is not told as failed, one whose sample is gone is", () =>
  walk("rectification", async (one) => {
    const { step, types } = one;
    await confirm(one);
    await decide(one);
    expect(await types()).toEqual(["request.approved"]);
    expect(await step(noteStart("start"))).toEqual([]);
    expect(await step({ ...noteFailure("not_matched", 1, null), isPassing: true })).toEqual([]);
    expect(await step(noteStart("retry"))).toEqual([]);
    expect(await step(noteStart("start"))).toEqual([]);
    expect(await step(noteFailure("sample_gone", 1, null))).toEqual(["request.failed"]);
  }));

test("a step that is rolled back was never told", () =>
  walk("erasure", async (one) => {
    const { tx, seen, types } = one;
    await types();
    const failed = tx.transaction(async (inner) => {
      await withdrawRequest(inner, { ...(await seen()), reason: "x" }, by, AT);
      throw new Error("the step failed");
    });
    await expect(failed).rejects.toThrow("the step failed");
    expect(await types()).toEqual([]);
  }));

test("of a request that came with a list nothing is told, not even that it leaves the list", () => {
  const [state, nextTryAt, batchId] = ["awaiting_approval", null, newId()] as const;
  const listed = { state, nextTryAt, batchId };
  expect(requestEventOf(null, { ...listed, state: "received" })).toBeNull();
  for (const next of ["scheduled", "failed", "completed", "withdrawn", "outcome_unknown"] as const)
    expect(requestEventOf(listed, { ...listed, state: next })).toBeNull();
  expect(requestEventOf(listed, { ...listed, state: "in_review", batchId: null })).toBeNull();
  const alone = { ...listed, batchId: null };
  expect(requestEventOf({ ...alone, state: "in_review" }, alone)).toBe("request.needs_approval");
});

const REQUEST: RequestFacts = {
  ...{
    requestId: newId(),
    protocol: "REQ-2026-0147",
    right: "erasure",
    state: "scheduled",
    regimes: ["lgpd"],
  },
  ...{ receivedAt: AT.toISOString(), dueAt: "2026-03-14T03:00:00.000Z", proposal: "grant" },
  ...{ executeAt: AT.toISOString(), applicationId },
};

const LIST: ListFacts = {
  ...{ listId: newId(), name: "BULK-2026-0004", right: "erasure", state: "running", regimes: ["gdpr"] },
  ...{ receivedAt: AT.toISOString(), dueAt: "2026-04-07T03:00:00.000Z" },
  ...{ rows: 1_000, requests: 987, completed: 12, failed: 3 },
};

const LETTERS = [...EVENT_GROUPS.requests, ...EVENT_GROUPS.lists].flatMap((type) =>
  (["en", "pt-BR"] as const).map((locale) => [type, locale] as const),
);

test.each(LETTERS)("%s has a letter in %s that names it and says its last day", (type, locale) => {
  const isList = type.startsWith("request_list.");
  const message = { type, data: isList ? LIST : REQUEST } as Message;
  const { subject, text } = composeEmail(message, locale, timeZone);
  expect(subject).toMatch(isList ? "BULK-2026-0004" : "REQ-2026-0147");
  expect(text).not.toMatch(/undefined|null|NaN|Invalid/);
  const day = isList ? /6 de abril|April 6|6 April/ : /13 de março|March 13|13 March/;
  if (!/\.(completed|closed|withdrawn)$/.test(type)) expect(text).toMatch(day);
});

test("every event has its place in the chooser, once", () => {
  expect(Object.values(EVENT_GROUPS).flat().sort()).toEqual([...NOTIFICATION_EVENTS].sort());
});

test("a receiver on a socket gets what happened to a request, signed, and follows it by its id", () =>
  inRolledBackTransaction(async (tx) => {
    const receiver = await startReceiver();
    const now = new Date();
    const secretKey = secretKeyOf("5a".repeat(32));
    const target = {
      ...{ kind: "webhook" as const, name: newId(), address: receiver.url, locale: "en" as const },
      events: ["request.received" as const],
    };
    const made = await createTarget(tx, target, secretKey, by.actor, now);
    if (!made.ok || made.secret === null) throw new Error("no target was made");
    const input = { customId: "ana-on-a-socket", right: "erasure" as const, regimes: ["gdpr" as const] };
    const opened = await openRequest(
      tx,
      { ...input, channel: "application", receivedAt: now },
      { actor: { id: null, role: "system" }, applicationId },
      by,
      now,
    );
    if (!opened.ok) throw new Error(opened.code);
    const sender = { secretKey, smtp: null, timeZone };
    const sent = await deliverEvent({ db: tx, sender, clock: () => new Date() }, { targetId: made.targetId });
    expect(sent).toMatchObject({ ok: true });
    const [got] = receiver.received;
    if (!got) throw new Error("nothing arrived");
    expect(verified(made.secret, got)).toMatchObject({
      type: "request.received",
      data: { requestId: opened.requestId, protocol: opened.protocol, applicationId },
    });
    expect(got.body).not.toContain("ana-on-a-socket");
    expect(() =>
      verified(made.secret ?? "", { ...got, body: got.body.replace("erasure", "access") }),
    ).toThrow();
    await receiver.close();
  }));
