import { eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { auditEntries } from "#db/schema/audit.ts";
import { people } from "#db/schema/people.ts";
import { requestBatches, requestBatchRows } from "#db/schema/request-batches.ts";
import { dataRequests } from "#db/schema/requests.ts";
import { type FreshDatabase, freshDatabase } from "#db/testing/fresh-database.ts";
import { AUDIT_KEY } from "#lib/audit/testing/audit-key.ts";
import { placeHold } from "#lib/holds/place-hold.ts";
import { newId } from "#lib/ids.ts";
import { openRequest } from "#lib/requests/open-request.ts";
import { putRetention } from "#lib/retention/put-retention.ts";
import { DEFAULT_RETENTION_VALUES } from "#lib/retention/schema.ts";
import { workLists } from "#worker/jobs/work-lists.ts";
import { approveBatch } from "./approve-batch.ts";
import { assessBatch } from "./assess-batch.ts";
import { proposeRetention } from "./propose-retention.ts";
import { reopenRuled } from "./reopen-ruled.ts";
import { withdrawBatch } from "./withdraw-batch.ts";

const timeZone = "America/Sao_Paulo";
const author = { id: newId(), role: "administrator" } as const;
const officer = { id: newId(), role: "compliance_officer" } as const;
/** Noon of 13 March 2026 in São Paulo; whoever was last active on 12 March 2025 there is past 365 days. */
const NOW = new Date("2026-03-13T15:00:00.000Z");
const later = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);
const LONG_AGO = new Date("2025-01-01T00:00:00.000Z");
let fresh: FreshDatabase;

beforeAll(async () => {
  fresh = await freshDatabase();
  const values = { ...DEFAULT_RETENTION_VALUES, inactivePersonDays: 365 };
  const put = await putRetention(
    fresh.db,
    { values, basedOnVersion: 0, reason: "A year without a sign is enough" },
    author,
    later(-48),
  );
  expect(put.ok).toBe(true);
});
afterAll(() => fresh.drop());
beforeEach(async () => {
  for (const table of ["request_batch_rows", "legal_holds", "data_requests", "request_batches", "people"])
    await fresh.sql.unsafe(`delete from ${table}`);
});

type Times = Partial<
  Pick<typeof people.$inferInsert, "createdAt" | "confirmedAt" | "lastLoginAt" | "status">
>;

async function known(customId: string, times: Times = {}, legalBasis = "lgpd_11_i_consent") {
  await fresh.db.insert(people).values({
    ...{ id: newId(), customId, customIdFolded: customId, status: "enrolled", bucket: 1, legalBasis },
    ...{ faceEnrolled: true, createdAt: LONG_AGO },
    ...times,
  });
}

const desk = (at: Date, db = fresh.db) => ({
  ...{ db, clock: () => at, auditKey: AUDIT_KEY, timeZone, delayHours: 24 },
  signal: new AbortController().signal,
});
const work = async (at: Date) => {
  while (await workLists(desk(at)));
};
const propose = (at = NOW) => proposeRetention(fresh.db, timeZone, at);
const listed = async () => {
  const rows = await fresh.db.select({ customId: requestBatchRows.customId }).from(requestBatchRows);
  return rows.map(({ customId }) => customId).sort();
};
const theList = async () => {
  const [list] = await fresh.db.select().from(requestBatches);
  if (!list) throw new Error("no list");
  return list;
};
const stateOf = async (customId: string) => {
  const rows = await fresh.db.execute<{ state: string }>(sql`
    select d.state from data_requests d join people p on p.id = d.person_id
    where p.custom_id = ${customId} and d.channel = 'retention' order by d.opened_at desc, d.id desc limit 1`);
  return rows[0]?.state ?? null;
};
const approve = async (actor: typeof author | typeof officer, at: Date) => {
  const { id: batchId, version, previewDigest } = await theList();
  const seen = { batchId, version, previewDigest: previewDigest ?? "" };
  return approveBatch(fresh.db, { ...seen, delayHours: 24, isSingleControl: false }, actor, at);
};

test("on the list is who was inactive for longer by days of the installation's zone, and nobody else", async () => {
  await known("past", { createdAt: LONG_AGO, confirmedAt: new Date("2025-03-13T02:59:59.999Z") });
  await known("to the day", { confirmedAt: new Date("2025-03-13T03:00:00.000Z") });
  await known("old way", { lastLoginAt: later(-24) });
  await known("imported lately", { createdAt: later(-24) });
  await known("never enrolled", { status: "pending" });
  expect(await propose()).toMatch(/^BULK-2026-/);
  expect(await listed()).toEqual(["never enrolled", "past"]);
});

test("nobody under a hold, with an open request or blocked is on the list", async () => {
  for (const customId of ["held", "asked", "free"]) await known(customId);
  const by = { actor: officer, auditKey: AUDIT_KEY, timeZone };
  await placeHold(fresh.db, { customId: "held", reason: "a lawsuit" }, by, later(-1));
  await openRequest(
    fresh.db,
    { customId: "asked", right: "access", regimes: ["lgpd"], channel: "email", receivedAt: later(-1) },
    { actor: officer, applicationId: null },
    by,
    later(-1),
  );
  await known("blocked");
  await fresh.sql`update people set status = 'blocked', blocked_for = 'request', blocked_at = now() where custom_id = 'blocked'`;
  await propose();
  expect(await listed()).toEqual(["free"]);
});

