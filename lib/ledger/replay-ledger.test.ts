import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { auditEntries } from "#db/schema/audit.ts";
import { erasedSubjects, legalHolds } from "#db/schema/holds.ts";
import { people } from "#db/schema/people.ts";
import { requestBatches, requestBatchRows } from "#db/schema/request-batches.ts";
import { dataRequests, requestAttempts, requestNumbers } from "#db/schema/requests.ts";
import { earlyAdopters } from "#db/schema/rollouts.ts";
import { type FreshDatabase, freshDatabase } from "#db/testing/fresh-database.ts";
import { AUDIT_KEY } from "#lib/audit/testing/audit-key.ts";
import { executeRequest } from "#lib/execution/execute-request.ts";
import { newId } from "#lib/ids.ts";
import { blockPerson } from "#lib/requests/block-person.ts";
import { retryRequest } from "#lib/requests/retry-request.ts";
import type { RequestState, Right } from "#lib/requests/types.ts";
import { openLedger } from "./open-ledger.ts";
import { replayLedger } from "./replay-ledger.ts";
import { ledgerRefOf } from "./rules.ts";
import type { LedgerTrouble } from "./types.ts";

const secret = "12".repeat(32);
const ERASED_AT = new Date("2026-03-13T12:00:00.000Z");
const BACKUP_AT = new Date("2026-03-10T12:00:00.000Z");
const NOW = new Date("2026-03-20T12:00:00.000Z");
const later = (days: number) => new Date(ERASED_AT.getTime() + days * 86_400_000);
const by = {
  actor: { id: null, role: "system" },
  auditKey: AUDIT_KEY,
  timeZone: "America/Sao_Paulo",
} as const;

let database: FreshDatabase;
let folder: string;
let made = 0;
beforeAll(async () => {
  database = await freshDatabase(1);
});
afterAll(() => database.drop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gatehouse-ledger-"));
  await database.sql`truncate people, data_requests, legal_holds, erased_subjects, request_numbers, request_batch_rows, early_adopters cascade`;
  await database.sql`drop table if exists ledger_standing`;
  return () => rm(folder, { recursive: true, force: true });
});

/** Somebody as the restored database holds them. */
async function person(customId = `sample-${newId()}`) {
  const id = newId();
  await database.db.insert(people).values({
    ...{ id, customId, customIdFolded: customId, status: "enrolled", legalBasis: "lgpd_11_i_consent" },
    ...{ bucket: 0, createdAt: BACKUP_AT, enrolledAt: BACKUP_AT, faceEnrolled: true },
  });
  return { id, customId };
}

async function request(
  customId: string | null,
  state: RequestState,
  over: { right?: Right; openedAt?: Date } = {},
) {
  const { right = "erasure", openedAt = BACKUP_AT } = over;
  const id = newId();
  made += 1;
  await database.db.insert(dataRequests).values({
    ...{ id, protocol: `REQ-2025-${made}`, right, regimes: ["lgpd"], state, customId, channel: "email" },
    ...{ subjectRef: "ref", subjectEpoch: 1, receivedAt: openedAt, openedAt, openedBy: newId() },
    ...{ ruleVersion: "1", dueAt: later(30), closedAt: customId === null ? openedAt : null },
  });
  return id;
}

type Told = { customId: string; requestId?: string; protocol?: string; erasedAt?: Date; enrolledAt?: Date };

async function tell(...told: Told[]) {
  const ledger = openLedger({ folder, secret });
  for (const {
    customId,
    requestId = newId(),
    protocol = "REQ-2026-0147",
    erasedAt = ERASED_AT,
    enrolledAt,
  } of told) {
    await ledger.appendErasure({ customId, requestId, protocol, at: erasedAt });
    if (enrolledAt) await ledger.appendEnrolment({ customId, at: enrolledAt });
  }
  await ledger.close();
}

async function replay(at = NOW) {
  await database.sql`drop table if exists ledger_standing`;
  const troubles: LedgerTrouble[] = [];
  const onTrouble = (trouble: LedgerTrouble) => troubles.push(trouble);
  const result = await replayLedger({ database, ledger: { folder, secret }, onTrouble }, by, at);
  expect(troubles).toEqual([]);
  return result;
}

const requestsOf = (customId: string) =>
  database.db
    .select()
    .from(dataRequests)
    .where(eq(dataRequests.customId, customId))
    .orderBy(asc(dataRequests.openedAt));
const rowOf = async (id: string) =>
  (await database.db.select().from(dataRequests).where(eq(dataRequests.id, id)))[0];
const statusOf = async (customId: string) =>
  (await database.db.select().from(people).where(eq(people.customId, customId)))[0]?.status;

