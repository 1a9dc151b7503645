import type { DatabaseClient } from "#db/client.ts";
import type { Policy } from "#lib/policies/schema.ts";
import { createSampleData } from "#lib/sample-data/create-sample-data.ts";
import { recordSampleCounts } from "#lib/sample-data/record-sample-counts.ts";
import { SAMPLE_DATA_LOCK } from "#lib/sample-data/schema.ts";
import { conditionsAt, planHistory, type Span } from "./conditions.ts";
import type { World } from "./course.ts";
import { APPLICATIONS } from "./devices.ts";
import { type EnrolmentSetting, enrolSeedPerson } from "./enrol.ts";
import { type Counts, type Known, recordHistory } from "./history.ts";
import { listLocalDays } from "./local-days.ts";
import { makePeople } from "./people.ts";
import type { Progress } from "./progress.ts";
import { recordRequests } from "./requests.ts";

const SYSTEM = { id: null, role: "system" } as const;
const PEOPLE_AT_ONCE = 64;
/** Long enough for the second attempt of those whose first answer was lost. */
const ENROLLED_WITHIN_MS = 180_000;

export type Plan = {
  seed: number;
  people: number;
  span: Span;
  policy: Policy;
  exposurePercent: number;
  timeZone: string;
  loginKeySecret: string;
  /** Opens the keys that name people in the audit log. */
  auditKey: Uint8Array;
};

/**
 * Makes the applications, the people, their history and requests of some. Every row goes in by the code that makes real ones, so counts
 * and guards are right as theirs are. While it runs nobody can remove what it makes.
 */
export async function plantSampleData(
  database: DatabaseClient,
  plan: Plan,
  progress: Progress,
): Promise<Counts> {
  // The lock belongs to an open transaction, so that it ends with this process, however that ends.
  return database.sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtext(${SAMPLE_DATA_LOCK}))`;
    return plant(database, plan, progress);
  });
}

async function plant(database: DatabaseClient, plan: Plan, progress: Progress): Promise<Counts> {
  const { db, sql } = database;
  const { span, policy, seed } = plan;
  const history = { seed, historyFrom: span.from, historyUntil: span.until };
  const applicationIds = await createSampleData(
    db,
    { applications: APPLICATIONS, ...history },
    SYSTEM,
    new Date(),
  );
  await makePartitions(database, span);
  const setting = { database, policy, loginKeySecret: plan.loginKeySecret, applicationIds };
  const everybody = await enrolEverybody(setting, plan, progress);
  await recordSampleCounts(db, {
    people: everybody.filter(({ standing }) => standing.personId !== null).length,
  });
  const days = listLocalDays(span.from, span.until, plan.timeZone);
  const counts = await recordHistory(
    sql,
    worldOf(plan, applicationIds),
    days,
    everybody,
    async (done, counts) => {
      await recordSampleCounts(db, counts);
      progress("Logins", done / days.length);
    },
  );
  await recordRequests(db, everybody, { ...plan, applicationIds });
  await recordSampleCounts(db, { completedAt: new Date() });
  return counts;
}

/** The worker makes those of today and later only. */
async function makePartitions({ sql }: DatabaseClient, { from, until }: Span): Promise<void> {
  const [first, last] = [from.toISOString().slice(0, 10), until.toISOString().slice(0, 10)];
  await sql`select make_event_partitions(${first}::text::date, ${last}::text::date)`;
}

function worldOf(plan: Plan, applicationIds: ReadonlyMap<string, string>): World {
  const { span, policy } = plan;
  const history = planHistory(
    listLocalDays(span.from, span.until, plan.timeZone),
    span,
    plan.exposurePercent,
  );
  const length = span.until.getTime() - span.from.getTime();
  return {
    policy,
    applicationIds,
    until: span.until,
    conditionsAt: (at) => conditionsAt(history, at),
    shareAt: (at) => (at.getTime() - span.from.getTime()) / length,
  };
}

async function enrolEverybody(setting: EnrolmentSetting, plan: Plan, progress: Progress): Promise<Known[]> {
  const known: Known[] = [];
  const people = [...makePeople(plan.seed, plan.people, plan.span)];
  for (let first = 0; first < people.length; first += PEOPLE_AT_ONCE) {
    const some = people.slice(first, first + PEOPLE_AT_ONCE);
    const enrolled = some.map(async (person) => ({
      person,
      standing: await enrolSeedPerson(setting, person),
      freeAt: person.enrolsAt.getTime() + ENROLLED_WITHIN_MS,
    }));
    known.push(...(await Promise.all(enrolled)));
    progress("People", known.length / people.length);
  }
  return known;
}
