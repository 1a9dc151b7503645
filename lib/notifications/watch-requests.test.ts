import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { dataRequests } from "#db/schema/requests.ts";
import { type FreshDatabase, freshDatabase } from "#db/testing/fresh-database.ts";
import { AUDIT_KEY } from "#lib/audit/testing/audit-key.ts";
import type { Regime } from "#lib/deadlines/types.ts";
import { newId } from "#lib/ids.ts";
import { confirmIdentity } from "#lib/requests/confirm-identity.ts";
import { extendRequest } from "#lib/requests/extend-request.ts";
import { openRequest } from "#lib/requests/open-request.ts";
import { requestIdentity } from "#lib/requests/request-identity.ts";
import type { Right } from "#lib/requests/types.ts";
import { withdrawRequest } from "#lib/requests/withdraw-request.ts";
import { listenIn, type Overheard } from "./testing/listen-in.ts";
import { watchRequests } from "./watch-requests.ts";

const AT = new Date("2026-03-06T13:00:00.000Z");
const day = (days: number) => new Date(AT.getTime() + days * 86_400_000);
const timeZone = "America/Sao_Paulo";
const by = { actor: { id: newId(), role: "compliance_officer" }, auditKey: AUDIT_KEY, timeZone } as const;

let fresh: FreshDatabase;
let heard: () => Promise<Overheard[]>;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());
beforeEach(async () => {
  heard = await listenIn(fresh.db, AT);
});
afterEach(async () => {
  await fresh.sql`delete from notification_deliveries`;
  await fresh.sql`truncate notification_events, notification_targets, notification_alarms, data_requests, request_batches cascade`;
});

const look = (now: Date, db = fresh.db) => watchRequests(db, { now, timeZone });
const types = async () => (await heard()).map(({ type }) => type);

async function open(right: Right = "access", regimes: Regime[] = ["lgpd"], receivedAt = AT) {
  const input = { customId: newId(), right, regimes, channel: "email" as const, receivedAt };
  const made = await openRequest(fresh.db, input, { actor: by.actor, applicationId: null }, by, receivedAt);
  if (!made.ok) throw new Error(made.code);
  await heard();
  return { requestId: made.requestId, version: 1 };
}

test("a request is told once as due soon and once as overdue, however often it is looked at", async () => {
  const { requestId } = await open();
  for (const days of [1, 5, 10]) await look(day(days));
  expect(await types()).toEqual([]);
  for (const days of [12, 12.1, 13]) await look(day(days));
  expect(await heard()).toMatchObject([
    { type: "request.due_soon", data: { requestId, dueAt: "2026-03-22T03:00:00.000Z" } },
  ]);
  for (const days of [15.6, 16, 40]) await look(day(days));
  expect(await types()).toEqual(["request.overdue"]);
});

test("one that nobody looked at in time is told as overdue alone, and one that was closed as neither", async () => {
  await open();
  const closed = await open();
  await withdrawRequest(fresh.db, { ...closed, reason: "x" }, by, day(1));
  await heard();
  await look(day(20));
  expect(await types()).toEqual(["request.overdue"]);
});

test("a deadline that is put off is told anew when it comes near", async () => {
  const seen = await open("access", ["gdpr"]);
  await look(day(28));
  expect(await types()).toEqual(["request.due_soon"]);
  const put = await extendRequest(fresh.db, { ...seen, reason: "many of them" }, by, day(28));
  if (!put.ok) throw new Error(put.code);
  for (const days of [28, 29, 32, 50]) await look(day(days));
  expect(await types()).toEqual([]);
  for (const days of [85, 86, 87]) await look(day(days));
  expect(await heard()).toMatchObject([
    { type: "request.due_soon", data: { dueAt: put.dueAt.toISOString() } },
  ]);
});

test("while the clock stands still for a question of identity nothing is told; afterwards by the new deadline", async () => {
  const seen = await open("access", ["gdpr"]);
  await requestIdentity(fresh.db, seen, by, day(2));
  for (const days of [27, 31, 40]) await look(day(days));
  expect(await types()).toEqual([]);
  await confirmIdentity(fresh.db, { ...seen, version: 2, method: "document_seen" }, by, day(40));
  await look(day(41));
  expect(await types()).toEqual([]);
  await look(day(68));
  expect(await types()).toEqual(["request.due_soon"]);
});

test("a list is told instead of its requests, when it is due and when some of them wait for a member", async () => {
  const batchId = newId();
  await fresh.sql`
    insert into request_batches (id, name, "right", regimes, state, channel, identity_method, file_name, file_sha256, rows,
      received_at, due_at, opened_by, opened_at)
    values (${batchId}, 'BULK-2026-0001', 'erasure', '{lgpd}', 'running', 'list', 'known_contact', 'a.csv', 'ab', 3,
      ${AT.toISOString()}, ${day(5).toISOString()}, ${newId()}, ${AT.toISOString()})`;
  for (const _ of [1, 2, 3]) {
    const { requestId } = await open("erasure");
    await fresh.db.update(dataRequests).set({ batchId }).where(eq(dataRequests.id, requestId));
  }
  await look(day(1));
  expect(await types()).toEqual([]);
  await fresh.sql`alter table data_requests disable trigger data_requests_legal_step`;
  const put = (state: "failed" | "executing") => fresh.db.update(dataRequests).set({ state });
  await put("failed");
  for (const days of [1.1, 1.2]) await look(day(days));
  expect(await heard()).toMatchObject([
    { type: "request_list.failed", data: { listId: batchId, requests: 3, failed: 3 } },
  ]);
  await put("executing");
  await look(day(1.3));
  await put("failed");
  await look(day(1.4));
  expect(await types()).toEqual(["request_list.failed"]);
  for (const days of [3, 4, 6]) await look(day(days));
  expect(await types()).toEqual(["request_list.due_soon", "request_list.overdue"]);
  await fresh.sql`alter table data_requests enable trigger data_requests_legal_step`;
});

class Cut extends Error {}

/** A worker whose process ends before one of its statements: what it had not committed is gone. */
function cutAfter(statements: number) {
  let left = statements;
  return drizzle(fresh.sql, {
    logger: {
      logQuery: () => {
        left -= 1;
        if (left < 0) throw new Cut("killed");
      },
    },
  });
}

test("a worker killed before any of its statements loses none of them and tells none twice", async () => {
  for (let i = 0; i < 4; i++) await open("erasure");
  let kills = 0;
  for (let statements = 1; ; statements += 1) {
    try {
      await look(day(6), cutAfter(statements));
      break;
    } catch (error) {
      if (!(error instanceof Cut) && !(error instanceof Error && error.cause instanceof Cut)) throw error;
      kills += 1;
    }
  }
  await look(day(6.1));
  const told = await heard();
  expect(kills).toBeGreaterThan(5);
  expect(told.map(({ type }) => type)).toEqual(Array(4).fill("request.due_soon"));
  expect(new Set(told.map(({ data }) => data.requestId)).size).toBe(4);
});
