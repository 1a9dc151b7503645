import {
  CLOSED_COLUMNS,
  jsonShape,
  OPENED_COLUMNS,
  storedColumns,
  storedFields,
  VERIFICATION_COLUMNS,
} from "./columns.ts";
import {
  addCellsSql,
  addCountsSql,
  countSql,
  LATENCY_ROLLUP,
  LOGIN_ROLLUP,
  VERIFICATION_ROLLUP,
} from "./rollup-statement.ts";

/** Told at the commit of a statement that recorded verifications, while somebody watches them come in (live_tails). */
export const VERIFICATIONS_CHANNEL = "verifications";

/** Outcomes that count as a failed try of the person; trouble at the API does not. */
const FAILED = "('not_matched', 'capture_refused', 'spoof_suspected')";

/** The events as sent, each id once, the person looked up where only the CustomID was known. */
function given(
  parameter: string,
  columns: Parameters<typeof jsonShape>[0],
  id: string,
  firstBy: string,
): string {
  return `
  select distinct on (e."${id}") e.*,
    coalesce(e."personId", (select p.id from people p where p.custom_id = e."customId")) as person
  from json_to_recordset(${parameter}::text::json) as e(${jsonShape(columns)})
  order by e."${id}", e."${firstBy}"`;
}

/** Inserts in the order of the primary key, so that two statements never wait for each other crosswise. */
function insertNew(
  table: string,
  columns: Parameters<typeof jsonShape>[0],
  from: string,
  id: string,
): string {
  return `
  insert into ${table} (${storedColumns(columns)}) select ${storedFields(columns)} from ${from} e
  order by e."openedAt", e."${id}" on conflict do nothing returning *`;
}

const LOGIN_STATES = `
made_states as (
  insert into login_states
    (id, opened_at, application_id, person_id, path, attempts_used, attempts_allowed, closed_at)
  select e.id, e."openedAt", e."applicationId", e.person, e.path, greatest(e."attemptsUsed", t.attempt),
    e."attemptsAllowed", coalesce(c.at, (
      select o.at from login_outcomes o where o.opened_at = e."openedAt" and o.login_id = e.id))
  from new_logins n join opened e on e.id = n.id
    left join tries t on t.login_id = n.id left join closed c on c."loginId" = n.id
  order by n.id on conflict do nothing
),
late_states as (
  select s.id, c.at as closed_at, t.attempt
  from (select login_id as id from tries union select "loginId" from closed) k join login_states s on s.id = k.id
    left join tries t on t.login_id = k.id left join closed c on c."loginId" = k.id
  where (c.at is not null and s.closed_at is null) or s.attempts_used < t.attempt
  order by s.id for update of s
),
changed_states as (
  update login_states s set closed_at = coalesce(s.closed_at, l.closed_at),
    attempts_used = greatest(s.attempts_used, l.attempt)
  from late_states l where s.id = l.id
)`;

/** Each rollup with the dictionary of its cells, from what was just inserted. */
const COUNTS = `
verification_cells_met as (${addCellsSql(VERIFICATION_ROLLUP.cells, "new_verifications")}),
login_cells_met as (${addCellsSql(LOGIN_ROLLUP.cells, "new_outcomes")}),
counted_verifications as (${addCountsSql(VERIFICATION_ROLLUP, countSql(VERIFICATION_ROLLUP, "new_verifications"))}),
counted_logins as (${addCountsSql(LOGIN_ROLLUP, countSql(LOGIN_ROLLUP, "new_outcomes"))}),
counted_latencies as (${addCountsSql(LATENCY_ROLLUP, countSql(LATENCY_ROLLUP, "new_verifications"))})`;

/** Failures remembered with their times, far above any policy's limit. */
const FAILURES_REMEMBERED = 32;

/**
 * One update per person from all their new events. Rows are locked in order first, so that the sums start from what
 * other gateways have just committed. What is recorded late (a journal came back) is counted in its place: a failure
 * before the last match counts nothing, and a match clears only the failures before it.
 */