test("who was erased after the backup is blocked and erased again by a deletion that says what it repeats", async () => {
  const { customId, id } = await person();
  await tell({ customId, protocol: "REQ-2026-0147" });
  expect(await replay()).toMatchObject({
    opened: 1,
    reopened: 0,
    goes_on: 0,
    left_alone: 0,
    erasedInLedger: 1,
  });
  expect(await statusOf(customId)).toBe("blocked");
  const [opened, ...others] = await requestsOf(customId);
  expect(others).toEqual([]);
  expect(opened).toMatchObject({
    ...{ right: "deletion", deletionReason: "restored", channel: "restore", state: "scheduled" },
    ...{ executeAt: NOW, personId: id, openedBy: null, protocol: "REQ-2026-0148" },
  });
  const entries = await database.db
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.entityId, opened?.id ?? ""));
  expect(entries).toMatchObject([{ action: "request.open", details: { restores: "REQ-2026-0147" } }]);
});

test("who was erased and is named by a list of early adopters alone is erased again", async () => {
  const customId = `sample-${newId()}`;
  await database.db.insert(earlyAdopters).values({ customId, addedBy: newId(), addedAt: BACKUP_AT });
  await tell({ customId });
  expect(await replay()).toMatchObject({ opened: 1 });
  expect(await requestsOf(customId)).toMatchObject([{ right: "deletion", state: "scheduled" }]);
});

test("a request that the database knows as completed is carried out once more, in a new round", async () => {
  const { customId } = await person();
  const requestId = await request(null, "completed");
  await tell({ customId, requestId });
  expect(await replay()).toMatchObject({ reopened: 1, opened: 0 });
  expect(await rowOf(requestId)).toMatchObject({
    ...{ state: "scheduled", customId, round: 2, executeAt: NOW, closedAt: null, reopenedAfterRestore: true },
  });
  expect(await statusOf(customId)).toBe("blocked");
});

test.each<RequestState>(["scheduled", "executing", "outcome_unknown", "verifying", "failed"])(
  "an approved request that is %s goes on by itself, and nothing is opened beside it",
  async (state) => {
    const { customId } = await person();
    const requestId = await request(customId, state);
    await tell({ customId, requestId });
    expect(await replay()).toMatchObject({ goes_on: 1, opened: 0, reopened: 0 });
    expect(await requestsOf(customId)).toMatchObject([{ id: requestId, state }]);
    expect(await statusOf(customId)).toBe("blocked");
  },
);

test.each<RequestState>(["received", "identity_pending", "in_review", "awaiting_approval"])(
  "a request that is %s was decided since: it is withdrawn, and a deletion stands in for it",
  async (state) => {
    const { customId } = await person();
    const requestId = await request(customId, state);
    await tell({ customId, requestId });
    expect(await replay()).toMatchObject({ opened: 1 });
    expect((await rowOf(requestId))?.state).toBe("withdrawn");
    expect(await requestsOf(customId)).toMatchObject([{ right: "deletion", state: "scheduled" }]);
  },
);

test("who enrolled anew since is left alone, and no request from before erases them again", async () => {
  const { customId } = await person();
  const requestId = await request(customId, "scheduled");
  const other = await request(customId, "scheduled", { right: "consent_withdrawal" });
  await tell({ customId, requestId, enrolledAt: later(1) });
  expect(await replay()).toMatchObject({
    left_alone: 1,
    withdrawn: 2,
    opened: 0,
    enrolledInLedger: 1,
  });
  for (const id of [requestId, other]) expect((await rowOf(id))?.state).toBe("withdrawn");
  expect(await statusOf(customId)).toBe("enrolled");
});

/** Neither the worker nor a member who tries it again gets to the API. */
async function tryToGoOn(requestId: string, version: number) {
  let calls = 0;
  const answer = () => {
    calls += 1;
    return Promise.reject(new Error("the API was called"));
  };
  const ledger = { refOf: (customId: string) => ledgerRefOf(secret, customId), appendErasure: answer };
  const desk = { ...by, db: database.db, api: { delete: answer }, ledger, clock: () => later(9), quietMs: 1 };
  const turn = await executeRequest(desk, requestId);
  const officer = { ...by, actor: { id: newId(), role: "compliance_officer" } } as const;
  const retried = await retryRequest(database.db, { requestId, version }, officer, later(9));
  const turnAfter = await executeRequest(desk, requestId);
  return { calls, turn, retried, turnAfter };
}

