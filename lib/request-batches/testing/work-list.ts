import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FreshDatabase, freshDatabase } from "#db/testing/fresh-database.ts";
import { AUDIT_KEY } from "#lib/audit/testing/audit-key.ts";
import { placeHold } from "#lib/holds/place-hold.ts";
import { newId } from "#lib/ids.ts";
import { listenIn } from "#lib/notifications/testing/listen-in.ts";
import { openRequest } from "#lib/requests/open-request.ts";
import { workLists } from "#worker/jobs/work-lists.ts";
import { approveBatch } from "../approve-batch.ts";
import { assessBatch } from "../assess-batch.ts";
import { examineList } from "../examine-list.ts";
import { openBatch } from "../open-batch.ts";
import { countRequests, countRows, findBatch } from "../queries.ts";

const timeZone = "America/Sao_Paulo";
const officer = { id: newId(), role: "compliance_officer" } as const;
const second = { id: newId(), role: "administrator" } as const;
let fresh: FreshDatabase;
let now = new Date("2026-03-06T13:00:00.000Z");
const clock = () => {
  now = new Date(now.getTime() + 1);
  return now;
};

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

const desk = (db: typeof fresh.db) => ({
  db,
  clock,
  auditKey: AUDIT_KEY,
  timeZone,
  delayHours: 24,
  signal: new AbortController().signal,
});

/** Works until nothing is left to do, with a worker that is killed again and again. Says how often. */
async function workToTheEnd(people: number, seed: number): Promise<number> {
  let kills = 0;
  let random = seed;
  for (;;) {
    random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
    const db = cutAfter(1 + (random % (4 * people)));
    try {
      while (await workLists(desk(db)));
      return kills;
    } catch (error) {
      const isCut = error instanceof Cut || (error instanceof Error && error.cause instanceof Cut);
      if (!isCut) throw error;
      kills += 1;
    }
  }
}

const seenOf = async (batchId: string) => {
  const batch = await findBatch(fresh.db, batchId);
  if (batch === null) throw new Error("no list");
  return batch;
};

/** A list of so many rows, from the file to the last of its requests, by a worker that is killed again and again. */
export function tryListOf(people: number): void {
  beforeAll(async () => {
    fresh = await freshDatabase();
    await fresh.sql`
      insert into people (id, custom_id, custom_id_folded, status, legal_basis, bucket, created_at, face_enrolled)
      select gen_random_uuid(), 'u-' || i, 'u-' || i, 'enrolled', 'lgpd_11_i_consent', 1, now(), true
      from generate_series(1, ${people}) i`;
  });
  afterAll(() => fresh.drop());
  test(
    `of a list of ${people} every good row becomes one request and every bad one says why, however often the worker is killed`,
    () => workList(people),
    240_000,
  );
}