const PEOPLE = `
person_tries as (
  select n.person_id, max(n.at) filter (where n.outcome = 'matched') as confirmed_at,
    max(n.at) filter (where n.source = 'gateway' and n.outcome = 'matched') as matched_at,
    array_agg(n.at order by n.at) filter (where n.source = 'gateway' and n.outcome in ${FAILED}) as failed_at,
    (array_agg(e."pauseAfterFailures" order by n.at desc, n.id desc)
      filter (where n.source = 'gateway' and n.outcome in ${FAILED}))[1] as pause_after,
    (array_agg(e."pauseMinutes" order by n.at desc, n.id desc)
      filter (where n.source = 'gateway' and n.outcome in ${FAILED}))[1] as pause_minutes
  from new_verifications n join verified e on e.id = n.id where n.person_id is not null group by n.person_id
),
person_logins as (
  select distinct on (n.person_id) n.person_id, n.opened_at, n.outcome
  from new_outcomes n where n.person_id is not null order by n.person_id, n.opened_at desc, n.login_id desc
),
locked_people as (
  select p.* from people p
  where p.id in (select person_id from person_tries union select person_id from person_logins)
  order by p.id for update
),
standing as (
  select p.*, t.confirmed_at as tried_at, t.pause_after, t.pause_minutes, g.opened_at as login_at,
    g.outcome as login_outcome, t.failed_at[cardinality(t.failed_at)] as newest_failure,
    greatest(p.last_matched_at, t.matched_at) as matched_at,
    t.matched_at >= coalesce(p.last_matched_at, '-infinity') as cleared,
    array(select f from unnest(p.recent_failures_at) f where f > coalesce(t.matched_at, '-infinity')) as kept,
    array(select f from unnest(t.failed_at) f
      where f > coalesce(greatest(p.last_matched_at, t.matched_at), '-infinity')) as added
  from locked_people p
    left join person_tries t on t.person_id = p.id left join person_logins g on g.person_id = p.id
),
failing as (
  select s.*, cardinality(s.added)
    + case when s.cleared then cardinality(s.kept) else s.failures_in_a_row end as failures
  from standing s
),
changed_people as (
  update people p set
    failures_in_a_row = f.failures,
    last_matched_at = f.matched_at,
    recent_failures_at = array(
      select x from unnest(case when f.cleared then f.kept else f.recent_failures_at end || f.added) x
      order by x desc limit ${FAILURES_REMEMBERED}),
    paused_until = case
      when cardinality(f.added) > 0 and f.failures >= f.pause_after
        then greatest(f.paused_until, f.newest_failure + f.pause_minutes * interval '1 minute')
      when f.cleared and f.failures = 0 then null
      else f.paused_until end,
    confirmed_at = greatest(f.confirmed_at, f.tried_at),
    last_login_at = case when f.login_at >= coalesce(f.last_login_at, '-infinity') then f.login_at
      else f.last_login_at end,
    last_login_outcome = case when f.login_at >= coalesce(f.last_login_at, '-infinity') then f.login_outcome
      else f.last_login_outcome end
  from failing f where p.id = f.id
)`;

/**
 * Records events given as three JSON arrays ($1 opened, $2 verifications, $3 closed): raw rows, working rows, rollups
 * and people in one statement, everything derived from what this statement itself inserted. Repeating it changes
 * nothing.
 */
export const RECORD_SQL = `with
opened as materialized (${given("$1", OPENED_COLUMNS, "id", "openedAt")}),
verified as materialized (${given("$2", VERIFICATION_COLUMNS, "id", "at")}),
closed as materialized (${given("$3", CLOSED_COLUMNS, "loginId", "at")}),
tries as materialized (
  select e."loginId" as login_id, max(greatest(e.attempt, e."triesUsed")) as attempt from verified e
  where e."loginId" is not null group by 1
),
new_logins as (${insertNew("logins", OPENED_COLUMNS, "opened", "id")}),
new_verifications as (${insertNew("verifications", VERIFICATION_COLUMNS, "verified", "id")}),
new_outcomes as (${insertNew("login_outcomes", CLOSED_COLUMNS, "closed", "loginId")}),
${LOGIN_STATES},
${COUNTS},
${PEOPLE}
select (select count(*) from new_logins)::integer as opened,
  (select count(*) from new_verifications)::integer as verifications,
  (select pg_notify('${VERIFICATIONS_CHANNEL}', '') from live_tails where room = 'verifications'
    and watched_until > now() and exists (select from new_verifications)) as told,
  (select count(*) from new_outcomes)::integer as closed`;
