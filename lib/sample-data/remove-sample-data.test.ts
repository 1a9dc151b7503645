import { and, desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditEntries } from "#db/schema/audit.ts";
import { type FreshDatabase, freshDatabase } from "#db/testing/fresh-database.ts";
import type { Actor } from "#lib/audit/types.ts";
import { newId, newIdAt } from "#lib/ids.ts";
import { findRollupDifferences } from "#lib/recording/queries.ts";
import { sampleClosing, sampleLogin, sampleVerification } from "#lib/recording/testing/sample-events.ts";
import { writeEvents } from "#lib/recording/write-events.ts";
import { createSampleData } from "./create-sample-data.ts";
import { findSampleData } from "./queries.ts";
import { removeSampleData } from "./remove-sample-data.ts";
import { SAMPLE_DATA_LOCK } from "./schema.ts";

const historyFrom = new Date("2026-03-10T00:00:00Z");
const now = new Date("2026-03-13T12:00:00Z");
const clock = () => now;
const system: Actor = { id: null, role: "system" };
const administrator: Actor = { id: newId(), role: "administrator" };
const realPerson = newId();

let database: FreshDatabase;

beforeAll(async () => {
  database = await freshDatabase();
  await database.sql`select make_event_partitions('2026-03-01', '2026-03-31')`;
});
afterAll(() => database.drop());

const atDay = (day: number, second = 0) => new Date(historyFrom.getTime() + day * 86_400_000 + second * 1000);

/** A login with one try that matched, recorded like any other. */
async function record(at: Date, applicationId: string, personId: string | null): Promise<void> {
  const login = sampleLogin(at, { applicationId, personId });
  await writeEvents(database.sql, {
    opened: [login],
    verifications: [sampleVerification(login, at)],
    closed: [sampleClosing(login, at)],
  });
}

/** One made-up person with a login on each of three days, and beside each a real one in the same minute. */
async function plant(): Promise<{ applicationId: string; personId: string }> {
  const application = { name: "Sample data: test", channels: ["app"] };
  const wanted = { applications: [application], seed: 1, historyFrom, historyUntil: now };
  const applicationId =
    (await createSampleData(database.db, wanted, system, now)).get(application.name) ?? "";
  const personId = newIdAt(historyFrom);
  const { sql } = database;
  await sql`insert into people (id, custom_id, custom_id_folded, status, legal_basis, bucket, created_at)
    values (${personId}, 'sample-000001', 'sample-000001', 'enrolled', 'lgpd_11_i_consent', 1, now())`;
  await sql`insert into early_adopters (custom_id, added_by, added_at) values ('sample-000001', ${newId()}, now())
    on conflict do nothing`;
  await sql`insert into enrolments (id, person_id, kind, state, face, source, actor_id, intended_at)
    values (${newId()}, ${personId}, 'enrol', 'succeeded', true, 'gateway', ${applicationId}, now())`;
  for (const day of [0, 1, 2]) {
    await record(atDay(day, 60), applicationId, personId);
    await record(atDay(day, 70), newId(), realPerson);
  }
  return { applicationId, personId };
}

const rowsLeft = async () => {
  const [row] = await database.sql<Record<string, number>[]>`select
    (select count(*) from logins)::integer as logins,
    (select count(*) from verifications)::integer as verifications,
    (select count(*) from login_outcomes)::integer as outcomes,
    (select count(*) from login_states)::integer as states,
    (select count(*) from people)::integer as people,
    (select count(*) from enrolments)::integer as enrolments,
    (select count(*) from early_adopters)::integer as adopters,
    (select coalesce(sum(count), 0) from latency_rollups where tier = 2)::integer as latencies`;
  return row;
};
const realRows = (times: number) => {
  const [logins, verifications, outcomes, states, latencies] = Array<number>(5).fill(3 * times);
  return { logins, verifications, outcomes, states, people: 0, enrolments: 0, adopters: 0, latencies };
};

test("what its applications recorded and what is about its people goes, and real rows and counts stay", async () => {
  const { personId } = await plant();
  // Somebody tried out a made-up person in the sample app, and a member verified them.
  await record(atDay(1, 65), newId(), personId);
  const check = sampleVerification(sampleLogin(atDay(1)), atDay(1), {
    personId,
    loginId: null,
    source: "console",
    openedAt: atDay(1),
  });
  await writeEvents(database.sql, { verifications: [check] });
  const done = await removeSampleData(database.db, administrator, clock);
  expect(done).toEqual({ ok: true, removed: { people: 1, logins: 4, verifications: 5 } });
  expect(await rowsLeft()).toEqual(realRows(1));
  expect(await findRollupDifferences(database.sql)).toEqual([]);
  expect(await findSampleData(database.db)).toBeNull();
});

test("a removal says what there was before the first row goes, and what went with the last", async () => {
  const isRemoval = and(
    eq(auditEntries.action, "sample_data.remove"),
    eq(auditEntries.actorId, administrator.id ?? ""),
  );
  const entries = await database.db
    .select()
    .from(auditEntries)
    .where(isRemoval)
    .orderBy(desc(auditEntries.id));
  expect(entries.map(({ details }) => details)).toEqual(
    expect.arrayContaining([
      { stage: "started", people: 0, logins: 0, verifications: 0 },
      { stage: "finished", people: 1, logins: 4, verifications: 5 },
    ]),
  );
});

test("a removal cut off in the middle leaves the mark and true counts, and a repeat ends it", async () => {
  await plant();
  const cut = removeSampleData(database.db, administrator, clock, (share) => {
    if (share > 0.4) throw new Error("the power went");
  });
  await expect(cut).rejects.toThrow("the power went");
  expect(await findSampleData(database.db)).not.toBeNull();
  expect(await findRollupDifferences(database.sql)).toEqual([]);
  expect(await removeSampleData(database.db, administrator, clock)).toMatchObject({
    ok: true,
    removed: { logins: 1 },
  });
  expect(await rowsLeft()).toEqual(realRows(2));
  expect(await removeSampleData(database.db, administrator, clock)).toEqual({ ok: false, code: "not_found" });
});

test("nobody removes sample data while it is being made", async () => {
  await plant();
  await database.sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtext(${SAMPLE_DATA_LOCK}))`;
    expect(await removeSampleData(database.db, administrator, clock)).toEqual({
      ok: false,
      code: "conflict",
    });
  });
  expect(await findSampleData(database.db)).not.toBeNull();
});

test("an installation cannot hold two sets of sample data", async () => {
  const wanted = { applications: [], seed: 2, historyFrom, historyUntil: now };
  await expect(createSampleData(database.db, wanted, system, now)).rejects.toThrow();
});