async function workList(people: number): Promise<void> {
  const heard = await listenIn(fresh.db, now);
  const held = await placeHold(
    fresh.db,
    { customId: "u-4", reason: "a dispute" },
    { actor: officer, auditKey: AUDIT_KEY },
    clock(),
  );
  expect(held.ok).toBe(true);
  const alone = await openRequest(
    fresh.db,
    { customId: "u-3", right: "erasure", regimes: ["lgpd"], channel: "email", receivedAt: now },
    { actor: officer, applicationId: null },
    { auditKey: AUDIT_KEY, timeZone },
    clock(),
  );
  // 13 left out: an open request, a hold, three twice, two no CustomID, five unknown, one written otherwise.
  const bad = ["u-1", "u-2", "u-2", "x".repeat(129), "", "n-1", "n-2", "n-3", "n-4", "n-5", "U-9"];
  const text = ["CustomID;name"];
  for (let i = 1; i <= people - bad.length; i++) text.push(`u-${i};someone`);
  for (const customId of bad) text.push(`${customId};someone`);
  const good = people - 13;
  const list = examineList(new TextEncoder().encode(text.join("\r\n")));
  if (!list.ok) throw new Error(list.trouble);
  const opened = await openBatch(
    fresh.db,
    {
      fileName: "left-members.csv",
      sha256: list.sha256,
      rows: list.rows,
      right: "erasure",
      regimes: ["lgpd"],
      channel: "list",
      receivedAt: now,
      identityMethod: "known_contact",
    },
    { actor: officer, timeZone },
    clock(),
  );
  if (!opened.ok) throw new Error(opened.code);
  const { batchId } = opened;

  let kills = await workToTheEnd(people, 1);
  const checked = await seenOf(batchId);
  const counts = await countRows(fresh.db, batchId);
  expect(checked).toMatchObject({ state: "checked", rows: people });
  expect(counts).toEqual({
    byState: { unread: 0, good, left_out: 13, opened: 0 },
    byTrouble: { not_a_custom_id: 2, twice_in_file: 3, not_known_here: 6, open_request: 1, on_hold: 1 },
  });
  const facts = await fresh.sql<{ fact: string }[]>`
    select distinct fact from request_batch_rows where fact is not null order by 1`;
  expect(facts.map(({ fact }) => fact)).toEqual([
    "2",
    "3",
    alone.ok ? alone.protocol : "",
    "written_otherwise",
  ]);

  const assessed = await assessBatch(
    fresh.db,
    { batchId, version: checked.version, assessment: "they left" },
    officer,
    clock(),
  );
  expect(assessed.ok).toBe(true);
  const since = performance.now();
  kills += await workToTheEnd(people, 2);
  const openedMs = performance.now() - since;
  const waiting = await seenOf(batchId);
  expect(waiting).toMatchObject({
    state: "awaiting_approval",
    previewDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
    preview: {
      goes: expect.arrayContaining([expect.objectContaining({ kind: "face_template", items: good })]),
    },
  });
  expect(await countRequests(fresh.db, batchId)).toEqual({ awaiting_approval: good });
  const [once] = await fresh.sql<{ requests: number; entries: number; named: number }[]>`
    select (select count(*)::int from data_requests where batch_id = ${batchId}) as requests,
      (select count(*)::int from audit_entries where action = 'request.open'
        and details ->> 'batchId' = ${batchId}) as entries,
      (select count(*)::int from request_batch_rows where state = 'opened' and custom_id is not null) as named`;
  expect(once).toEqual({ requests: good, entries: good, named: 0 });

  const approval = {
    batchId,
    version: waiting.version,
    previewDigest: waiting.previewDigest ?? "",
    delayHours: 24,
    isSingleControl: false,
  };
  expect(await approveBatch(fresh.db, approval, officer, clock())).toMatchObject({
    code: "not_second_person",
  });
  const other = { ...approval, previewDigest: "ab".repeat(32) };
  expect(await approveBatch(fresh.db, other, second, clock())).toMatchObject({ code: "preview_changed" });
  // Two at once: one of them approves.
  const both = await Promise.all([
    approveBatch(fresh.db, approval, second, clock()),
    approveBatch(fresh.db, approval, { ...second, id: newId() }, clock()),
  ]);
  expect(both.map((result) => (result.ok ? "ok" : result.code)).sort()).toEqual(["ok", "stale_version"]);
  // One person's preview changes after the approval: they stay behind.
  await fresh.sql`update people set fingers_enrolled = '{2}' where custom_id = 'u-10'`;
  const settledSince = performance.now();
  kills += await workToTheEnd(people, 3);
  const settledMs = performance.now() - settledSince;
  expect(await seenOf(batchId)).toMatchObject({ state: "running" });
  expect(await countRequests(fresh.db, batchId)).toEqual({ scheduled: good - 1 });
  const [behind] = await fresh.sql<{ state: string; decided: string | null }[]>`
    select state, decided_by as decided from data_requests where custom_id = 'u-10'`;
  expect(behind).toEqual({ state: "in_review", decided: null });

  await fresh.db.execute(sql`
    alter table data_requests disable trigger data_requests_legal_step`);
  await fresh.sql`update data_requests set state = 'completed', closed_at = now(), custom_id = null where batch_id = ${batchId}`;
  await workToTheEnd(people, 4);
  expect(await seenOf(batchId)).toMatchObject({ state: "completed", closedAt: expect.any(Date) });
  const told = await heard();
  // Of hundreds of rows nobody is told hundreds of things: the one request is that of u-3, who asked alone.
  expect(told.map(({ type }) => type)).toEqual([
    "request.received",
    "request_list.approved",
    "request_list.completed",
    "request_list.needs_approval",
    "request_list.received",
  ]);
  expect(told[2]?.data).toMatchObject({
    ...{ listId: batchId, rows: people, requests: good - 1, completed: good - 1 },
  });
  expect(JSON.stringify(told)).not.toMatch(/u-\d|left-members/);
  const [left] =
    await fresh.sql`select count(*)::int as named from request_batch_rows where custom_id is not null`;
  expect(left).toEqual({ named: 0 });
  // biome-ignore lint/suspicious/noConsole: the figures are what the test is run for
  console.info(
    `lists: ${people} rows, 13 left out, ${good} requests opened in ${Math.round(openedMs)} ms and settled in ${Math.round(settledMs)} ms, worker killed ${kills} times, nothing twice, nothing lost`,
  );
}
