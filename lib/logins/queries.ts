import type { Sql } from "postgres";
import { timeOfId } from "#lib/ids.ts";
import type { PersonStatus } from "#lib/people/schema.ts";
import { fallbackAfter } from "./rules.ts";
import type { DeviceClass, Path, PathReason, Purpose, VerificationOutcome } from "./schema.ts";
import type { Applicant, Candidate, OpenLogin } from "./types.ts";

// These run once per login, so they are prepared statements of the driver itself. Times travel as milliseconds: the
// driver's own reading of dates is switched off by the query builder that shares its pool.

type PersonRow = {
  status: PersonStatus;
  bucket: number;
  paused_until_ms: number | null;
  failures_in_a_row: number;
};

/** The people of these CustomIDs as far as a login cares, each or null. */
export async function findCandidates(sql: Sql, customIds: readonly string[]): Promise<(Applicant | null)[]> {
  const rows = await sql<(PersonRow & { id: string; custom_id: string; is_early_adopter: boolean })[]>`
    select id, custom_id, status, bucket, failures_in_a_row,
      (extract(epoch from paused_until) * 1000)::float8 as paused_until_ms,
      exists (select from early_adopters a where a.custom_id = people.custom_id) as is_early_adopter
    from people where custom_id = any(${[...customIds]}::text[])`;
  const known = new Map(rows.map((row) => [row.custom_id, row]));
  return customIds.map((customId) => {
    const row = known.get(customId);
    if (row === undefined) return null;
    return { personId: row.id, ...candidateOf(row), isEarlyAdopter: row.is_early_adopter };
  });
}

const candidateOf = (row: PersonRow): Omit<Candidate, "personId"> => ({
  status: row.status,
  bucket: row.bucket,
  pausedUntil: row.paused_until_ms === null ? null : new Date(row.paused_until_ms),
  failuresInARow: row.failures_in_a_row,
});

type LoginRow = {
  id: string;
  application_id: string;
  person_id: string | null;
  custom_id: string | null;
  bucket: number | null;
  path: Path;
  reason: PathReason;
  exposure_percent: number;
  purpose: Purpose;
  channel: string;
  device_class: DeviceClass;
  device_os: string | null;
  app_version: string | null;
  attempts_used: number;
  attempts_allowed: number;
  closed: boolean;
};

const loginOf = (row: LoginRow): OpenLogin => ({
  opened: {
    id: row.id,
    openedAt: timeOfId(row.id),
    applicationId: row.application_id,
    personId: row.person_id,
    bucket: row.bucket,
    path: row.path,
    reason: row.reason,
    exposurePercent: row.exposure_percent,
    purpose: row.purpose,
    channel: row.channel,
    deviceClass: row.device_class,
    deviceOs: row.device_os,
    appVersion: row.app_version,
    attemptsAllowed: row.attempts_allowed,
    attemptsUsed: row.attempts_used,
  },
  customId: row.custom_id,
  attemptsUsed: row.attempts_used,
  closed: row.closed,
  pathEnded: row.attempts_used >= row.attempts_allowed,
  fallbackReason: null,
});

type Wanted = { loginId: string; applicationId: string };

/** A try that was taken, and how many failures in a row came before it. */
export type TakenAttempt = { login: OpenLogin; failuresBefore: number };

/**
 * Takes one try of an open biometric login, if one may be taken now: not closed, tries left, the person enrolled and
 * not paused. One conditional update, so that two requests at once cannot both take the last. Null when refused.
 */
export async function takeAttempt(
  sql: Sql,
  { loginId, applicationId }: Wanted,
  now: Date,
): Promise<TakenAttempt | null> {
  const rows = await sql<(LoginRow & { failures_in_a_row: number })[]>`
    update login_states s set attempts_used = s.attempts_used + 1
    from people p, logins l
    where s.id = ${loginId} and s.application_id = ${applicationId} and s.closed_at is null
      and s.path = 'biometric' and s.attempts_used < s.attempts_allowed
      and p.id = s.person_id and p.status = 'enrolled'
      and (p.paused_until is null or p.paused_until <= ${now.toISOString()}::timestamptz)
      and l.id = s.id and l.opened_at = ${timeOfId(loginId).toISOString()}::timestamptz
    returning s.id, s.application_id, s.person_id, p.custom_id, l.bucket, l.path, l.reason, l.exposure_percent,
      l.purpose, l.channel, l.device_class, l.device_os, l.app_version, s.attempts_used, s.attempts_allowed,
      false as closed, p.failures_in_a_row`;
  const row = rows[0];
  return row === undefined ? null : { login: loginOf(row), failuresBefore: row.failures_in_a_row };
}

/** A login as any gateway finds it, with its person and how its last try ended. */
export type FoundLogin = { login: OpenLogin; candidate: Candidate | null };

type FoundRow = LoginRow & {
  status: PersonStatus | null;
  paused_until_ms: number | null;
  failures_in_a_row: number | null;
  last_outcome: VerificationOutcome | null;
};

/** The login of this id and application, or null. For the rarer questions; a try takes `takeAttempt`. */
export async function findLogin(sql: Sql, { loginId, applicationId }: Wanted): Promise<FoundLogin | null> {
  const openedAt = timeOfId(loginId).toISOString();
  const rows = await sql<FoundRow[]>`
    select s.id, s.application_id, s.person_id, p.custom_id, l.bucket, l.path, l.reason, l.exposure_percent,
      l.purpose, l.channel, l.device_class, l.device_os, l.app_version, s.attempts_used, s.attempts_allowed,
      s.closed_at is not null as closed, p.status,
      (extract(epoch from p.paused_until) * 1000)::float8 as paused_until_ms, p.failures_in_a_row,
      (select v.outcome from verifications v where v.login_id = s.id and v.opened_at = ${openedAt}::timestamptz
        order by v.at desc, v.id desc limit 1) as last_outcome
    from login_states s
    join logins l on l.id = s.id and l.opened_at = ${openedAt}::timestamptz
    left join people p on p.id = s.person_id
    where s.id = ${loginId} and s.application_id = ${applicationId}`;
  const row = rows[0];
  if (row === undefined) return null;
  const { status, person_id, paused_until_ms, last_outcome, attempts_used, attempts_allowed } = row;
  const fallbackReason =
    last_outcome === null ? null : fallbackAfter(last_outcome, attempts_used, attempts_allowed);
  const login = { ...loginOf(row), fallbackReason };
  const known = status !== null && person_id !== null;
  const person = {
    status: status ?? "pending",
    bucket: row.bucket ?? 0,
    paused_until_ms,
    failures_in_a_row: row.failures_in_a_row ?? 0,
  };
  return { login, candidate: known ? { personId: person_id, ...candidateOf(person) } : null };
}
