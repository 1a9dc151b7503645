import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type FreshDatabase, freshDatabase } from "#db/testing/fresh-database.ts";
import { log } from "#lib/log.ts";
import { createTarget } from "#lib/notifications/create-target.ts";
import { noteEvent } from "#lib/notifications/note-event.ts";
import { pauseTarget } from "#lib/notifications/pause-target.ts";
import { removeTarget } from "#lib/notifications/remove-target.ts";
import { resumeTarget } from "#lib/notifications/resume-target.ts";
import { rotateSecret } from "#lib/notifications/rotate-secret.ts";
import { RETRY_AFTER_MS } from "#lib/notifications/rules.ts";
import { secretKeyOf } from "#lib/notifications/seal-secret.ts";
import { type Receiver, startReceiver, verified } from "#lib/notifications/testing/start-receiver.ts";
import { sendNotificationsJob } from "./send-notifications.ts";

const SECRET = "5a".repeat(32);
const secretKey = secretKeyOf(SECRET);
const system = { id: null, role: "system" } as const;
const event = { type: "policy.changed", data: { version: 7 } } as const;

let database: FreshDatabase;
let receiver: Receiver;
let now: Date;
beforeAll(async () => {
  database = await freshDatabase(8);
});
const auditDir = mkdtempSync(join(tmpdir(), "gatehouse-worker-"));
afterAll(async () => {
  rmSync(auditDir, { recursive: true });
  await database.drop();
});
beforeEach(async () => {
  // Signatures are refused by receivers whose clock differs by minutes.
  now = new Date();
  receiver = await startReceiver();
  await database.sql`truncate notification_deliveries, notification_events, notification_targets`;
});
afterEach(() => receiver.close());

const job = sendNotificationsJob({ secretKey, smtp: null, timeZone: "UTC" });
const run = () => job.run({ database, clock: () => now, log, signal: new AbortController().signal });
const pass = (ms: number) => {
  now = new Date(now.getTime() + ms);
};
async function target(name: string, address = receiver.url) {
  const input = { kind: "webhook", name, address, events: ["policy.changed"], locale: "en" } as const;
  const made = await createTarget(
    database.db,
    { ...input, events: [...input.events] },
    secretKey,
    system,
    now,
  );
  if (!made.ok || made.secret === null) throw new Error("no target was made");
  return { id: made.targetId, secret: made.secret };
}
const deliveries = () =>
  database.sql<{ name: string; state: string; attempts: number; failure: string | null }[]>`
    select t.name, d.state, d.attempts, d.last_failure as failure
    from notification_deliveries d join notification_targets t on t.id = d.target_id order by 1`;

test("what happened is posted once, signed, to every target that wants to know, and to no other", async () => {
  const first = await target("first");
  const second = await target("second");
  await noteEvent(database.db, event, now);
  await noteEvent(
    database.db,
    { type: "gateway.back", data: { gateway: "g", since: now.toISOString() } },
    now,
  );
  await run();
  await run();
  expect(receiver.received).toHaveLength(2);
  const [one, other] = receiver.received;
  if (!one || !other) throw new Error("two were to arrive");
  expect(one.headers["webhook-id"]).toBe(other.headers["webhook-id"]);
  const taken = receiver.received.map((got) =>
    [first.secret, second.secret].filter((secret) => {
      try {
        return verified(secret, got).type === "policy.changed";
      } catch {
        return false;
      }
    }),
  );
  expect(taken.flat().sort()).toEqual([first.secret, second.secret].sort());
  expect(JSON.parse(one.body)).toEqual({ ...event, version: 1, timestamp: now.toISOString() });
});

test("an event that was rolled back is never sent", async () => {
  await target("first");
  await database.db
    .transaction(async (tx) => {
      await noteEvent(tx, event, now);
      throw new Error("the change failed");
    })
    .catch(() => undefined);
  await run();
  expect(receiver.received).toHaveLength(0);
});

test("a failed delivery is tried again after 10 s, 1 min, … with the same id, then given up", async () => {
  await target("first");
  await noteEvent(database.db, event, now);
  receiver.answer = (response) => response.writeHead(500).end();
  await run();
  for (const wait of RETRY_AFTER_MS) {
    pass(wait - 1);
    const before = receiver.received.length;
    await run();
    expect(receiver.received).toHaveLength(before);
    pass(1);
    await run();
    expect(receiver.received).toHaveLength(before + 1);
  }
  expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  expect(await deliveries()).toEqual([
    { name: "first", state: "given_up", attempts: 7, failure: "http_status" },
  ]);
  pass(RETRY_AFTER_MS.at(-1) ?? 0);
  await run();
  expect(receiver.received).toHaveLength(7);
});

