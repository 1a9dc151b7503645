import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type FreshDatabase, freshDatabase } from "#db/testing/fresh-database.ts";
import { plansOf, rowsReadOf } from "#db/testing/plans.ts";
import { AUDIT_KEY } from "#lib/audit/testing/audit-key.ts";
import { placeHold } from "#lib/holds/place-hold.ts";
import { newId } from "#lib/ids.ts";
import { openRequest } from "#lib/requests/open-request.ts";
import { findIdlePeople, listInactivePeople, samplePeople } from "./queries.ts";
import { MOST_COUNTED, SAMPLED } from "./rules.ts";

/** A quarter to six in the evening of 13 March in Kathmandu, whose days begin at 18:15 UTC. */
const NOW = new Date("2026-03-13T12:00:00Z");
const zone = { now: NOW, timeZone: "Asia/Kathmandu" };
const officer = { id: newId(), role: "compliance_officer" } as const;

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase(1);
});
afterAll(() => fresh.drop());
beforeEach(async () => {
  for (const table of ["request_batch_rows", "legal_holds", "data_requests", "request_batches", "people"])
    await fresh.sql.unsafe(`delete from ${table}`);
});

async function known(customId: string, lastLoginAt: string, status = "enrolled") {
  await fresh.sql`
    insert into people (id, custom_id, custom_id_folded, status, face_enrolled, legal_basis, bucket, created_at, last_login_at)
    values (${newId()}, ${customId}, ${customId}, ${status}, true, 'lgpd_11_i_consent', 1, '2025-01-01', ${lastLoginAt})`;
}

async function waitsOnList(customId: string, state: "good" | "ended") {
  const id = newId();
  await fresh.sql`
    insert into request_batches (id, name, "right", regimes, state, channel, rows, received_at, due_at, retention_day,
      inactive_before, opened_at)
    values (${id}, ${id}, 'deletion', '{lgpd}', 'awaiting_approval', 'retention', 1, ${NOW.toISOString()}, ${NOW.toISOString()},
      ${state === "good" ? "2026-03-12" : "2026-03-11"}, ${NOW.toISOString()}, ${NOW.toISOString()})`;
  await fresh.sql`insert into request_batch_rows (batch_id, line, custom_id, state)
    values (${id}, 2, ${customId}, 'good')`;
  if (state === "ended") await fresh.sql`update request_batches set closed_at = now() where id = ${id}`;
}

/** Everybody about whom nobody else decides, and one each of those who are left out. */
async function everySort() {
  await known("yesterday", "2026-03-12T18:14:59Z");
  await known("today", "2026-03-12T18:15:00Z");
  await known("long ago", "2025-03-01T00:00:00Z");
  await known("on an ended list", "2025-03-01T00:00:00Z");
  await known("blocked", "2025-03-01T00:00:00Z", "blocked");
  for (const customId of ["held", "asked", "listed"]) await known(customId, "2025-03-01T00:00:00Z");
  const by = { actor: officer, auditKey: AUDIT_KEY, timeZone: "UTC" };
  await placeHold(fresh.db, { customId: "held", reason: "a lawsuit" }, by, NOW);
  await openRequest(
    fresh.db,
    { customId: "asked", right: "access", regimes: ["lgpd"], channel: "email", receivedAt: NOW },
    { actor: officer, applicationId: null },
    by,
    NOW,
  );
  await waitsOnList("listed", "good");
  await waitsOnList("on an ended list", "ended");
}

describe("how long people have been inactive", () => {
  it("is counted in days of the zone, without those about whom somebody decides", async () => {
    await everySort();
    const { days, isEstimate } = await findIdlePeople(fresh.db, zone);
    expect(isEstimate).toBe(false);
    expect(days).toEqual([
      { idleDays: 377, people: 2 },
      { idleDays: 1, people: 1 },
      { idleDays: 0, people: 1 },
    ]);
    const listed = await listInactivePeople(fresh.db, { before: NOW, now: NOW, limit: 100 });
    expect(listed.map(({ customId }) => customId).sort()).toEqual([
      ...["long ago", "on an ended list", "today", "yesterday"],
    ]);
  });

  it("is asked of each person and each decision once", async () => {
    await everySort();
    await fresh.sql`
      insert into people (id, custom_id, custom_id_folded, status, face_enrolled, legal_basis, bucket, created_at)
      select md5('p' || n)::uuid, 'p-' || n, 'p-' || n, 'enrolled', true, 'lgpd_11_i_consent', 1,
        ${NOW.toISOString()}::text::timestamptz - n * interval '1 hour' from generate_series(1, 2000) n`;
    await fresh.sql`analyze people`;
    const plans = await plansOf(fresh.sql, (db) => findIdlePeople(db, zone));
    expect(rowsReadOf(plans, /^people$/)).toBe(2008);
    for (const { nodes } of plans)
      for (const node of nodes) expect([node["Node Type"], node["Actual Loops"] <= 1]).toContain(true);
    expect(rowsReadOf(plans, /^(legal_holds|data_requests|request_batch)/)).toBeLessThanOrEqual(10);
  });
});

it("of more people than are counted the same part is looked at each time, and stands for all", async () => {
  for (const index of [
    "custom_id_folded_trgm",
    "custom_id_folded_prefix",
    "custom_id_folded_end",
    "enrolled_at",
  ])
    await fresh.sql.unsafe(`drop index people_${index}`);
  const people = MOST_COUNTED + 100_000;
  await fresh.sql`
    insert into people (id, custom_id, custom_id_folded, status, face_enrolled, legal_basis, bucket, created_at)
    select md5('p' || n)::uuid, 'p-' || n, '', 'enrolled', true, 'lgpd_11_i_consent', 1,
      ${NOW.toISOString()}::text::timestamptz - n % 3 * interval '1 day' from generate_series(1, ${people}::integer) n`;
  await fresh.sql`analyze people`;
  const { share } = await samplePeople(fresh.db);
  expect(Math.abs(share / (SAMPLED / people) - 1)).toBeLessThan(0.1);
  const idle = await findIdlePeople(fresh.db, zone);
  expect(idle.isEstimate).toBe(true);
  expect(idle.days.map(({ idleDays }) => idleDays)).toEqual([2, 1, 0]);
  for (const day of idle.days) expect(Math.abs(day.people / (people / 3) - 1)).toBeLessThan(0.01);
  expect(await findIdlePeople(fresh.db, zone)).toEqual(idle);
});
