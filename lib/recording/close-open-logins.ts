import type { Sql } from "postgres";
import { timeOfId } from "#lib/ids.ts";
import { fallbackAfter } from "#lib/logins/rules.ts";
import type { FallbackReason, LoginOutcome, Path, VerificationOutcome } from "#lib/logins/schema.ts";
import type { LoginClosed } from "./types.ts";
import { writeEvents } from "./write-events.ts";

const LOGINS_AT_ONCE = 500;

export type OpenLoginFacts = {
  path: Path;
  attemptsUsed: number;
  attemptsAllowed: number;
  /** How the last try ended; null when none was made. */
  lastTry: { outcome: VerificationOutcome; decision: string } | null;
};

type End = { outcome: LoginOutcome; fallbackReason: FallbackReason };

/**
 * How a login ended that nobody finished in time: abandoned where the person could still have tried, unreported where
 * they had been sent to the old way and the application never said how that went.
 */
export function endOfOpenLogin({ path, lastTry, attemptsUsed, attemptsAllowed }: OpenLoginFacts): End {
  if (path === "legacy") return { outcome: "legacy_unreported", fallbackReason: "none" };
  if (lastTry?.decision !== "use_legacy") return { outcome: "abandoned", fallbackReason: "not_finished" };
  const fallbackReason = fallbackAfter(lastTry.outcome, attemptsUsed, attemptsAllowed);
  return { outcome: "legacy_unreported", fallbackReason };
}

export type Closing = { now: Date; openLoginMinutes: number; signal?: AbortSignal };

/**
 * Closes every login that was opened, and recorded, longer ago than the policy allows, through the statement that
 * counts every other outcome; an outcome that arrives meanwhile wins. Closes none while a gateway may still bring
 * outcomes of its journal. Returns how many it closed.
 */
export async function closeOpenLogins(sql: Sql, closing: Closing): Promise<number> {
  if (await mayOutcomesStillCome(sql, closing.now)) return 0;
  let closed = 0;
  while (!closing.signal?.aborted) {
    const rows = await listOpenLogins(sql, closing);
    if (rows.length === 0) break;
    const inserted = await writeEvents(sql, { closed: rows.map((row) => closedEvent(row, closing.now)) });
    closed += inserted.closed;
    if (rows.length < LOGINS_AT_ONCE) break;
  }
  return closed;
}

/** Gateways report themselves every ten seconds. */
const SILENT_AFTER_SECONDS = 30;

/**
 * The first outcome of a login holds, so that one closed here would shut out the outcome that was acknowledged during an
 * outage and stands in a journal. It may while a gateway says that it holds lines, and until the first is heard again
 * after all were silent: then the database itself may just have come back.
 */
async function mayOutcomesStillCome(sql: Sql, now: Date): Promise<boolean> {
  const since = new Date(now.getTime() - SILENT_AFTER_SECONDS * 1000).toISOString();
  const [row] = await sql<{ may: boolean | null }[]>`
    select not bool_or(seen_at > ${since}::text::timestamptz)
      or bool_or(seen_at > ${since}::text::timestamptz and journal_lines > 0) as may
    from gateways`;
  return row?.may === true;
}

type OpenRow = Omit<
  LoginClosed,
  "openedAt" | "at" | "outcome" | "fallbackReason" | "lockedOut" | "attempts"
> & {
  attemptsUsed: number;
  attemptsAllowed: number;
  lastOutcome: VerificationOutcome | null;
  lastDecision: string | null;
};

/** A login opened while the database was away gets its full time from when it came in: its end may come right after it. */
function listOpenLogins(sql: Sql, { now, openLoginMinutes }: Closing): Promise<OpenRow[]> {
  const before = new Date(now.getTime() - openLoginMinutes * 60_000).toISOString();
  return sql<OpenRow[]>`
    select s.id as "loginId", l.application_id as "applicationId", l.person_id as "personId", l.path,
      l.reason as "pathReason", l.purpose, l.channel, l.device_class as "deviceClass",
      l.exposure_percent as "exposurePercent", s.attempts_used as "attemptsUsed",
      s.attempts_allowed as "attemptsAllowed", v.outcome as "lastOutcome", v.decision as "lastDecision"
    from login_states s
      join logins l on l.id = s.id and l.opened_at = s.opened_at
      left join lateral (
        select v.outcome, v.decision from verifications v
        where v.login_id = s.id and v.opened_at = s.opened_at order by v.at desc, v.id desc limit 1) v on true
    where s.closed_at is null and s.opened_at < ${before}::text::timestamptz
      and s.recorded_at < ${before}::text::timestamptz
    order by s.opened_at, s.id limit ${LOGINS_AT_ONCE}`;
}

function closedEvent(row: OpenRow, at: Date): LoginClosed {
  const { attemptsUsed, attemptsAllowed, lastOutcome, lastDecision, ...login } = row;
  const lastTry = lastOutcome && lastDecision ? { outcome: lastOutcome, decision: lastDecision } : null;
  return {
    ...login,
    ...endOfOpenLogin({ path: row.path, attemptsUsed, attemptsAllowed, lastTry }),
    openedAt: timeOfId(row.loginId),
    at,
    lockedOut: false,
    attempts: attemptsUsed,
  };
}
