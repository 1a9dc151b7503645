import { and, eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { auditEntries } from "#db/schema/audit.ts";
import { people } from "#db/schema/people.ts";
import { requestBatches, requestBatchRows } from "#db/schema/request-batches.ts";
import { dataRequests } from "#db/schema/requests.ts";
import { rollouts, templateSettlements } from "#db/schema/rollouts.ts";
import { type FreshDatabase, freshDatabase } from "#db/testing/fresh-database.ts";
import { AUDIT_KEY } from "#lib/audit/testing/audit-key.ts";
import type { AuditAction } from "#lib/audit/types.ts";
import { placeHold } from "#lib/holds/place-hold.ts";
import { newId } from "#lib/ids.ts";
import { approveBatch } from "#lib/request-batches/approve-batch.ts";
import { withdrawBatch } from "#lib/request-batches/withdraw-batch.ts";
import { liftBlock } from "#lib/requests/lift-block.ts";
import { openRequest } from "#lib/requests/open-request.ts";
import type { BatchState } from "#lib/requests/types.ts";
import type { TemplateChoice } from "#lib/rollout/schema.ts";
import { workLists } from "#worker/jobs/work-lists.ts";
import { findTemplatesProgress, listOpenSettlements } from "./queries.ts";
import { resumeSettlement } from "./resume-settlement.ts";
import { templatesStandingOf } from "./rules.ts";
import { settleTemplates } from "./settle-templates.ts";
import type { TemplatesProgress, TemplatesStanding } from "./types.ts";

const timeZone = "America/Sao_Paulo";
const manager = { id: newId(), role: "product_manager" } as const;
const officer = { id: newId(), role: "compliance_officer" } as const;
const NOW = new Date("2026-03-13T15:00:00.000Z");
const later = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);
const STARTED = later(-100);
let rolloutId: string;
let fresh: FreshDatabase;

beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());
beforeEach(async () => {
  rolloutId = newId();
  for (const table of [
    ...["request_batch_rows", "legal_holds", "data_requests", "request_batches", "template_settlements"],
    ...["people", "rollouts"],
  ])
    await fresh.sql.unsafe(`delete from ${table}`);
  await fresh.db.insert(rollouts).values({
    ...{ id: rolloutId, flag: "biometric-login", build: "2026.3.1", state: "rolled_back" },
    ...{ createdBy: manager.id, createdAt: STARTED, startedAt: STARTED, endedAt: later(-1) },
  });
});

async function enrolled(
  customId: string,
  enrolledAt: Date | null,
  more: Partial<typeof people.$inferInsert> = {},
) {
  const id = newId();
  await fresh.db.insert(people).values({
    ...{ id, customId, customIdFolded: customId, status: "enrolled", bucket: 1, faceEnrolled: true },
    ...{ legalBasis: "lgpd_11_i_consent", createdAt: STARTED, enrolledAt },
    ...more,
  });
  return id;
}

const listIn = (state: BatchState) => ({ id: newId(), name: "BULK-2026-0001", state, rows: 1 });
const desk = (at: Date, db = fresh.db) => ({ db, clock: () => at, auditKey: AUDIT_KEY, timeZone });
const by = { actor: officer, auditKey: AUDIT_KEY, timeZone };
const progress = () => findTemplatesProgress(fresh.db, rolloutId);

async function choose(choice: TemplateChoice, at = NOW, actor: typeof manager | typeof officer = manager) {
  const seenId = (await progress())?.settlementId ?? null;
  return settleTemplates(fresh.db, { rolloutId, seenId, choice, reason: "as agreed" }, actor, at);
}
async function carryOut(at: Date) {
  for (const id of await listOpenSettlements(fresh.db)) while (await resumeSettlement(desk(at), id));
}
async function work(at: Date) {
  while (await workLists({ ...desk(at), delayHours: 24, signal: new AbortController().signal }));
}
async function blocked() {
  const { customId, blockedFor } = people;
  const rows = await fresh.db
    .select({ customId, blockedFor })
    .from(people)
    .where(eq(people.status, "blocked"));
  return Object.fromEntries(rows.map((row) => [row.customId, row.blockedFor]));
}
const theList = async () => {
  const [list] = await fresh.db.select().from(requestBatches);
  if (!list) throw new Error("no list");
  return list;
};
const listed = async () => {
  const rows = await fresh.db.select({ customId: requestBatchRows.customId }).from(requestBatchRows);
  return rows.map(({ customId }) => customId).sort();
};
const acts = async (action: AuditAction) => {
  const { actorRole, details } = auditEntries;
  const isOurs = sql`${rolloutId} in (${auditEntries.entityId}, ${details} ->> 'rolloutId')`;
  return fresh.db
    .select({ actorRole, details })
    .from(auditEntries)
    .where(and(eq(auditEntries.action, action), isOurs))
    .orderBy(auditEntries.at);
};

