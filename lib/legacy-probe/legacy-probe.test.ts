import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { notificationEvents, notificationTargets } from "#db/schema/notifications.ts";
import { legacyProbes, legacyTrials } from "#db/schema/rollouts.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { newId } from "#lib/ids.ts";
import { secretKeyOf } from "#lib/notifications/seal-secret.ts";
import { type Receiver, startReceiver } from "#lib/notifications/testing/start-receiver.ts";
import { changeProbe } from "./change-probe.ts";
import { endProbe } from "./end-probe.ts";
import { findLegacyProof, findProbe } from "./queries.ts";
import { legacyAnswerOf, nextTrialAt } from "./rules.ts";
import { probeSchema } from "./schema.ts";
import { tryLegacyLogin } from "./try-legacy-login.ts";

const NOW = new Date("2026-03-13T12:00:00.000Z");
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const manager = { id: newId(), role: "product_manager" } as const;
const secretKey = secretKeyOf("ab".repeat(32));
const SECRET = "a-secret-of-the-company";

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.close());

const inputOf = (more: Partial<Record<"url" | "secret" | "withoutSecret", string>> = {}) =>
  probeSchema.parse({ url: receiver.url, everyMinutes: "60", secret: "", ...more });
const change = (tx: DatabaseOrTransaction, more = {}, at = NOW) =>
  changeProbe(tx, inputOf(more), secretKey, manager, at);
const tryAt = (tx: DatabaseOrTransaction, at: Date) => tryLegacyLogin({ db: tx, secretKey, clock: () => at });
const sentSecret = () => receiver.received.at(-1)?.headers.authorization;

test.each([
  ["http://user:word@legacy.example/try", "60", ""],
  ["ftp://legacy.example/try", "60", ""],
  ["legacy.example", "60", ""],
  ["https://legacy.example/try", "0", ""],
  ["https://legacy.example/try", "1441", ""],
  ["https://legacy.example/try", "1.5", ""],
  ["https://legacy.example/try", "60", "two words"],
  ["https://legacy.example/try", "60", "x".repeat(201)],
])("no trial is set to %s every %s minutes with %j", (url, everyMinutes, secret) => {
  expect(probeSchema.safeParse({ url, everyMinutes, secret }).success).toBe(false);
});

test("a trial posts its id with the secret, and an answer of 2xx means that the login worked", () =>
  inRolledBackTransaction(async (tx) => {
    await change(tx, { secret: SECRET });
    receiver.answer = (response) => response.writeHead(204).end();
    const trial = await tryAt(tx, NOW);
    expect(trial).toMatchObject({ trouble: null, status: 204, at: NOW });
    expect(JSON.parse(receiver.received[0]?.body ?? "")).toEqual({
      kind: "gatehouse.legacy_login_trial",
      id: trial?.id,
    });
    expect(sentSecret()).toBe(`Bearer ${SECRET}`);
    expect(await findLegacyProof(tx, later(1))).toMatchObject({ worked: 1, failed: 0, failedInARow: 0 });
  }));

test("the secret is in no row and no entry, and goes to no other address than the one it was given for", () =>
  inRolledBackTransaction(async (tx) => {
    await change(tx, { secret: SECRET });
    expect(JSON.stringify(await tx.select().from(legacyProbes))).not.toContain(SECRET);
    expect(JSON.stringify(await tx.select().from(auditEntries))).not.toContain(SECRET);
    await change(tx, {});
    await tryAt(tx, NOW);
    expect(sentSecret()).toBe(`Bearer ${SECRET}`);
    const moved = `${receiver.url}/moved`;
    expect(await change(tx, { url: moved })).toEqual({ ok: false, code: "secret_again" });
    await tx.update(legacyProbes).set({ url: moved });
    expect(await tryAt(tx, later(1))).toMatchObject({ trouble: "secret_unreadable" });
    expect(receiver.received).toHaveLength(1);
    await change(tx, { withoutSecret: "on" });
    await tryAt(tx, later(2));
    expect(sentSecret()).toBeUndefined();
  }));