test("a target that is slow or down holds up no other", async () => {
  const slow = await startReceiver();
  slow.answer = (response) => setTimeout(() => response.writeHead(200).end(), 700);
  await target("down", "http://127.0.0.1:1/");
  await target("slow", slow.url);
  await target("well");
  await noteEvent(database.db, event, now);
  const turn = run();
  await expect.poll(() => receiver.received.length, { timeout: 600, interval: 10 }).toBe(1);
  await turn;
  expect(await deliveries()).toEqual([
    { name: "down", state: "waiting", attempts: 1, failure: "connection_refused" },
    { name: "slow", state: "delivered", attempts: 1, failure: null },
    { name: "well", state: "delivered", attempts: 1, failure: null },
  ]);
  await slow.close();
});

test("two workers at once send each message once", async () => {
  await target("first");
  for (let i = 0; i < 20; i += 1) await noteEvent(database.db, event, now);
  await Promise.all([run(), run(), run()]);
  expect(receiver.received).toHaveLength(20);
  expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"])).size).toBe(20);
});

test("a paused target is told nothing, also later; what was under way goes on when it is resumed", async () => {
  const { id } = await target("first");
  await noteEvent(database.db, event, now);
  await pauseTarget(database.db, id, system, now);
  await noteEvent(database.db, event, now);
  await run();
  expect(receiver.received).toHaveLength(0);
  await resumeTarget(database.db, id, system, now);
  await run();
  expect(receiver.received).toHaveLength(1);
});

test("a removed target is sent nothing more, and its secret is gone", async () => {
  const { id } = await target("first");
  await noteEvent(database.db, event, now);
  await removeTarget(database.db, id, system, now);
  await run();
  expect(receiver.received).toHaveLength(0);
  const [row] = await database.sql`select secret_sealed from notification_targets where id = ${id}`;
  expect(row).toEqual({ secret_sealed: null });
});

test("a rotated secret and the one before both verify for a day, then the new one alone", async () => {
  const { id, secret } = await target("first");
  const rotated = await rotateSecret(
    database.db,
    id,
    secretKey,
    system,
    new Date(now.getTime() - 86_000_000),
  );
  if (!rotated.ok) throw new Error("not rotated");
  await noteEvent(database.db, event, now);
  await run();
  const [during] = receiver.received;
  if (!during) throw new Error("nothing arrived");
  expect(verified(secret, during)).toEqual(verified(rotated.secret, during));
  await database.sql`update notification_targets set previous_secret_until = ${now.toISOString()}`;
  await noteEvent(database.db, event, now);
  await run();
  const [, after] = receiver.received;
  if (!after) throw new Error("nothing arrived");
  expect(() => verified(secret, after)).toThrow();
  expect(verified(rotated.secret, after)).toMatchObject(event);
});

test("a secret moved to another target, or sealed with another key, signs nothing", async () => {
  const [first, second] = [await target("first"), await target("second")];
  await database.sql`update notification_targets set secret_sealed =
    (select secret_sealed from notification_targets where id = ${second.id}) where id = ${first.id}`;
  await noteEvent(database.db, event, now);
  await run();
  expect(await deliveries()).toMatchObject([
    { name: "first", failure: "secret_unreadable" },
    { name: "second", state: "delivered" },
  ]);
});

test("what a killed worker was sending is sent again by the next one, under the same id", async () => {
  await target("first");
  await noteEvent(database.db, event, now);
  receiver.answer = () => undefined;
  const child: ChildProcess = fork(fileURLToPath(new URL("../main.ts", import.meta.url)), [], {
    execArgv: ["--import", "tsx"],
    env: {
      ...process.env,
      DATABASE_URL: database.url,
      GATEHOUSE_NOTIFICATION_SECRET: SECRET,
      UNLEASH_URL: "http://127.0.0.1:9",
      UNLEASH_ADMIN_TOKEN: "*:*.nobody-listens-there",
      UNLEASH_ENVIRONMENT: "development",
      GATEHOUSE_AUDIT_SIGNING_KEY: SECRET,
      GATEHOUSE_AUDIT_DIR: auditDir,
      GATEHOUSE_AUDIT_SECRET: SECRET,
      GATEHOUSE_LEDGER_SECRET: SECRET,
      GATEHOUSE_LEDGER_DIR: auditDir,
      MULTIBIOMETRICS_URL: "http://127.0.0.1:9",
      MULTIBIOMETRICS_API_KEY: "not-used",
      LOG_LEVEL: "silent",
    },
  });
  await expect.poll(() => receiver.received.length, { timeout: 15_000 }).toBe(1);
  child.kill("SIGKILL");
  await once(child, "exit");
  receiver.answer = (response) => response.writeHead(200).end();
  now = new Date();
  await run();
  expect(receiver.received, "while the lease of the dead one holds").toHaveLength(1);
  pass(61_000);
  await run();
  const ids = receiver.received.map(({ headers }) => headers["webhook-id"]);
  expect(ids).toHaveLength(2);
  expect(ids[0]).toBe(ids[1]);
  expect(await deliveries()).toEqual([{ name: "first", state: "delivered", attempts: 2, failure: null }]);
});
