import { sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { findPoliciesOf } from "./queries.ts";
import {
  type Day,
  type DayTry,
  type LoginEnds,
  type PausedLogin,
  POLICY_RANGES,
  type SmoothTries,
} from "./types.ts";

const DAY_MS = 24 * 3_600_000;
/** Tries looked at: the newest. A day that holds more is looked at from a later hour on, with nothing left out. */
const MOST_TRIES = 20_000;
/** Longest the day may keep the database. */
const MOST_MS = 2_000;
/** Failures before the day that can still matter: the highest limit a policy may set. */
const FAILURES_LOOKED_BACK = 10;
/** How far back somebody's tries are looked for, in days: months hold few of one person each, and most are found in the newest. */
const LOOK_BACK_DAYS = [35, 140, null] as const;
/** The longest a login stays open: its tries come so much later than its opening at most. */
const LONGEST_OPEN_MS = POLICY_RANGES.openLoginMinutes.max * 60_000;

type TryRow = DayTry & { failuresBefore: number | null };
/** A try by itself, or without a login as many as `count` smooth ones. The same `cutMs` stands in each. */
type ReadRow = (TryRow | (Omit<TryRow, "loginId"> & { loginId: null })) & {
  count: number;
  cutMs: number | null;
};

/**
 * Every login opened in the last 24 hours with its tries, for the rules to be measured and replayed on. It reads ranges of
 * time alone, no more than 20,000 tries, and gives up after two seconds: then it throws what PostgreSQL says (57014).
 */
export function measureDay(db: DatabaseOrTransaction, now: Date, most = MOST_TRIES): Promise<Day> {
  return joinOrOpenTransaction(db, async (tx) => {
    await tx.execute(sql.raw(`set local statement_timeout = ${MOST_MS}`));
    const wanted = new Date(now.getTime() - DAY_MS);
    const { cutMs, tries, smooth } = await readTries(tx, wanted, most);
    const from = cutMs === null ? wanted : new Date(cutMs + 1);
    const ends = await readEnds(tx, from);
    return {
      from,
      isWhole: cutMs === null,
      tries,
      smooth,
      failuresBefore: await readFailuresBefore(tx, from, tries),
      pausedLogins: await readPausedLogins(tx, from),
      ends,
      offered: ends.reduce((sum, { count }) => sum + count, 0),
      policies: await findPoliciesOf(tx, [
        ...new Set([...tries, ...smooth].map(({ policyVersion }) => policyVersion)),
      ]),
    };
  });
}

// A join learns nothing of the range from the other side: each names it, so that older partitions are not looked at.
const since = (from: Date) => sql`${from.toISOString()}::timestamptz`;

/**
 * The newest tries of logins opened since then. Where there are more than `most` the oldest of these logins may be cut in the
 * middle, and is left out: `cutMs` is when it was opened. How the logins ended is read as one range of time.
 */
async function readTries(
  tx: DatabaseOrTransaction,
  from: Date,
  most: number,
): Promise<{ cutMs: number | null; tries: TryRow[]; smooth: SmoothTries[] }> {
  const rows = await tx.execute<ReadRow>(sql`
    with newest as materialized (
      select login_id, opened_at, person_id, at, attempt, modality <> 'fingers' as face, outcome, reason, decision,
        policy_version, api_operation, api_latency_ms, failures_before
      from verifications
      where opened_at >= ${since(from)} and source = 'gateway' and login_id is not null
      order by opened_at desc limit ${most + 1}
    ), failed as (
      select distinct person_id from newest where outcome <> 'matched'
    ), tries as materialized (
      select v.*, cut.at as cut_at, v.outcome = 'matched' and v.attempt = 1 and f.person_id is null as is_smooth
      from newest v
        cross join (select case when count(*) > ${most} then min(opened_at) end as at from newest) cut
        left join failed f on f.person_id = v.person_id
      where cut.at is null or v.opened_at > cut.at
    ), ends as (
      select login_id, opened_at, outcome from login_outcomes
      where opened_at >= ${since(from)} and opened_at >= (select min(opened_at) from tries)
      offset 0
    )
    select v.login_id as "loginId", v.person_id as "personId", v.attempt, v.face, v.outcome, v.reason, v.decision,
      v.policy_version as "policyVersion", v.api_operation as "apiOperation", v.api_latency_ms as "apiLatencyMs",
      v.failures_before as "failuresBefore", o.outcome as ended, (extract(epoch from v.at) * 1000)::float8 as "atMs",
      1 as count, (extract(epoch from v.cut_at) * 1000)::float8 as "cutMs"
    from tries v left join ends o on o.opened_at = v.opened_at and o.login_id = v.login_id
    where not v.is_smooth
    union all
    select null, null, null, face, null, null, null, policy_version, null, api_latency_ms, null, null, null,
      count(*)::int, (extract(epoch from min(cut_at)) * 1000)::float8
    from tries where is_smooth group by face, policy_version, api_latency_ms`);
  const tries = rows.filter((row): row is TryRow & ReadRow => row.loginId !== null);
  const smooth = rows.filter(({ loginId }) => loginId === null);
  return { cutMs: rows[0]?.cutMs ?? null, tries: tries.sort((a, b) => a.atMs - b.atMs), smooth };
}

/**
 * Failures in a row that people who failed in the day came into it with: as their first try of the day recorded them, or,
 * where it recorded none, by their own newest tries before the day.
 */
async function readFailuresBefore(
  tx: DatabaseOrTransaction,
  from: Date,
  tries: readonly TryRow[],
): Promise<Map<string, number>> {
  const failed = new Set(
    tries.filter(({ outcome }) => outcome !== "matched").map(({ personId }) => personId),
  );
  const first = new Map<string, number | null>();
  for (const { personId, failuresBefore } of tries)
    if (personId !== null && failed.has(personId) && !first.has(personId))
      first.set(personId, failuresBefore);
  const failures = new Map<string, number>();
  for (const [personId, recorded] of first) if (recorded !== null) failures.set(personId, recorded);
  for (const days of LOOK_BACK_DAYS) {
    const people = [...first.keys()].filter((personId) => !failures.has(personId));
    if (people.length === 0) break;
    for (const { personId, outcomes } of await readOutcomesBefore(tx, from, people, days)) {
      const match = outcomes.indexOf("matched");
      const isTold = match !== -1 || outcomes.length === FAILURES_LOOKED_BACK || days === null;
      if (isTold) failures.set(personId, match === -1 ? outcomes.length : match);
    }
  }
  return failures;
}

/** How the newest tries of each of these people went before the day, of so many days or of all, the newest first. */
async function readOutcomesBefore(
  tx: DatabaseOrTransaction,
  from: Date,
  people: readonly string[],
  days: number | null,
): Promise<{ personId: string; outcomes: string[] }[]> {
  const back = new Date(from.getTime() - (days ?? 0) * DAY_MS);
  // A login opened earlier has its tries before the second of these: none of them is newer than what is read.
  const newer =
    days === null
      ? sql``
      : sql`and v.opened_at >= ${since(back)} and v.at >= ${since(new Date(back.getTime() + LONGEST_OPEN_MS))}`;
  return tx.execute(sql`
    select p.id as "personId", array(
      select v.outcome from verifications v
      where v.person_id = p.id and v.opened_at < ${since(from)} ${newer}
        and v.source = 'gateway' and v.outcome <> 'api_error'
      order by v.at desc limit ${FAILURES_LOOKED_BACK}) as outcomes
    from unnest(${sql.param(`{${people.join(",")}}`)}::uuid[]) as p(id)`);
}

async function readPausedLogins(tx: DatabaseOrTransaction, from: Date): Promise<PausedLogin[]> {
  return tx.execute<PausedLogin>(sql`
    select l.person_id as "personId", (extract(epoch from l.opened_at) * 1000)::float8 as "atMs", o.outcome as ended
    from logins l left join login_outcomes o
      on o.opened_at >= ${since(from)} and o.opened_at = l.opened_at and o.login_id = l.id
    where l.opened_at >= ${since(from)} and l.reason = 'paused'
    order by l.opened_at desc limit ${MOST_TRIES}`);
}

async function readEnds(tx: DatabaseOrTransaction, from: Date): Promise<LoginEnds[]> {
  return tx.execute<LoginEnds>(sql`
    select greatest(1, ceil(extract(epoch from o.at - o.opened_at) / 60))::int as minutes,
      o.outcome in ('abandoned', 'legacy_unreported') as "byUs", count(*)::int as count
    from login_outcomes o where o.opened_at >= ${since(from)} and o.path = 'biometric' group by 1, 2`);
}
