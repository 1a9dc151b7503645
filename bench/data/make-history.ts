import type { Sql } from "postgres";
import {
  addCellsSql,
  addCountsSql,
  countSql,
  ROLLUPS,
  type Rollup,
} from "#lib/recording/rollup-statement.ts";
import { MINUTES_KEPT_DAYS, TIERS } from "#lib/recording/tiers.ts";
import { cutoffOf } from "#lib/retention/rules.ts";
import { TIME_ZONE } from "./bench-postgres.ts";
import { DAY_SQL, idSql, TRIES_SQL } from "./made-sql.ts";

const DAY_MS = 86_400_000;
/** About so many tries come of a hundred logins. */
const TRIES_OF_100 = 104;

export const APPLICATIONS = 5;
export const applicationIdSql = (application: string): string =>
  `('00000000-0000-7000-8000-0000000b000' || ${application})::uuid`;

const APPLICATION = applicationIdSql("application");

const LOGINS = `insert into logins (id, opened_at, application_id, person_id, bucket, path, reason, exposure_percent, purpose,
    channel, device_class)
  select id, date_trunc('milliseconds', at), ${APPLICATION}, person_id, person % 100,
    case ending when 'apart' then 'legacy' else 'biometric' end,
    case when ending <> 'apart' then 'exposed' when via < 70 then 'not_exposed' else 'not_enrolled' end,
    exposure, case via % 20 when 0 then 'transaction' else 'login' end, channel, device_class
  from made order by at`;

const OUTCOMES = `insert into login_outcomes (login_id, opened_at, at, application_id, person_id, path, path_reason, outcome,
    fallback_reason, locked_out, attempts, purpose, channel, device_class, exposure_percent)
  select id, date_trunc('milliseconds', at), at + (tries * 7 + 2) * interval '1 second', ${APPLICATION}, person_id,
    case ending when 'apart' then 'legacy' else 'biometric' end,
    case when ending <> 'apart' then 'exposed' when via < 70 then 'not_exposed' else 'not_enrolled' end,
    case ending when 'matched' then 'completed_biometric' when 'abandoned' then 'abandoned'
      when 'apart' then case when via < 93 then 'completed_legacy' when via < 97 then 'legacy_failed' else 'legacy_unreported' end
      else case when via < 80 then 'fell_back' when via < 86 then 'fell_back_failed' else 'legacy_unreported' end end,
    case ending when 'fell_back' then cause when 'abandoned' then 'not_finished' else 'none' end,
    ending = 'apart' and via = 96,
    case when ending = 'apart' or (ending = 'fell_back' and cause in ('chose_password', 'camera_refused')) then 0 else tries end,
    case via % 20 when 0 then 'transaction' else 'login' end, channel, device_class, exposure
  from made order by at`;

const VERIFICATIONS = `insert into verifications (id, opened_at, login_id, at, source, actor_id, person_id, attempt, modality,
    outcome, reason, decision, feedback_code, catalogue_version, channel, device_class, purpose, exposure_percent,
    policy_version, api_operation, api_status, api_message, api_tries, api_latency_ms, face_matched, fingers_sent,
    fingers_not_matched, gateway)
  select ${idSql("tried_at", "md5(n || 'v' || k)")}, date_trunc('milliseconds', at), id, tried_at, 'gateway', ${APPLICATION},
    person_id, k, case when is_finger then 'fingers' else 'face' end,
    case when is_match then 'matched' when failure like 'api%' then 'api_error' when failure = 'spoof_suspected' then failure
      when cause = 'capture_quality' then 'capture_refused' else 'not_matched' end,
    case when is_match then 'matched' else failure end,
    case when is_match then 'approved' when k < tries then 'retry_capture' else 'use_legacy' end,
    case when is_match then 'welcome' else 'not_matched' end, 1, channel, device_class,
    case via % 20 when 0 then 'transaction' else 'login' end, exposure, 1, 'verify',
    case failure when 'api_timed_out' then null when 'api_unreachable' then null else case when is_match then 200
      when failure = 'api_server_error' then 500 when failure = 'api_rate_limited' then 429 else 200 end end,
    null, 1, 180 + ((hashint8extended(n, 20 + k) & 2147483647) % 900)::integer + case when via = 0 then 1500 else 0 end,
    case when is_finger then null else is_match end,
    case when is_finger then '{2,3}'::smallint[] else '{}' end,
    case when is_finger and not is_match then '{2}'::smallint[] else '{}' end, 'bench-' || n % 3
  from (${TRIES_SQL}) t order by tried_at`;

