import type { DatabaseClient } from "#db/client.ts";
import { createApplication } from "#lib/applications/create-application.ts";
import { createApplicationKey } from "#lib/applications/create-application-key.ts";
import type { Actor } from "#lib/audit/types.ts";
import type { Policy } from "#lib/policies/schema.ts";
import { conditionsAt, planHistory, type Span } from "./conditions.ts";
import { APPLICATIONS } from "./devices.ts";
import { type EnrolmentSetting, enrolSeedPerson } from "./enrol.ts";
import { type Counts, type Known, recordHistory } from "./history.ts";
import { listLocalDays } from "./local-days.ts";
import type { World } from "./logins.ts";
import { makePeople } from "./people.ts";

const SYSTEM: Actor = { id: null, role: "system" };
const PEOPLE_AT_ONCE = 64;

export type Plan = {
  seed: number;
  people: number;
  span: Span;
  policy: Policy;
  exposurePercent: number;
  timeZone: string;
  loginKeySecret: string;
};

export type Progress = (doing: string, share: number) => void;

/** Makes the applications, the people and their history. Every row goes in by the code that makes real ones. */
export async function plantSampleData(
  database: DatabaseClient,
  plan: Plan,
  progress: Progress,
): Promise<Counts> {
  const { span, policy } = plan;
  const [first, last] = [span.from, span.until].map((at) => at.toISOString().slice(0, 10));
  await database.sql`select make_event_partitions(${first ?? ""}::text::date, ${last ?? ""}::text::date)`;
  const applicationIds = await createApplications(database, span.until);
  const setting = {
    database,
    policy,
    loginKeySecret: plan.loginKeySecret,
    applicationIds,
    until: span.until,
  };
  const everybody = await enrolEverybody(setting, plan, progress);
  const days = listLocalDays(span.from, span.until, plan.timeZone);
  const history = planHistory(days, span, plan.exposurePercent);
  const length = span.until.getTime() - span.from.getTime();
  const world: World = {
    policy,
    applicationIds,
    until: span.until,
    conditionsAt: (at) => conditionsAt(history, at),
    shareAt: (at) => (at.getTime() - span.from.getTime()) / length,
  };
  return recordHistory(database.sql, world, days, everybody, (done, { logins }) =>
    progress(`${logins} logins`, done / days.length),
  );
}

async function createApplications({ db }: DatabaseClient, at: Date): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  await db.transaction(async (tx) => {
    for (const { name, channels } of APPLICATIONS) {
      const { id } = await createApplication(tx, { name, channels }, SYSTEM, at);
      // Nobody reads the key: it is there to be looked at in the settings.
      await createApplicationKey(tx, { applicationId: id }, SYSTEM, at);
      ids.set(name, id);
    }
  });
  return ids;
}

async function enrolEverybody(setting: EnrolmentSetting, plan: Plan, progress: Progress): Promise<Known[]> {
  const known: Known[] = [];
  const people = [...makePeople(plan.seed, plan.people, plan.span)];
  for (let first = 0; first < people.length; first += PEOPLE_AT_ONCE) {
    const some = people.slice(first, first + PEOPLE_AT_ONCE);
    const enrolled = some.map(async (person) => ({
      person,
      standing: await enrolSeedPerson(setting, person),
    }));
    known.push(...(await Promise.all(enrolled)));
    progress(`${known.length} people`, known.length / people.length);
  }
  return known;
}