test("suspended is who enrolled since the rollout started and before the next one, and nobody else", async () => {
  await enrolled("before", later(-101));
  await enrolled("first", STARTED);
  await enrolled("meanwhile", later(-50));
  await enrolled("pending", null, { status: "pending" });
  await enrolled("asked", later(-50), { status: "blocked", blockedFor: "request", blockedBy: newId() });
  await enrolled("next", later(-0.2));
  await fresh.db.insert(rollouts).values({
    ...{ id: newId(), flag: "biometric-login", build: "2026.3.2", state: "running", createdBy: manager.id },
    ...{ createdAt: STARTED, startedAt: later(-0.5) },
  });
  expect((await choose("suspend")).ok).toBe(true);
  expect(await progress()).toMatchObject({ choice: "suspend", people: 3, settled: 0, doneAt: null });
  expect(await blocked()).toEqual({ asked: "request" });
  await carryOut(later(1));
  expect(await blocked()).toEqual({ asked: "request", first: "roll_back", meanwhile: "roll_back" });
  expect(await progress()).toMatchObject({ settled: 2, doneAt: later(1) });
});

test("the choice is in the log by who chose, each suspension and its end by the installation", async () => {
  await enrolled("one", later(-50));
  await choose("suspend");
  await carryOut(later(1));
  await choose("keep", later(2), officer);
  expect(await progress()).toMatchObject({ choice: "keep", isLifting: true, doneAt: null });
  await carryOut(later(3));
  expect(await blocked()).toEqual({});
  const choices = await acts("rollout.settle_templates");
  expect(choices).toEqual([
    { actorRole: "product_manager", details: { choice: "suspend", people: 1, reason: "as agreed" } },
    { actorRole: "compliance_officer", details: { choice: "keep", people: 1, reason: "as agreed" } },
  ]);
  expect((await acts("person.block")).at(-1)).toEqual({
    actorRole: "system",
    details: { cause: "roll_back", requestId: null, rolloutId },
  });
  expect((await acts("person.unblock")).at(-1)).toEqual({
    actorRole: "system",
    details: { cause: "roll_back", requestId: null, rolloutId, reason: "as agreed" },
  });
  const [row] = await fresh.db.select().from(rollouts).where(eq(rollouts.id, rolloutId));
  expect(row).toMatchObject({ templatesChoice: "keep", templatesChosenBy: officer.id });
});

test("one who was let in by hand stays so, and who has an open deletion stays blocked when the others are let in", async () => {
  const by1 = { actor: officer, auditKey: AUDIT_KEY };
  const ana = await enrolled("ana", later(-50));
  await enrolled("bia", later(-50));
  await choose("suspend");
  await carryOut(later(1));
  expect((await liftBlock(fresh.db, { personId: ana, reason: "needs it" }, by1, later(2))).ok).toBe(true);
  await carryOut(later(2));
  expect(await blocked()).toEqual({ bia: "roll_back" });
  await openRequest(
    fresh.db,
    {
      customId: "bia",
      right: "consent_withdrawal",
      regimes: ["lgpd"],
      channel: "email",
      receivedAt: later(2),
    },
    { actor: officer, applicationId: null },
    by,
    later(2),
  );
  await choose("keep", later(3));
  await carryOut(later(3));
  expect(await blocked()).toEqual({ bia: "consent_withdrawal" });
});

test("keeping them from the first changes nobody and is done at once", async () => {
  await enrolled("one", later(-50));
  await choose("keep");
  expect(await progress()).toMatchObject({ people: 1, settled: 0, doneAt: NOW, isLifting: false });
  expect(await blocked()).toEqual({});
});

test("erasing opens a list that another person approves, without who is held or asked for something; nothing is gone before", async () => {
  for (const customId of ["goes", "held", "asked"]) await enrolled(customId, later(-50));
  await placeHold(fresh.db, { customId: "held", reason: "a lawsuit" }, by, later(-1));
  await openRequest(
    fresh.db,
    { customId: "asked", right: "access", regimes: ["lgpd"], channel: "email", receivedAt: later(-1) },
    { actor: officer, applicationId: null },
    by,
    later(-1),
  );
  await choose("erase", NOW, officer);
  await carryOut(later(1));
  expect(await listed()).toEqual(["goes"]);
  expect(await progress()).toMatchObject({
    settled: 1,
    doneAt: later(1),
    lists: [{ rows: 1, state: "opening" }],
  });
  expect(await choose("keep", later(1))).toEqual({ ok: false, code: "list_open" });
  await work(later(1));
  const { id: batchId, version, previewDigest, assessedBy, openedBy, state } = await theList();
  expect({ assessedBy, openedBy, state }).toEqual({
    ...{ assessedBy: officer.id, openedBy: null, state: "awaiting_approval" },
  });
  const [opened] = await fresh.db.select().from(dataRequests).where(eq(dataRequests.batchId, batchId));
  expect(opened).toMatchObject({ right: "deletion", deletionReason: "rolled_back", channel: "roll_back" });
  const seen = {
    batchId,
    version,
    previewDigest: previewDigest ?? "",
    delayHours: 24,
    isSingleControl: false,
  };
  expect(await approveBatch(fresh.db, seen, officer, later(2))).toEqual({
    ok: false,
    code: "not_second_person",
  });
  const other = { id: newId(), role: "administrator" } as const;
  expect((await approveBatch(fresh.db, seen, other, later(2))).ok).toBe(true);
  await work(later(2));
  const [request] = await fresh.db.select().from(dataRequests).where(eq(dataRequests.batchId, batchId));
  expect(request).toMatchObject({ state: "scheduled", executeAt: later(26) });
  expect(await fresh.db.$count(people)).toBe(3);
});

