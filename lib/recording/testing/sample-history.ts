import type { Sql } from "postgres";
import { addCellsSql, addCountsSql, countSql, ROLLUPS } from "../rollup-statement.ts";

export type SampleHistory = { personId: string; from: Date; now: Date };

/**
 * Fills an empty database with people and their logins, evenly over the days before `now`, each tried once, and all that
 * is counted of them: large enough that PostgreSQL plans as for a large one. Returns one of the people.
 */
export async function sampleHistory(
  sql: Sql,
  { people, logins, days, now }: { people: number; logins: number; days: number; now: Date },
): Promise<SampleHistory> {
  const from = new Date(now.getTime() - days * 86_400_000);
  const stepMs = (days * 86_400_000) / logins;
  await sql`select make_event_partitions(${from.toISOString()}::text::date, ${now.toISOString()}::text::date)`;
  await sql`insert into people (id, custom_id, custom_id_folded, status, face_enrolled, legal_basis, bucket, created_at, enrolled_at)
    select md5('p' || n)::uuid, 'sample-' || n, 'sample-' || n, case n % 50 when 0 then 'blocked' else 'enrolled' end, true,
      'lgpd_11_i_consent', n % 100, ${from.toISOString()}::text::timestamptz, ${from.toISOString()}::text::timestamptz + n * interval '1 s'
    from generate_series(1, ${people}) n`;
  await sql`create temporary table made as
    select n, md5('l' || n)::uuid as id, md5('v' || n)::uuid as try_id, md5('p' || 1 + n % ${people})::uuid as person_id,
      date_trunc('milliseconds', ${from.toISOString()}::text::timestamptz + n::float8 * ${stepMs}::float8 * interval '1 ms') as at,
      md5('a' || n % 3)::uuid as application_id, (array['app', 'web', 'branch'])[1 + n % 3] as channel,
      (array['phone_android', 'phone_ios', 'desktop_windows', 'other'])[1 + n % 4] as device_class,
      n % 10 < 8 as matched, n % 997 = 0 as odd
    from generate_series(0, ${logins}::integer - 1) n`;
  await sql`insert into logins (id, opened_at, application_id, person_id, bucket, path, reason, exposure_percent, purpose, channel, device_class)
    select id, at, application_id, person_id, 1, 'biometric', 'exposed', 25, 'login', channel, device_class from made`;
  await sql`insert into verifications (id, opened_at, login_id, at, source, actor_id, person_id, attempt, modality, outcome, reason,
      decision, feedback_code, catalogue_version, channel, device_class, purpose, exposure_percent, policy_version, api_status,
      api_latency_ms, gateway)
    select try_id, at, id, at, 'gateway', application_id, person_id, 1, 'face',
      case when odd then 'spoof_suspected' when matched then 'matched' else 'not_matched' end,
      case when odd then 'spoof_suspected' when matched then 'matched' else 'different_person' end,
      'approved', 'welcome', 1, channel, device_class, 'login', 25, 1, 200, 100 + n % 900, 'sample'
    from made`;
  await sql`insert into login_outcomes (login_id, opened_at, at, application_id, person_id, path, path_reason, outcome,
      fallback_reason, locked_out, attempts, purpose, channel, device_class, exposure_percent)
    select id, at, at, application_id, person_id, 'biometric', 'exposed',
      case when odd then 'fell_back_failed' when matched then 'completed_biometric' else 'fell_back' end,
      case when odd then 'spoof_suspected' when matched then 'none' else 'not_matched' end, odd,
      1, 'login', channel, device_class, 25
    from made`;
  for (const rollup of ROLLUPS) {
    await sql.unsafe(addCountsSql(rollup, countSql(rollup, rollup.raw)));
    if (rollup.cells !== null) await sql.unsafe(addCellsSql(rollup.cells, rollup.raw));
  }
  await sql`drop table made`;
  await sql`analyze`;
  const [person] = await sql<{ id: string }[]>`select md5('p' || 1)::uuid as id`;
  return { personId: person?.id ?? "", from, now };
}
