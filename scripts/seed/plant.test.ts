import { afterAll, beforeAll, expect, test } from "vitest";
import { type FreshDatabase, freshDatabase } from "#db/testing/fresh-database.ts";
import { auditKeyOf } from "#lib/audit/seal-bytes.ts";
import { newId } from "#lib/ids.ts";
import { DEFAULT_POLICY_VALUES } from "#lib/policies/schema.ts";
import { findRollupDifferences } from "#lib/recording/queries.ts";
import { sampleClosing, sampleLogin, sampleVerification } from "#lib/recording/testing/sample-events.ts";
import { writeEvents } from "#lib/recording/write-events.ts";
import { findSampleData } from "#lib/sample-data/queries.ts";
import { removeSampleData } from "#lib/sample-data/remove-sample-data.ts";
import { type Plan, plantSampleData } from "./plant.ts";

const until = new Date("2026-03-13T15:00:00Z");
const plan: Plan = {
  seed: 7,
  people: 60,
  span: { from: new Date(until.getTime() - 5 * 86_400_000), until },
  policy: { version: 1, values: DEFAULT_POLICY_VALUES },
  exposurePercent: 100,
  timeZone: "America/Sao_Paulo",
  loginKeySecret: "ab".repeat(32),
  auditKey: auditKeyOf("cd".repeat(32)),
};
const nothing = () => undefined;

let database: FreshDatabase;
let another: FreshDatabase;

beforeAll(async () => {
  [database, another] = await Promise.all([freshDatabase(8), freshDatabase(8)]);
  await plantSampleData(database, plan, nothing);
});
afterAll(() => Promise.all([database.drop(), another.drop()]));

test("counts of sample data equal a recount of its rows", async () => {
  const [row] = await database.sql<{ logins: number; verifications: number }[]>`
    select (select count(*) from logins)::integer as logins,
      (select count(*) from verifications)::integer as verifications`;
  expect(row?.logins).toBeGreaterThan(150);
  expect(await findRollupDifferences(database.sql)).toEqual([]);
  expect(await findSampleData(database.db)).toMatchObject({ people: 60, days: 5, completed: true, ...row });
});

test("everything in it is plainly made up, and nothing lies outside its time", async () => {
  const [row] = await database.sql<Record<string, boolean>[]>`select
    (select bool_and(custom_id ~ '^sample-[0-9]{6}$') from people) as names,
    (select bool_and(name like 'Sample data: %') from applications) as applications,
    (select bool_and(at <= ${until.toISOString()}::text::timestamptz) from verifications) as tries,
    (select bool_and(at <= ${until.toISOString()}::text::timestamptz) from login_outcomes) as ends,
    (select bool_and(opened_at >= ${plan.span.from.toISOString()}::text::timestamptz) from logins) as begins`;
  expect(row).toEqual({ names: true, applications: true, tries: true, ends: true, begins: true });
});

test("a login in the history keeps the product's rules", async () => {
  const [row] = await database.sql<Record<string, number>[]>`select
    (select count(*) from logins l left join login_states s on s.id = l.id where s.id is null)::integer as stateless,
    (select count(*) from login_states s join login_outcomes o on o.login_id = s.id
      where s.closed_at is distinct from o.at)::integer as unclosed,
    (select count(*) from verifications v join people p on p.id = v.person_id
      where v.at < p.enrolled_at)::integer as before_enrolment,
    (select count(*) from logins where path = 'biometric' and reason <> 'exposed')::integer as misled,
    (select count(*) from verifications v join logins l on l.id = v.login_id where l.path = 'legacy')::integer
      as tried_on_legacy,
    (select count(*) from verifications v where v.failures_before >= 5)::integer as beyond_the_pause`;
  expect(Object.values(row ?? { none: 1 })).toEqual([0, 0, 0, 0, 0, 0]);
});

test("a person's failures in a row were known at every try as they stood then", async () => {
  const failuresBefore = (person: string, at: string) => `(select count(*) from verifications f
    where f.person_id = ${person} and f.at < ${at} and f.outcome in ('not_matched', 'capture_refused')
      and f.at > coalesce((select max(m.at) from verifications m where m.person_id = ${person} and m.at < ${at}
        and m.outcome = 'matched'), '-infinity'))`;
  const [row] = await database.sql.unsafe<Record<string, number>[]>(`select
    (select count(*) from verifications v where v.failures_before <> ${failuresBefore("v.person_id", "v.at")})::integer
      as tries,
    (select count(*) from people p where p.failures_in_a_row <> ${failuresBefore("p.id", "'infinity'")})::integer
      as people,
    (select max(failures_before) from verifications)::integer as most`);
  expect(row).toEqual({ tries: 0, people: 0, most: 4 });
});