test("a list that is taken back ends it: nobody else is listed, and another choice is free", async () => {
  await enrolled("one", later(-50));
  await choose("erase");
  await carryOut(later(1));
  await work(later(1));
  const { id: batchId, version } = await theList();
  await withdrawBatch(fresh.db, { batchId, version, reason: "not now" }, officer, later(2));
  await work(later(2));
  await carryOut(later(2));
  expect(await fresh.db.$count(requestBatches)).toBe(1);
  expect((await choose("suspend", later(3))).ok).toBe(true);
  await carryOut(later(3));
  expect(await blocked()).toEqual({ one: "roll_back" });
});

test("who was suspended is listed for deletion all the same, and nobody is suspended twice", async () => {
  await enrolled("one", later(-50));
  await choose("suspend");
  await carryOut(later(1));
  await choose("erase", later(2));
  await carryOut(later(2));
  expect(await listed()).toEqual(["one"]);
  expect(await blocked()).toEqual({ one: "roll_back" });
});

test("a choice is refused after another one, of no rollout, and of one that was not rolled back", async () => {
  const choice = { choice: "keep", reason: "as agreed" } as const;
  const settle = (about: { rolloutId: string; seenId: string | null }) =>
    settleTemplates(fresh.db, { ...about, ...choice }, manager, NOW);
  await choose("keep");
  expect(await settle({ rolloutId, seenId: null })).toEqual({ ok: false, code: "stale_choice" });
  expect(await settle({ rolloutId: newId(), seenId: null })).toEqual({ ok: false, code: "not_found" });
  await fresh.db.update(rollouts).set({ state: "completed" });
  expect(await settle({ rolloutId, seenId: null })).toEqual({ ok: false, code: "not_rolled_back" });
});

test.each<[string, Partial<TemplatesProgress> | null, TemplatesStanding]>([
  ["nobody has chosen", null, "not_chosen"],
  ["kept from the first", { choice: "keep" }, "kept"],
  ["let in again", { choice: "keep", isLifting: true, doneAt: null }, "lifting"],
  ["all let in again", { choice: "keep", isLifting: true }, "lifted"],
  ["being suspended", { choice: "suspend", doneAt: null }, "suspending"],
  ["all suspended", { choice: "suspend" }, "suspended"],
  ["no list yet", { choice: "erase", doneAt: null }, "listing"],
  ["no list at all", { choice: "erase" }, "nobody_listed"],
  ["a list being made", { choice: "erase", lists: [listIn("opening")] }, "listing"],
  ["a list nobody was left on", { choice: "erase", lists: [listIn("checked")] }, "nobody_listed"],
  ["a list to approve", { choice: "erase", lists: [listIn("awaiting_approval")] }, "to_approve"],
  ["a list under way", { choice: "erase", lists: [listIn("running")] }, "erasing"],
  ["more lists to come", { choice: "erase", doneAt: null, lists: [listIn("completed")] }, "listing"],
  ["all lists done", { choice: "erase", lists: [listIn("completed")] }, "erased"],
  ["a list taken back", { choice: "erase", lists: [listIn("withdrawn")] }, "withdrawn"],
])("the page says so: %s", (_, some, standing) => {
  const whole = {
    settlementId: newId(),
    chosenBy: manager.id,
    chosenAt: NOW,
    reason: "as agreed",
    people: 3,
  };
  const rest = { choice: "keep", settled: 0, doneAt: NOW, isLifting: false, lists: [], erased: 0 } as const;
  expect(templatesStandingOf(some && { ...whole, ...rest, lists: [], ...some }, 3)).toBe(standing);
});

test("cut off at any statement, everybody is suspended once in the end and counted once", async () => {
  for (const customId of ["a", "b", "c"]) await enrolled(customId, later(-50));
  await choose("suspend");
  class Cut extends Error {}
  const [id = ""] = await listOpenSettlements(fresh.db);
  const isDone = and(eq(templateSettlements.id, id), eq(templateSettlements.settled, 3));
  for (let statements = 0; (await fresh.db.$count(templateSettlements, isDone)) === 0; statements += 1) {
    let left = statements;
    const logQuery = () => {
      if (left-- <= 0) throw new Cut("killed");
    };
    const cut = drizzle(fresh.sql, { logger: { logQuery } });
    await resumeSettlement(desk(later(1), cut), id).catch((error) => {
      if (!(error instanceof Cut || error.cause instanceof Cut)) throw error;
    });
    expect([0, 3]).toContain(Object.keys(await blocked()).length);
    expect(statements).toBeLessThan(40);
  }
  await carryOut(later(2));
  expect(await progress()).toMatchObject({ settled: 3 });
});