test("of a day there is one list, however often and by however many workers it is asked for", async () => {
  await known("past");
  const names = await Promise.all([propose(), propose(), propose()]);
  expect(names.filter((name) => name !== null)).toHaveLength(1);
  await known("past too");
  expect(await propose(later(11))).toBeNull();
  // Midnight in São Paulo has passed.
  expect(await propose(later(12.1))).not.toBeNull();
  expect(await fresh.db.$count(requestBatches)).toBe(2);
  await work(later(12.2));
  expect(await fresh.db.$count(dataRequests)).toBe(2);
});

test("a day whose list was cut off at any statement has the whole list or none", async () => {
  await known("past");
  class Cut extends Error {}
  for (let statements = 0; (await fresh.db.$count(requestBatches)) === 0; statements += 1) {
    let left = statements;
    const logQuery = () => {
      if (left-- <= 0) throw new Cut("killed");
    };
    await proposeRetention(drizzle(fresh.sql, { logger: { logQuery } }), timeZone, NOW).catch((error) => {
      if (!(error instanceof Cut || error.cause instanceof Cut)) throw error;
    });
    expect(await fresh.db.$count(requestBatchRows)).toBe(await fresh.db.$count(requestBatches));
    expect(statements).toBeLessThan(30);
  }
  expect(await propose()).toBeNull();
});

test("the list is opened by nobody, assessed by the rule's author, and approved by one other person of either role", async () => {
  await known("past");
  await known("european", {}, "gdpr_9_2_a_consent");
  await propose();
  await work(NOW);
  const { id, state, openedBy, assessedBy, assessment, dueAt } = await theList();
  expect({ state, openedBy, assessedBy, assessment }).toEqual({
    ...{ state: "awaiting_approval", openedBy: null, assessedBy: author.id },
    assessment: "A year without a sign is enough",
  });
  expect(dueAt > NOW).toBe(true);
  const requests = await fresh.db.select().from(dataRequests).orderBy(dataRequests.customId);
  expect(
    requests.map(({ customId, regimes, deletionReason }) => [customId, regimes, deletionReason]),
  ).toEqual([
    ["european", ["gdpr"], "retention_passed"],
    ["past", ["lgpd"], "retention_passed"],
  ]);
  const entries = await fresh.db.select().from(auditEntries).where(eq(auditEntries.entityId, id));
  expect(entries.map(({ action, actorRole }) => [action, actorRole]).sort()).toEqual([
    ["request_batch.open", "system"],
    ["request_batch.propose", "system"],
  ]);
  expect(await approve(author, later(1))).toEqual({ ok: false, code: "not_second_person" });
  expect((await approve(officer, later(1))).ok).toBe(true);
  await work(later(1));
  expect([await stateOf("past"), await stateOf("european")]).toEqual(["scheduled", "scheduled"]);
});

test("who comes back, is held or asks for something before the approval stays", async () => {
  for (const customId of ["back", "held", "asks", "gone"]) await known(customId);
  await propose();
  await work(NOW);
  await fresh.sql`update people set last_login_at = ${later(1).toISOString()} where custom_id = 'back'`;
  const by = { actor: officer, auditKey: AUDIT_KEY, timeZone };
  await placeHold(fresh.db, { customId: "held", reason: "a lawsuit" }, by, later(1));
  await openRequest(
    fresh.db,
    { customId: "asks", right: "access", regimes: ["lgpd"], channel: "email", receivedAt: later(1) },
    { actor: officer, applicationId: null },
    by,
    later(1),
  );
  expect((await approve(officer, later(2))).ok).toBe(true);
  await work(later(2));
  const states = await Promise.all(["back", "held", "asks", "gone"].map(stateOf));
  expect(states).toEqual(["withdrawn", "withdrawn", "withdrawn", "scheduled"]);
});

test("a list nobody decided on in time is looked at anew, without who came back, and by no officer's word", async () => {
  for (const customId of ["back", "gone"]) await known(customId);
  await propose();
  await work(NOW);
  expect(await reopenRuled(fresh.db, later(71.9))).toBe(0);
  await fresh.sql`update people set last_login_at = ${later(70).toISOString()} where custom_id = 'back'`;
  const { id: batchId, version } = await theList();
  const assessed = await assessBatch(fresh.db, { batchId, version, assessment: "mine" }, officer, later(73));
  expect(assessed).toEqual({ ok: false, code: "illegal_step" });
  expect(await approve(officer, later(73))).toEqual({ ok: false, code: "approval_expired" });
  expect(await reopenRuled(fresh.db, later(73))).toBe(1);
  await work(later(73));
  expect([await stateOf("back"), await stateOf("gone")]).toEqual(["withdrawn", "awaiting_approval"]);
  expect((await approve(officer, later(74))).ok).toBe(true);
});

test("what was taken back is not proposed again for thirty days", async () => {
  await known("past");
  await propose();
  await work(NOW);
  const { id: batchId, version } = await theList();
  await withdrawBatch(fresh.db, { batchId, version, reason: "not now" }, officer, later(1));
  await work(later(1));
  expect(await stateOf("past")).toBe("withdrawn");
  expect(await propose(later(24))).toBeNull();
  expect(await propose(later(24 * 31))).not.toBeNull();
});

test("a list whose audit entry cannot be written is not there", async () => {
  await known("past");
  await fresh.sql`alter table audit_entries add constraint none_here check (action <> 'request_batch.open') not valid`;
  await expect(propose()).rejects.toThrow();
  await fresh.sql`alter table audit_entries drop constraint none_here`;
  expect(await fresh.db.$count(requestBatches)).toBe(0);
});
