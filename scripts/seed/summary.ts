import type { Sql } from "postgres";
import { TIERS } from "#lib/recording/tiers.ts";

const TABLES =
  "people enrolments logins verifications login_outcomes login_states login_rollups login_cells verification_rollups verification_cells latency_rollups data_requests";

/** Lets PostgreSQL look at what it was given, so that the first pages do not guess. */
export async function analyseTables(sql: Sql): Promise<void> {
  for (const table of TABLES.split(" ")) await sql`analyze ${sql(table)}`;
}

type Login = { path: string; outcome: string; count: number };

/** What the sample data amounts to, as lines of a table. */
export async function summarise(sql: Sql, applicationIds: readonly string[]): Promise<string[]> {
  const ids = `{${applicationIds.join(",")}}`;
  const people = await sql<{ status: string; count: number }[]>`
    select p.status, count(*)::integer as count from people p
    where exists (select from enrolments e where e.person_id = p.id and e.actor_id = any(${ids}::text::uuid[]))
    group by 1 order by 1`;
  const logins = await sql<Login[]>`
    select path, outcome, sum(r.count)::integer as count
    from login_rollups r join login_cells c on c.id = r.cell
    where r.tier = ${TIERS.day} and application_id = any(${ids}::text::uuid[]) group by 1, 2 order by 1, 3 desc`;
  const [latency] = await sql<{ ms: number | null }[]>`
    select percentile_disc(0.95) within group (order by api_latency_ms) as ms from verifications
    where actor_id = any(${ids}::text::uuid[])`;
  const requests = await sql<{ state: string; count: number }[]>`
    select state, count(*)::integer as count from data_requests
    where application_id = any(${ids}::text::uuid[]) group by 1 order by 1`;
  const offered = logins.filter(({ path }) => path === "biometric");
  const share = (outcomes: readonly string[]) => {
    const count = sumOf(offered.filter(({ outcome }) => outcomes.includes(outcome)));
    return `${((100 * count) / Math.max(1, sumOf(offered))).toFixed(1)} %`;
  };
  const rows: [string, string | number][] = [
    ...people.map(({ status, count }): [string, number] => [`people, ${status}`, count]),
    ...requests.map(({ state, count }): [string, number] => [`requests, ${state}`, count]),
    ["logins", sumOf(logins)],
    ...logins.map(({ path, outcome, count }): [string, number] => [`  ${path}, ${outcome}`, count]),
    ["of those offered biometrics, let in by them", share(["completed_biometric"])],
    ["and on the old way in the end", share(["fell_back", "fell_back_failed", "legacy_unreported"])],
    ["API latency, 95th percentile", `${latency?.ms ?? 0} ms`],
  ];
  return rows.map(([name, value]) => `  ${name.padEnd(48)}${String(value).padStart(10)}`);
}

const sumOf = (logins: readonly Login[]): number => logins.reduce((sum, { count }) => sum + count, 0);