test.each([
  [401, "http_status"],
  [302, "redirected"],
])("an answer with %i is no legacy login that worked", (status, trouble) =>
  inRolledBackTransaction(async (tx) => {
    await change(tx);
    receiver.answer = (response) => response.writeHead(status, { location: "/elsewhere" }).end("secret body");
    expect(await tryAt(tx, NOW)).toMatchObject({ trouble, status });
    expect(receiver.received).toHaveLength(1);
    expect(JSON.stringify(await tx.select().from(legacyTrials))).not.toContain("secret body");
  }),
);

test("nobody is there to answer: the trial says so", () =>
  inRolledBackTransaction(async (tx) => {
    await change(tx);
    await receiver.close();
    expect(await tryAt(tx, NOW)).toMatchObject({ trouble: "connection_refused", status: null });
  }));

test("setting, ending and a member's own trial are in the audit log; without an address nothing is tried", () =>
  inRolledBackTransaction(async (tx) => {
    await tx.delete(legacyProbes);
    expect(await tryAt(tx, NOW)).toBeNull();
    await change(tx);
    await tryLegacyLogin({ db: tx, secretKey, clock: () => later(1) }, manager);
    expect(await endProbe(tx, manager, later(2))).toEqual({ ok: true });
    expect(await endProbe(tx, manager, later(3))).toEqual({ ok: false, code: "not_found" });
    expect(await findProbe(tx)).toBeNull();
    const { action, actorId, details, at } = auditEntries;
    const entries = await tx.select({ action, actorId, details }).from(auditEntries).orderBy(at);
    expect(entries.slice(-3)).toEqual([
      { action: "legacy_probe.change", actorId: manager.id, details: { isOn: true, everyMinutes: 60 } },
      { action: "legacy_probe.try", actorId: manager.id, details: { trouble: null, status: 200 } },
      { action: "legacy_probe.change", actorId: manager.id, details: { isOn: false, everyMinutes: null } },
    ]);
  }));

test("two failures in a row are told once, and once that it works again", () =>
  inRolledBackTransaction(async (tx) => {
    await tx.insert(notificationTargets).values({
      ...{ id: newId(), kind: "webhook", name: "everything", address: "http://127.0.0.1:1/", locale: "en" },
      ...{ events: ["legacy_login.failing", "legacy_login.works_again"], secretSealed: "s", createdAt: NOW },
    });
    const told = async () =>
      (await tx.select().from(notificationEvents).orderBy(notificationEvents.at)).map(({ data }) => data);
    await change(tx);
    receiver.answer = (response) => response.writeHead(500).end();
    await tryAt(tx, NOW);
    expect(await told()).toEqual([]);
    for (const minutes of [1, 2]) await tryAt(tx, later(minutes));
    const failing = { failures: 2, trouble: "http_status", status: 500 };
    expect(await told()).toEqual([failing]);
    receiver.answer = (response) => response.writeHead(200).end();
    for (const minutes of [3, 4]) await tryAt(tx, later(minutes));
    expect(await told()).toEqual([failing, { since: later(1).toISOString() }]);
  }));

describe("the next trial", () => {
  const probe = { everyMinutes: 60, changedAt: NOW };
  test.each([
    ["is due at once where there was none", null, NOW],
    ["comes at its pace", later(1), later(61)],
    ["is due at once after a change", later(-1), NOW],
  ])("%s", (_, lastAt, nextAt) => {
    expect(nextTrialAt(probe, lastAt && { at: lastAt })).toEqual(nextAt);
  });
});

describe("the answer", () => {
  const last = { id: newId(), at: NOW, trouble: null, status: 200, tookMs: 5 };
  const proof = { everyMinutes: 60, worked: 1, failed: 0, last, failedInARow: 0 };
  test.each([
    ["nobody", { ...proof, everyMinutes: null }, later(1)],
    ["not_yet", { ...proof, worked: 0, last: null }, later(1)],
    ["failing", { ...proof, failedInARow: 1 }, later(999)],
    ["works", proof, later(65)],
    ["late", proof, later(66)],
  ] as const)("is %s", (answer, given, now) => {
    expect(legacyAnswerOf(given, now)).toBe(answer);
  });
});
