import type { Sql } from "postgres";
import { personIdSql } from "./made-sql.ts";
import { APPLICATIONS, applicationIdSql } from "./make-history.ts";

const PEOPLE_AT_ONCE = 500_000;
const DAY_MS = 86_400_000;

/**
 * CustomIDs of the kinds companies have: a number with zeros, an address, a random id, eleven digits, a name with a space
 * and capitals. All of them say or show that they are made up.
 */
const CUSTOM_ID = `case n % 5
  when 0 then 'BENCH-' || lpad(n::text, 9, '0')
  when 1 then 'person' || n || '@bench.example'
  when 2 then md5('c' || n)::uuid::text
  when 3 then lpad(((hashint8extended(n, 30) & 4611686018427387903) % 100000000000)::text, 11, '0')
  else 'Bench ' || upper(substr(md5('d' || n), 1, 4)) || ' ' || n end`;

/** Makes people with the ids that the made history speaks of, and the applications. Indexes come last. */
export async function makePeople(
  sql: Sql,
  { people, until }: { people: number; until: Date },
  onStep: (share: number) => void,
): Promise<void> {
  await sql.unsafe(`insert into applications (id, name, channels, created_at)
    select ${applicationIdSql("n")}, 'Bench application ' || n, '{app,web,branch}', now()
    from generate_series(0, ${APPLICATIONS - 1}) n on conflict do nothing`);
  const indexes = await sql<{ name: string; definition: string }[]>`
    select indexname as name, indexdef as definition from pg_indexes
    where tablename = 'people' and indexname not in ('people_pkey', 'people_custom_id_key')`;
  for (const { name } of indexes) await sql.unsafe(`drop index ${name}`);
  const enrolledSince = new Date(until.getTime() - 400 * DAY_MS).toISOString();
  for (let first = 0; first < people; first += PEOPLE_AT_ONCE) {
    const last = Math.min(first + PEOPLE_AT_ONCE, people) - 1;
    await sql.unsafe(peopleSql(first, last, enrolledSince, people), []);
    onStep((last + 1) / people);
  }
  for (const { definition } of indexes) await sql.unsafe(definition);
}

const peopleSql = (first: number, last: number, since: string, people: number): string => `
  insert into people (id, custom_id, custom_id_folded, bio_pass_id, status, face_enrolled, fingers_enrolled, legal_basis,
    blocked_for, blocked_at, bucket, failures_in_a_row, paused_until, created_at, enrolled_at, confirmed_at, last_login_at,
    last_login_outcome)
  select ${personIdSql("n")}, custom_id, lower(replace(custom_id, ' ', '')), md5('b' || n)::uuid::text, status,
    n % 10 <> 0, case when n % 10 = 0 or n % 7 = 0 then '{2,3}'::smallint[] else '{}' end, 'lgpd_11_i_consent',
    case status when 'blocked' then 'objection' end, case status when 'blocked' then at end, n % 100,
    case when n % 3001 = 0 then 5 else 0 end, case when n % 3001 = 0 then now() + interval '1 day' end, at,
    case status when 'pending' then null else at end, at, now() - (n % 40) * interval '1 day', 'completed_biometric'
  from (
    select n, ${CUSTOM_ID} as custom_id,
      case when n % 2003 = 0 then 'blocked' when n % 2011 = 0 then 'pending' else 'enrolled' end as status,
      '${since}'::timestamptz + n * (interval '400 days' / ${people}) as at
    from generate_series(${first}::bigint, ${last}::bigint) n
  ) made on conflict do nothing`;