test.each<RequestState>(["executing", "outcome_unknown", "verifying", "failed"])(
  "a request that the backup holds as %s is closed where its person enrolled anew, and nobody can go on with it",
  async (state) => {
    const { customId, id: personId } = await person();
    const requestId = await request(customId, state);
    await blockPerson(database.db, { customId, cause: "erasure", requestId }, by, BACKUP_AT);
    await database.db.insert(requestAttempts).values({
      ...{ id: newId(), requestId, round: 1, number: 1, kind: state === "verifying" ? "probe" : "delete" },
      ...{ state: "intended", intendedAt: BACKUP_AT },
    });
    await tell({ customId, requestId, enrolledAt: later(1) });
    expect(await replay()).toMatchObject({ left_alone: 1, withdrawn: 1, goes_on: 0 });
    const row = await rowOf(requestId);
    expect(row).toMatchObject({ state: "withdrawn", customId: null, nextTryAt: null, closedAt: NOW });
    expect(await statusOf(customId)).toBe("enrolled");
    const attempts = await database.db
      .select()
      .from(requestAttempts)
      .where(eq(requestAttempts.requestId, requestId));
    expect(attempts).toMatchObject([{ state: "unknown", code: "cut_off", settledAt: NOW }]);
    expect(await tryToGoOn(requestId, row?.version ?? 0)).toEqual({
      calls: 0,
      turn: "nothing_to_do",
      retried: { ok: false, code: "illegal_step" },
      turnAfter: "nothing_to_do",
    });
    expect(await database.db.select().from(people).where(eq(people.customId, customId))).toMatchObject([
      { id: personId, status: "enrolled" },
    ]);
    expect(await replay()).toMatchObject({ left_alone: 1, withdrawn: 0 });
  },
);

test("a request from after the new enrolment stays as it is", async () => {
  const { customId } = await person();
  const id = await request(customId, "scheduled", { openedAt: later(2) });
  await tell({ customId, enrolledAt: later(1) });
  expect(await replay()).toMatchObject({ left_alone: 1, withdrawn: 0 });
  expect((await rowOf(id))?.state).toBe("scheduled");
});

test("who was erased again after enrolling anew is erased again", async () => {
  const { customId } = await person();
  await tell({ customId, enrolledAt: later(1) }, { customId, erasedAt: later(2), protocol: "REQ-2026-0200" });
  expect(await replay()).toMatchObject({ opened: 1, left_alone: 0 });
});

test("whom the ledger does not name stays as they are", async () => {
  const { customId } = await person();
  await tell({ customId: "somebody else" });
  expect(await replay()).toMatchObject({ opened: 0, left_alone: 0, erasedInLedger: 1 });
  expect(await statusOf(customId)).toBe("enrolled");
});

test("an erased person is found by a legal hold or a list too, and a hold that stands is named", async () => {
  const [held, listed] = [`held-${newId()}`, `listed-${newId()}`];
  const batchId = newId();
  await database.db.insert(legalHolds).values({
    ...{ id: newId(), customId: held, subjectRef: "ref", subjectEpoch: 1, reason: "case", placedBy: newId() },
    placedAt: BACKUP_AT,
  });
  await database.db.insert(requestBatches).values({
    ...{
      id: batchId,
      name: `BULK-${batchId}`,
      right: "erasure",
      regimes: ["lgpd"],
      state: "checked",
      rows: 1,
    },
    ...{
      channel: "list",
      identityMethod: "known_contact",
      fileName: "a.csv",
      fileSha256: "0",
      openedBy: newId(),
    },
    ...{ receivedAt: BACKUP_AT, dueAt: NOW, openedAt: BACKUP_AT },
  });
  await database.db.insert(requestBatchRows).values({ batchId, line: 2, customId: listed, state: "good" });
  await tell({ customId: held }, { customId: listed });
  const result = await replay();
  expect(result).toMatchObject({ opened: 2, goes_on: 0 });
  expect(result.held).toEqual([(await requestsOf(held))[0]?.protocol]);
});

test("done twice it changes nothing more, and counts nobody twice", async () => {
  const { customId } = await person();
  await tell({ customId });
  await replay();
  const before = await requestsOf(customId);
  expect(await replay(later(8))).toMatchObject({ opened: 0, goes_on: 1 });
  expect(await requestsOf(customId)).toEqual(before);
});

test("the database knows again who was erased and which protocol numbers were given", async () => {
  await tell({ customId: "a", protocol: "REQ-2026-0041" }, { customId: "b", protocol: "REQ-2026-0199" });
  await replay();
  expect(await database.db.select().from(requestNumbers)).toEqual([{ series: "REQ", year: 2026, last: 199 }]);
  const known = await database.db.select().from(erasedSubjects);
  expect(known.map(({ erasedAt }) => erasedAt)).toEqual([ERASED_AT, ERASED_AT]);
});
