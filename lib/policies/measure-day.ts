import { sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { findPoliciesOf } from "./queries.ts";
import type { Day, DayTry, LoginEnds, PausedLogin } from "./types.ts";

const DAY_MS = 24 * 3_600_000;
/** Tries looked at: the newest. A day that holds more is looked at from a later hour on, with nothing left out. */
const MOST_TRIES = 20_000;
/** Longest the day may keep the database. */
const MOST_MS = 2_000;
/** Failures before the day that can still matter: the highest limit a policy may set. */
const FAILURES_LOOKED_BACK = 10;

type TryRow = Omit<DayTry, "atMs"> & { atMs: number; openedMs: number };

/**
 * Every login opened in the last 24 hours with its tries, for the rules to be measured and replayed on. It reads ranges of
 * time alone, no more than 20,000 tries, and gives up after two seconds: then it throws what PostgreSQL says (57014).
 */
export function measureDay(db: DatabaseOrTransaction, now: Date, most = MOST_TRIES): Promise<Day> {
  return joinOrOpenTransaction(db, async (tx) => {
    await tx.execute(sql.raw(`set local statement_timeout = ${MOST_MS}`));
    const wanted = new Date(now.getTime() - DAY_MS);
    const read = await readTries(tx, wanted, most + 1);
    const isWhole = read.length <= most;
    // The oldest login read may be cut in the middle: the day begins after it.
    const from = isWhole ? wanted : new Date(Math.min(...read.map(({ openedMs }) => openedMs)) + 1);
    const tries = read.filter(({ openedMs }) => openedMs >= from.getTime()).sort((a, b) => a.atMs - b.atMs);
    const ends = await readEnds(tx, from);
    return {
      from,
      isWhole,
      tries,
      failuresBefore: await readFailuresBefore(tx, from, tries),
      pausedLogins: await readPausedLogins(tx, from),
      ends,
      offered: ends.reduce((sum, { count }) => sum + count, 0),
      policies: await findPoliciesOf(tx, [...new Set(tries.map(({ policyVersion }) => policyVersion))]),
    };
  });
}

// A join learns nothing of the range from the other side: each names it, so that older partitions are not looked at.
const since = (from: Date) => sql`${from.toISOString()}::timestamptz`;

async function readTries(tx: DatabaseOrTransaction, from: Date, most: number): Promise<TryRow[]> {
  return tx.execute<TryRow>(sql`
    select v.login_id as "loginId", v.person_id as "personId", v.attempt, v.modality <> 'fingers' as face,
      v.outcome, v.reason, v.decision, v.policy_version as "policyVersion", v.api_operation as "apiOperation",
      v.api_latency_ms as "apiLatencyMs", o.outcome as ended,
      (extract(epoch from v.at) * 1000)::float8 as "atMs",
      (extract(epoch from v.opened_at) * 1000)::float8 as "openedMs"
    from (
      select * from verifications
      where opened_at >= ${since(from)} and source = 'gateway' and login_id is not null
      order by opened_at desc limit ${most}) v
    left join login_outcomes o
      on o.opened_at >= ${since(from)} and o.opened_at = v.opened_at and o.login_id = v.login_id`);
}

/** Failures in a row that people who failed in the day had before it, from their own newest tries. */
async function readFailuresBefore(
  tx: DatabaseOrTransaction,
  from: Date,
  tries: readonly DayTry[],
): Promise<Map<string, number>> {
  const failed = new Set(
    tries.filter(({ outcome }) => outcome !== "matched").map(({ personId }) => personId),
  );
  const people = [...failed].filter((personId) => personId !== null);
  if (people.length === 0) return new Map();
  const rows = await tx.execute<{ personId: string; outcomes: string[] }>(sql`
    select p.id as "personId", array(
      select v.outcome from verifications v
      where v.person_id = p.id and v.opened_at < ${since(from)} and v.source = 'gateway' and v.outcome <> 'api_error'
      order by v.at desc limit ${FAILURES_LOOKED_BACK}) as outcomes
    from unnest(${sql.param(`{${people.join(",")}}`)}::uuid[]) as p(id)`);
  const inARow = (outcomes: string[]) => {
    const match = outcomes.indexOf("matched");
    return match === -1 ? outcomes.length : match;
  };
  return new Map(rows.map(({ personId, outcomes }) => [personId, inARow(outcomes)]));
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