export type MadeHistory = {
  days: number;
  people: number;
  tries: number;
  until: Date;
  /** Only what is counted is kept of all days but the last two: for what reads counts alone, at sizes that no disk holds. */
  countsOnly: boolean;
};
const DAYS_WHOLE = 2;

/**
 * Makes logins with about so many tries, evenly over days up to now, but for weekends, and all that is counted of them, as
 * the worker leaves it: by the minute only what is young enough. Several days are made at once, indexes last. Says after
 * each day how much is made.
 */
export async function makeHistory(
  sql: Sql,
  history: MadeHistory,
  onDay: (share: number) => void,
): Promise<void> {
  const { days, until } = history;
  const first = firstDayOf(history);
  await sql`select make_event_partitions(${first.toISOString()}::text::date, ${until.toISOString()}::text::date)`;
  await sql`update rollup_clock
    set time_zone = ${TIME_ZONE}, minutes_from = ${cutoffOf(MINUTES_KEPT_DAYS, until).toISOString()}`;
  const indexes = await dropIndexes(sql);
  const waiting = daysOf(history);
  let made = 0;
  const makeDays = async () => {
    for (const day of waiting) {
      await makeDay(sql, day);
      made += 1;
      onDay(made / days);
    }
  };
  await Promise.all(Array.from({ length: sql.options.max }, makeDays));
  for (const index of indexes) await sql.unsafe(index);
}

const firstDayOf = ({ days, until }: MadeHistory): Date =>
  new Date((Math.floor(until.getTime() / DAY_MS) - days + 1) * DAY_MS);

/** A day by what DAY_SQL takes for it. */
type MadeDay = { parameters: string[]; countsOnly: boolean };

/** One day after the other; who asks for the next day has it alone. */
function* daysOf(history: MadeHistory): Generator<MadeDay, void> {
  const { days, people, tries, until, countsOnly } = history;
  const logins = Math.round((tries * 100) / TRIES_OF_100);
  let before = 0;
  for (let day = 0; day < days; day += 1) {
    const start = new Date(firstDayOf(history).getTime() + day * DAY_MS);
    const count = Math.round((logins / days) * weekdayWeight(start));
    const numbers = [before, count, people, day / days].map(String);
    yield {
      parameters: [start.toISOString(), ...numbers, until.toISOString()],
      countsOnly: countsOnly && day < days - DAYS_WHOLE,
    };
    before += count;
  }
}

const weekdayWeight = (day: Date): number => ([0, 6].includes(day.getUTCDay()) ? 0.7 : 1.12);

async function makeDay(sql: Sql, { parameters, countsOnly }: MadeDay): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`set local statement_timeout = 0`;
    await tx.unsafe(`create temporary table made on commit drop as ${inlined(DAY_SQL, parameters)}`);
    // A temporary table goes before the lasting one of the same name.
    for (const table of countsOnly ? ["login_outcomes", "verifications"] : [])
      await tx.unsafe(
        `create temporary table ${table} (like public.${table} including defaults) on commit drop`,
      );
    for (const statement of [OUTCOMES, VERIFICATIONS, ...(countsOnly ? [] : [LOGINS])])
      await tx.unsafe(statement);
    for (const rollup of ROLLUPS) {
      const day = `(select * from ${rollup.raw} where opened_at >= '${parameters[0]}'::timestamptz
        and opened_at < '${parameters[0]}'::timestamptz + interval '1 day')`;
      await tx.unsafe(addCountsSql(rollup, keptSql(countSql(rollup, day))));
      if (rollup.cells !== null) await tx.unsafe(addCellsSql(rollup.cells, distinctSql(rollup.cells, day)));
    }
  });
}

const keptSql = (counted: string): string =>
  `select counted.* from (${counted}) counted, rollup_clock
    where counted.tier > ${TIERS.minute} or counted.starts_at >= minutes_from`;

/** Each combination once, before a digest is made of it. */
const distinctSql = ({ dimensions }: NonNullable<Rollup["cells"]>, rows: string): string =>
  `(select distinct ${dimensions.join(", ")} from ${rows} r)`;

/** A table that is made by a query takes no parameters. */
const inlined = (statement: string, parameters: readonly string[]): string =>
  statement.replace(/\$(\d)/g, (_, place) => `'${parameters[Number(place) - 1]}'`);

async function dropIndexes(sql: Sql): Promise<string[]> {
  const rows = await sql<{ name: string; definition: string }[]>`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index i where not indisprimary
      and indrelid in ('logins'::regclass, 'verifications'::regclass, 'login_outcomes'::regclass)`;
  for (const { name } of rows) await sql.unsafe(`drop index ${name}`);
  return rows.map(({ definition }) => definition.replace(" ON ONLY ", " ON "));
}
