import { desc, eq, gte, type SQL, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { members } from "#db/schema/members.ts";
import { retentionSettings } from "#db/schema/retention.ts";
import { TIERS } from "#lib/recording/tiers.ts";
import { chosenIn, cutoffOf, dayOf, MOST_COUNTED, obeyedValues, SAMPLED } from "./rules.ts";
import { DEFAULT_RETENTION_VALUES, type RetentionValues, retentionValuesSchema } from "./schema.ts";
import type {
  HistoryMonth,
  IdleDay,
  IdlePeople,
  Retention,
  RetentionChange,
  RetentionVersion,
} from "./types.ts";

const CHANGES_LISTED = 6;
const DEFAULTS: RetentionVersion = { version: 0, values: DEFAULT_RETENTION_VALUES, changedAt: new Date(0) };

/** The settings wanted now; version 0 with the defaults where nobody has chosen. */
export async function findCurrentRetention(db: DatabaseOrTransaction): Promise<Retention> {
  const [row] = await db
    .select({ version: retentionSettings.version, values: retentionSettings.values })
    .from(retentionSettings)
    .orderBy(desc(retentionSettings.version))
    .limit(1);
  if (!row) return { version: DEFAULTS.version, values: DEFAULTS.values };
  return { version: row.version, values: retentionValuesSchema.parse(row.values) };
}

/** What worker and gateways obey now: a time that was made shorter counts a day later. */
export async function findObeyedRetention(db: DatabaseOrTransaction, now: Date): Promise<RetentionValues> {
  const dayAgo = cutoffOf(1, now).toISOString();
  const rows = await db
    .select({
      version: retentionSettings.version,
      values: retentionSettings.values,
      changedAt: retentionSettings.changedAt,
    })
    .from(retentionSettings)
    .where(
      gte(
        retentionSettings.version,
        sql`coalesce((select max(version) from retention_settings where changed_at <= ${dayAgo}::timestamptz), 0)`,
      ),
    )
    .orderBy(desc(retentionSettings.version));
  const versions = rows.map((row) => ({ ...row, values: retentionValuesSchema.parse(row.values) }));
  return obeyedValues([...versions, DEFAULTS], now);
}

/** Who chose the days after which inactive people are let go of, and why; null where nobody did. */
export async function findInactivityRule(db: DatabaseOrTransaction, days: number) {
  const rows = await db.select().from(retentionSettings).orderBy(desc(retentionSettings.version));
  const versions = rows.map((row) => ({ ...row, values: retentionValuesSchema.parse(row.values) }));
  return chosenIn(versions, "inactivePersonDays", days);
}

/** The latest changes, newest first. */
export async function listRetentionChanges(db: DatabaseOrTransaction): Promise<RetentionChange[]> {
  const rows = await db
    .select({
      version: retentionSettings.version,
      values: retentionSettings.values,
      changedAt: retentionSettings.changedAt,
      reason: retentionSettings.reason,
      changedByName: members.name,
    })
    .from(retentionSettings)
    .leftJoin(members, eq(members.id, retentionSettings.changedBy))
    .orderBy(desc(retentionSettings.version))
    .limit(CHANGES_LISTED);
  return rows.map((row) => ({ ...row, values: retentionValuesSchema.parse(row.values) }));
}

/** Every month of the history with the rows PostgreSQL estimates in it, all event tables together, oldest first. */
export async function listHistoryMonths(db: DatabaseOrTransaction): Promise<HistoryMonth[]> {
  const rows = await db.execute<{ month: string; rows: number | null }>(sql`
    select replace(right(c.relname, 7), '_', '-') as month,
      sum(c.reltuples) filter (where c.reltuples >= 0)::float8 as rows
    from pg_inherits i
      join pg_class c on c.oid = i.inhrelid
    where i.inhparent in ('logins'::regclass, 'verifications'::regclass, 'login_outcomes'::regclass)
    group by 1 order by 1`);
  return [...rows];
}

/** The tables whose holdings the page tells, each with the column of its time; an index begins with that column. */
const TIMED = {
  logins: "opened_at",
  login_rollups: "starts_at",
  notification_events: "at",
  audit_entries: "at",
} as const;

/** Days hold all that hours and minutes do. */
const WITHIN: Partial<Record<keyof typeof TIMED, SQL>> = { login_rollups: sql`tier = ${TIERS.day}` };

/** When the oldest row of this table is from. */
export async function findOldestTime(
  db: DatabaseOrTransaction,
  table: keyof typeof TIMED,
): Promise<Date | null> {
  const column = sql.identifier(TIMED[table]);
  const [row] = await db.execute<{ at: string | null }>(
    sql`select min(${column}) as at from ${sql.identifier(table)} where ${WITHIN[table] ?? sql`true`}`,
  );
  return row?.at ? new Date(row.at) : null;
}

/** About how many rows each of these tables holds by PostgreSQL's statistics; null before the first estimate. */
export async function estimateRows(
  db: DatabaseOrTransaction,
  tables: readonly string[],
): Promise<Map<string, number | null>> {
  const names = sql.join(
    tables.map((table) => sql`${table}`),
    sql`, `,
  );
  const rows = await db.execute<{ name: string; rows: number | null }>(sql`
    select relname as name, nullif(reltuples, -1)::float8 as rows
    from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname in (${names})`);
  return new Map(rows.map(({ name, rows: estimate }) => [name, estimate]));
}

/** When a person was last active: enrolled, recaptured, verified, logged in either way, or became known. */
export const lastActiveAt = sql`greatest(people.created_at, people.enrolled_at, people.confirmed_at,
  people.last_matched_at, people.last_login_at)`;

/** A deletion by retention that was not carried out is not proposed again for so long. */
const REST_DAYS = 30;

/** Nobody decides about this person's data now: no standing hold, no open request, no waiting list. */
export const isUndecided = sql`not exists (select from (
    select custom_id from legal_holds where released_at is null
    union all select custom_id from data_requests where closed_at is null
    union all select r.custom_id from request_batch_rows r join request_batches b on b.id = r.batch_id
      where r.state in ('unread', 'good') and b.closed_at is null
  ) decided where decided.custom_id = people.custom_id)`;

/** Nobody else decides about this person now, they are not blocked, and no deletion by retention was taken back lately. */
export const isFreeToGo = (now: Date) => sql`people.status <> 'blocked' and ${isUndecided}
  and not exists (select from data_requests d where d.person_id = people.id and d.channel = 'retention'
    and d.closed_at > ${cutoffOf(REST_DAYS, now).toISOString()}::timestamptz)`;

/**
 * What to write behind `people` to look at all up to 200,000, and of more at about 50,000, always the same, so that an
 * estimate does not change by itself; and the share of all that this is, 0 to 1.
 */
export async function samplePeople(db: DatabaseOrTransaction): Promise<{ sample: SQL; share: number }> {
  const held = (await estimateRows(db, ["people"])).get("people") ?? 0;
  if (held <= MOST_COUNTED) return { share: 1, sample: sql`` };
  const sample = sql`tablesample system (${(SAMPLED / held) * 100}::real) repeatable (0)`;
  // By chance a sample has some per cent more or fewer pages than were asked for.
  const [looked] = await db.execute<{ at: number }>(sql`select count(*)::int as at from people ${sample}`);
  return { share: (looked?.at ?? SAMPLED) / held, sample };
}

/**
 * How long people whom retention may let go of have been inactive, in days of the installation's zone, the longest
 * first. Above 200,000 people it is estimated from a part of the table.
 */
export async function findIdlePeople(
  db: DatabaseOrTransaction,
  { now, timeZone }: { now: Date; timeZone: string },
): Promise<IdlePeople> {
  const { sample, share } = await samplePeople(db);
  const rows = await joinOrOpenTransaction(db, async (tx) => {
    // Where few are decided about, PostgreSQL would go through all of those again for each person.
    await tx.execute(sql`select set_config('enable_nestloop', 'off', true)`);
    // A day of any zone begins at a quarter of an hour, and reckoning with a zone takes longer than counting.
    return tx.execute<IdleDay>(sql`
      select ${dayOf(now, timeZone)}::date - (quarter at time zone ${timeZone})::date as "idleDays",
        sum(people)::int as people
      from (
        select date_bin('15 minutes', ${lastActiveAt}, 'epoch') as quarter, count(*) as people
        from people ${sample} where ${isFreeToGo(now)} group by 1 offset 0
      ) quarters group by 1 order by 1 desc`);
  });
  const days = rows.map(({ idleDays, people }) => ({ idleDays, people: Math.round(people / share) }));
  return { days, isEstimate: share < 1 };
}

/** Those who were last active before this moment and may go, the longest inactive first. */
export async function listInactivePeople(
  db: DatabaseOrTransaction,
  { before, now, limit }: { before: Date; now: Date; limit: number },
): Promise<{ customId: string; legalBasis: string }[]> {
  const rows = await db.execute<{ customId: string; legalBasis: string }>(sql`
    select custom_id as "customId", legal_basis as "legalBasis" from people
    where ${lastActiveAt} < ${before.toISOString()}::timestamptz and ${isFreeToGo(now)}
    order by ${lastActiveAt}, id limit ${limit}`);
  return [...rows];
}

/** Whether this person, held for the caller's transaction, is not blocked and was not active since this moment. */
export async function isStillInactive(
  db: DatabaseOrTransaction,
  { customId, before }: { customId: string; before: Date },
): Promise<boolean> {
  const [row] = await db.execute<{ isInactive: boolean }>(sql`
    select ${lastActiveAt} < ${before.toISOString()}::timestamptz and status <> 'blocked' as "isInactive"
    from people where custom_id = ${customId} for update`);
  return row?.isInactive === true;
}