test("people are in every state that a screen can show", async () => {
  const states = await database.sql<{ state: string }[]>`
    select distinct case when paused_until > ${until.toISOString()}::text::timestamptz then 'paused'
      when status = 'pending' then 'pending' when face_enrolled and fingers_enrolled <> '{}' then 'both'
      when face_enrolled then 'face' else 'fingers' end as state from people`;
  expect(states.map(({ state }) => state)).toEqual(
    expect.arrayContaining(["both", "face", "fingers", "paused"]),
  );
});

test("requests stand in every step but those the worker would carry out at the API", async () => {
  const requests = await database.sql<{ state: string; right: string; late: boolean }[]>`
    select distinct state, "right", closed_at is null and due_at < now() as late from data_requests`;
  const states = new Set(requests.map(({ state }) => state));
  expect([...states].sort()).toEqual([
    "awaiting_approval",
    "closed_unverified",
    "completed",
    "denied",
    "identity_pending",
    "in_review",
    "received",
    "withdrawn",
  ]);
  expect(requests.filter(({ late }) => late)).not.toEqual([]);
  const [row] = await database.sql<Record<string, number>[]>`select
    (select count(*) from request_receipts)::integer as receipts,
    (select count(*) from request_attempts where kind not in ('block', 'compose'))::integer as calls,
    (select count(*) from people where status = 'blocked')::integer as blocked,
    (select count(*) from audit_entries where action = 'request.open')::integer as opened,
    (select count(*) from audit_entries where at < now() - interval '5 minutes')::integer as made_up_times`;
  expect(row).toEqual({ receipts: 2, calls: 0, blocked: 2, opened: 15, made_up_times: 0 });
});

test("the same seed makes the same history", async () => {
  await plantSampleData(another, plan, nothing);
  const facts = ({ sql }: FreshDatabase) => sql`
    select p.custom_id, l.opened_at, l.path, l.reason, l.device_os, o.outcome, o.fallback_reason, o.at
    from logins l left join people p on p.id = l.person_id left join login_outcomes o on o.login_id = l.id
    order by l.opened_at, p.custom_id, l.bucket`;
  expect(await facts(another)).toEqual(await facts(database));
});

const TABLES =
  "applications application_keys people enrolments login_states logins verifications login_outcomes login_reports " +
  "verification_rollups login_rollups latency_rollups sample_data legal_holds " +
  "data_requests request_recipients request_attempts request_receipts";

const contentOf = async ({ sql }: FreshDatabase) =>
  Object.fromEntries(
    await Promise.all(
      TABLES.split(" ").map(async (table) => [
        table,
        await sql`select to_jsonb(t)::text as row from ${sql(table)} t order by 1`,
      ]),
    ),
  );

test("removing it leaves real data as it was, to the last row and count", async () => {
  const fresh = await freshDatabase(8);
  try {
    const personId = newId();
    // In the minutes in which the sample data is busiest, so that rollup rows of latency are shared.
    const real = Array.from({ length: 400 }, (_, minute) => {
      const at = new Date(until.getTime() - minute * 60_000 - 30_000);
      const login = sampleLogin(at, { personId });
      const made = sampleVerification(login, at, { apiLatencyMs: 300 + minute });
      return { opened: login, verification: made, closed: sampleClosing(login, at) };
    });
    await fresh.sql`select make_event_partitions('2026-03-01', '2026-03-31')`;
    await writeEvents(fresh.sql, {
      opened: real.map(({ opened }) => opened),
      verifications: real.map(({ verification }) => verification),
      closed: real.map(({ closed }) => closed),
    });
    const before = await contentOf(fresh);
    await plantSampleData(fresh, plan, nothing);
    expect(await contentOf(fresh)).not.toEqual(before);
    const removed = await removeSampleData(fresh.db, { id: null, role: "system" }, () => until);
    expect(removed).toMatchObject({ ok: true, removed: { people: 60 } });
    expect(await contentOf(fresh)).toEqual(before);
    expect(await findRollupDifferences(fresh.sql)).toEqual([]);
  } finally {
    await fresh.drop();
  }
});
