import { desc, eq, gte, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { members } from "#db/schema/members.ts";
import { retentionSettings } from "#db/schema/retention.ts";
import { cutoffOf, obeyedValues } from "./rules.ts";
import { DEFAULT_RETENTION_VALUES, type RetentionValues, retentionValuesSchema } from "./schema.ts";
import type { HistoryMonth, Retention, RetentionChange, RetentionVersion } from "./types.ts";

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
  verification_rollups: "minute",
  notification_events: "at",
  audit_entries: "at",
} as const;

/** When the oldest row of this table is from. */
export async function findOldestTime(
  db: DatabaseOrTransaction,
  table: keyof typeof TIMED,
): Promise<Date | null> {
  const column = sql.identifier(TIMED[table]);
  const [row] = await db.execute<{ at: string | null }>(
    sql`select min(${column}) as at from ${sql.identifier(table)}`,
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
