import { and, eq, like, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { notificationDeliveries, notificationEvents, notificationTargets } from "#db/schema/notifications.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { makeMember } from "#lib/members/testing/make-member.ts";
import { putPolicy } from "#lib/policies/put-policy.ts";
import { findCurrentPolicy } from "#lib/policies/queries.ts";
import { DEFAULT_POLICY_VALUES } from "#lib/policies/schema.ts";
import { putRetention } from "#lib/retention/put-retention.ts";
import { findCurrentRetention } from "#lib/retention/queries.ts";
import { changeTarget } from "./change-target.ts";
import { createTarget } from "./create-target.ts";
import { pauseTarget } from "./pause-target.ts";
import { listTargets } from "./queries.ts";
import { removeTarget } from "./remove-target.ts";
import { resumeTarget } from "./resume-target.ts";
import { rotateSecret } from "./rotate-secret.ts";
import { shownAddress, standingOf } from "./rules.ts";
import { NOTIFICATION_EVENTS, type TargetInput, targetSchema } from "./schema.ts";
import { openSecret, secretKeyOf } from "./seal-secret.ts";
import { testTarget } from "./test-target.ts";
import { startReceiver } from "./testing/start-receiver.ts";

const AT = new Date("2026-03-13T12:00:00.000Z");
const secretKey = secretKeyOf("5a".repeat(32));
const webhook: TargetInput = {
  kind: "webhook",
  name: "On call",
  address: "https://hooks.company.example/gatehouse?token=very-secret",
  events: [...NOTIFICATION_EVENTS],
  locale: "pt-BR",
};

const withTarget = (
  run: (
    tx: DatabaseOrTransaction,
    made: { id: string; secret: string; actor: Awaited<ReturnType<typeof makeMember>> },
  ) => Promise<void>,
) =>
  inRolledBackTransaction(async (tx) => {
    const actor = await makeMember(tx);
    const made = await createTarget(tx, webhook, secretKey, actor, AT);
    if (!made.ok || made.secret === null) throw new Error("no target was made");
    await run(tx, { id: made.targetId, secret: made.secret, actor });
  });

test("the secret is handed out once, and what is stored opens only with the installation's key and for this target", () =>
  withTarget(async (tx, { id, secret }) => {
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const [row] = await tx.select().from(notificationTargets).where(eq(notificationTargets.id, id));
    const sealed = row?.secretSealed ?? "";
    expect(JSON.stringify(row)).not.toContain(secret.slice(6));
    expect(openSecret(secretKey, id, sealed)).toBe(secret);
    expect(openSecret(secretKeyOf("6b".repeat(32)), id, sealed)).toBeNull();
    expect(openSecret(secretKey, "another target", sealed)).toBeNull();
    expect(JSON.stringify(await listTargets(tx))).not.toMatch(/very-secret|whsec_|g1 /);
  }));

test("every act on a target is audited, without its name, address or secret", () =>
  withTarget(async (tx, { id, secret, actor }) => {
    const change = {
      targetId: id,
      name: "Night shift",
      events: ["incident.opened" as const],
      locale: "en" as const,
    };
    expect(await changeTarget(tx, change, actor, AT)).toEqual({ ok: true });
    expect(await pauseTarget(tx, id, actor, AT)).toEqual({ ok: true });
    expect(await pauseTarget(tx, id, actor, AT)).toEqual({ ok: false, code: "paused_already" });
    expect(await resumeTarget(tx, id, actor, AT)).toEqual({ ok: true });
    expect(await resumeTarget(tx, id, actor, AT)).toEqual({ ok: false, code: "not_paused" });
    expect(await rotateSecret(tx, id, secretKey, actor, AT)).toMatchObject({ ok: true });
    expect(await removeTarget(tx, id, actor, AT)).toEqual({ ok: true });
    for (const gone of [pauseTarget, resumeTarget, removeTarget])
      expect(await gone(tx, id, actor, AT)).toEqual({ ok: false, code: "not_found" });
    const entries = await tx
      .select()
      .from(auditEntries)
      .where(and(like(auditEntries.action, "notification_target.%"), eq(auditEntries.actorId, actor.id)));
    expect(entries.map(({ action }) => action.split(".")[1]).sort()).toEqual([
      "change",
      "create",
      "pause",
      "remove",
      "resume",
      "rotate_secret",
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/On call|Night shift|company\.example/);
    expect(JSON.stringify(entries)).not.toContain(secret);
  }));

test("two targets cannot go by one name, and a removed one frees its name", () =>
  withTarget(async (tx, { id, actor }) => {
    expect(await createTarget(tx, webhook, secretKey, actor, AT)).toEqual({ ok: false, code: "name_taken" });
    await removeTarget(tx, id, actor, AT);
    expect(await createTarget(tx, webhook, secretKey, actor, AT)).toMatchObject({ ok: true });
  }));

test("what cannot be audited is not made", () =>
  withTarget(async (tx, { actor }) => {
    await tx.execute(sql`alter table audit_entries add constraint none_here
      check (action <> 'notification_target.create') not valid`);
    const other = { ...webhook, name: "Other" };
    await expect(
      tx.transaction((inner) => createTarget(inner, other, secretKey, actor, AT)),
    ).rejects.toThrow();
    expect(await listTargets(tx)).toHaveLength(1);
  }));

test("a change of the rules and a shorter retention are told in the transaction of the change; a longer one is not", () =>
  withTarget(async (tx, { actor }) => {
    const policy = await findCurrentPolicy(tx);
    const values = { ...DEFAULT_POLICY_VALUES, attemptsBeforeFallback: 2 };
    await putPolicy(tx, { values, basedOnVersion: policy?.version ?? null, reason: null }, actor, AT);
    const wanted = await findCurrentRetention(tx);
    const put = (historyDays: number, basedOnVersion: number) =>
      putRetention(
        tx,
        { values: { ...wanted.values, historyDays }, basedOnVersion, reason: "sample" },
        actor,
        AT,
      );
    await put(wanted.values.historyDays + 1, wanted.version);
    await put(wanted.values.historyDays, wanted.version + 1);
    const told = await tx
      .select({ type: notificationEvents.type, data: notificationEvents.data })
      .from(notificationEvents);
    expect(told.map(({ type }) => type).sort()).toEqual(
      policy === null ? ["retention.shortened"] : ["policy.changed", "retention.shortened"],
    );
    expect(told.find(({ type }) => type === "retention.shortened")?.data).toMatchObject({
      from: "2026-03-14T12:00:00.000Z",
    });
    expect(await tx.select().from(notificationDeliveries)).toHaveLength(told.length);
  }));

test("a test says at once what came back, is tried once, and reaches a paused target too", () =>
  withTarget(async (tx, { actor }) => {
    const receiver = await startReceiver();
    const made = await createTarget(
      tx,
      { ...webhook, name: "Local", address: receiver.url },
      secretKey,
      actor,
      AT,
    );
    if (!made.ok) throw new Error("no target was made");
    const desk = { db: tx, sender: { secretKey, smtp: null, timeZone: "UTC" }, clock: () => AT };
    await pauseTarget(tx, made.targetId, actor, AT);
    expect(await testTarget(desk, made.targetId, actor)).toMatchObject({ result: { ok: true, status: 200 } });
    receiver.answer = (response) => response.writeHead(503).end();
    expect(await testTarget(desk, made.targetId, actor)).toMatchObject({
      result: { ok: false, failure: "http_status", status: 503 },
    });
    const target = (await listTargets(tx)).find(({ name }) => name === "Local");
    expect(target?.deliveries.map(({ type, state }) => `${type} ${state}`).sort()).toEqual([
      "test delivered",
      "test given_up",
    ]);
    await receiver.close();
  }));

test("an e-mail target without a server to hand its letters to says so", () =>
  withTarget(async (tx, { actor }) => {
    const input: TargetInput = { ...webhook, kind: "email", name: "Mail", address: "oncall@company.example" };
    const made = await createTarget(tx, input, secretKey, actor, AT);
    if (!made.ok) throw new Error("no target was made");
    expect(made.secret).toBeNull();
    const desk = { db: tx, sender: { secretKey, smtp: null, timeZone: "UTC" }, clock: () => AT };
    expect(await testTarget(desk, made.targetId, actor)).toMatchObject({
      result: { ok: false, failure: "smtp_not_set" },
    });
  }));

test.each([
  ["another kind of address", "ftp://files.company.example/"],
  ["a script", "javascript:alert(1)"],
  ["a file", "file:///etc/passwd"],
  ["a name and password in it", "https://gate:secret@hooks.company.example/"],
  ["no address", "hooks"],
])("a webhook with %s is refused", (_, address) => {
  expect(targetSchema.safeParse({ ...webhook, address }).success).toBe(false);
});

test("of a web address nothing is shown that may be a secret", () => {
  expect(shownAddress("webhook", "https://hooks.example/a/b?token=s3cret#x")).toBe(
    "https://hooks.example/a/b?…",
  );
  expect(shownAddress("webhook", "http://hooks.example/")).toBe("http://hooks.example");
});

test("a target is failing when what was tried last did not arrive, whatever waits behind it", () => {
  const delivery = { eventId: "e", type: "test", createdAt: AT, nextTryAt: AT, lastTriedAt: AT } as const;
  const rest = { lastStatus: null, lastFailure: null, lastLatencyMs: null };
  const waiting = { ...delivery, ...rest, state: "waiting", attempts: 0 } as const;
  const failed = { ...delivery, ...rest, state: "waiting", attempts: 2 } as const;
  const arrived = { ...delivery, ...rest, state: "delivered", attempts: 1 } as const;
  expect(standingOf({ pausedAt: null, deliveries: [waiting] })).toBe("unused");
  expect(standingOf({ pausedAt: null, deliveries: [waiting, failed, arrived] })).toBe("failing");
  expect(standingOf({ pausedAt: null, deliveries: [arrived, failed] })).toBe("working");
  expect(standingOf({ pausedAt: AT, deliveries: [failed] })).toBe("paused");
});
