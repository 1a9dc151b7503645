import { and, eq, gte, inArray, lt, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { applications } from "#db/schema/applications.ts";
import { loginOutcomes, logins, verifications } from "#db/schema/logins.ts";
import { members } from "#db/schema/members.ts";
import { people } from "#db/schema/people.ts";
import { verificationCells, verificationRollups } from "#db/schema/rollups.ts";
import { inTile, tiledSteps } from "#lib/recording/tiers.ts";
import { byStep } from "#lib/time-steps.ts";
import { barMinutesOf, limitsOf, limitsOfList } from "./rules.ts";
import type {
  Cursor,
  Order,
  RollupBar,
  RollupCell,
  Subject,
  TimeWindow,
  Verification,
  VerificationFilters,
  VerificationPage,
  VerificationRow,
} from "./types.ts";

const VERIFICATIONS_SHOWN = 50;
/** How far the time inside a verification's id may lie from its own, generously: both are taken at the same try. */
const NEAR_ID_MS = 3_600_000;

const as = <T>(column: AnyPgColumn): SQL<T> => sql<T>`${column}`;

const listColumns = {
  id: verifications.id,
  at: verifications.at,
  personId: verifications.personId,
  customId: people.customId,
  source: as<VerificationRow["source"]>(verifications.source),
  modality: as<VerificationRow["modality"]>(verifications.modality),
  outcome: as<VerificationRow["outcome"]>(verifications.outcome),
  reason: as<VerificationRow["reason"]>(verifications.reason),
  channel: verifications.channel,
  apiLatencyMs: verifications.apiLatencyMs,
  fingersSent: as<VerificationRow["fingersSent"]>(verifications.fingersSent),
  fingersNotMatched: as<VerificationRow["fingersNotMatched"]>(verifications.fingersNotMatched),
  loginOutcome: as<VerificationRow["loginOutcome"]>(loginOutcomes.outcome),
  loginId: verifications.loginId,
};

const outcomeOfLogin = and(
  eq(loginOutcomes.openedAt, verifications.openedAt),
  eq(loginOutcomes.loginId, verifications.loginId),
);

/** One page of verifications by time, 50 at most, continued from a cursor in either direction. */
export async function listVerifications(
  db: DatabaseOrTransaction,
  filters: VerificationFilters,
  page: { order: Order; cursor: Cursor | null },
  now: Date,
): Promise<VerificationPage> {
  const goesBack = page.cursor?.direction === "before";
  const falls = (page.order === "newest") !== goesBack;
  // The index is sorted with nulls last; written otherwise it could not be walked in order.
  const order = falls
    ? [sql`${verifications.at} desc nulls last`, sql`${verifications.id} desc nulls last`]
    : [sql`${verifications.at} asc nulls first`, sql`${verifications.id} asc nulls first`];
  const found = await db
    .select(listColumns)
    .from(verifications)
    .leftJoin(people, eq(people.id, verifications.personId))
    .leftJoin(loginOutcomes, outcomeOfLogin)
    .where(and(...listConditions(filters, now), page.cursor ? beyond(page.cursor, falls) : undefined))
    .orderBy(...order)
    .limit(VERIFICATIONS_SHOWN + 1);
  const hasMore = found.length > VERIFICATIONS_SHOWN;
  const rows = found.slice(0, VERIFICATIONS_SHOWN).map(withSubject);
  if (goesBack) return { rows: rows.reverse(), hasPrevious: hasMore, hasNext: true };
  return { rows, hasPrevious: page.cursor !== null, hasNext: hasMore };
}

const beyond = ({ at, id }: Cursor, falls: boolean): SQL => {
  const place = sql`(${at.toISOString()}::timestamptz, ${id}::uuid)`;
  return falls
    ? sql`(${verifications.at}, ${verifications.id}) < ${place}`
    : sql`(${verifications.at}, ${verifications.id}) > ${place}`;
};

function listConditions(filters: VerificationFilters, now: Date): (SQL | undefined)[] {
  // By `at` alone: naming the partitions' own column too makes the planner expect so few rows that it stops walking the
  // index in order and sorts the whole window instead. A partition without such rows costs one look into its index.
  const { from, to } = limitsOfList(filters, now);
  const among = (column: AnyPgColumn, chosen: readonly string[]) =>
    chosen.length > 0 ? inArray(column, [...chosen]) : undefined;
  return [
    gte(verifications.at, from),
    lt(verifications.at, to),
    among(verifications.outcome, filters.outcome),
    among(verifications.reason, filters.reason),
    among(verifications.modality, filters.modality),
    filters.stage.length > 0 ? inArray(verifications.exposurePercent, filters.stage.map(Number)) : undefined,
    among(verifications.channel, filters.channel),
    among(verifications.actorId, filters.application),
    among(verifications.source, filters.source),
  ];
}

function withSubject<Row extends { personId: string | null; customId: string | null }>({
  personId,
  customId,
  ...row
}: Row): Omit<Row, "personId" | "customId"> & { subject: Subject } {
  if (personId === null) return { ...row, subject: { state: "unknown" } };
  if (customId === null) return { ...row, subject: { state: "erased" } };
  return { ...row, subject: { state: "known", personId, customId } };
}

/** Everything recorded about the verification of this id, or null. */
export async function findVerification(
  db: DatabaseOrTransaction,
  id: string,
  idMadeAt: Date,
): Promise<Verification | null> {
  const rows = await db
    .select({
      ...listColumns,
      openedAt: verifications.openedAt,
      attempt: verifications.attempt,
      decision: as<Verification["decision"]>(verifications.decision),
      feedbackCode: verifications.feedbackCode,
      deviceClass: as<Verification["deviceClass"]>(verifications.deviceClass),
      purpose: as<Verification["purpose"]>(verifications.purpose),
      exposurePercent: verifications.exposurePercent,
      policyVersion: verifications.policyVersion,
      actor: sql<string | null>`coalesce(${applications.name}, ${members.name})`,
      apiOperation: verifications.apiOperation,
      apiStatus: verifications.apiStatus,
      apiMessage: verifications.apiMessage,
      apiTries: verifications.apiTries,
      faceMatched: verifications.faceMatched,
      fingersListed: as<Verification["fingersListed"]>(verifications.fingersListed),
      gateway: verifications.gateway,
      bucket: logins.bucket,
      failuresBefore: verifications.failuresBefore,
      feedbackLocale: as<Verification["feedbackLocale"]>(verifications.feedbackLocale),
      decidedMs: verifications.decidedMs,
      qualityMs: verifications.qualityMs,
      livenessMs: verifications.livenessMs,
      verifyMs: verifications.verifyMs,
      diagnosisMs: verifications.diagnosisMs,
      judgedMs: verifications.judgedMs,
    })
    .from(verifications)
    .leftJoin(people, eq(people.id, verifications.personId))
    .leftJoin(loginOutcomes, outcomeOfLogin)
    .leftJoin(logins, and(eq(logins.openedAt, verifications.openedAt), eq(logins.id, verifications.loginId)))
    .leftJoin(applications, eq(applications.id, verifications.actorId))
    .leftJoin(members, eq(members.id, verifications.actorId))
    .where(
      and(
        eq(verifications.id, id),
        // Its id carries its time, and the time index leads to it: no index begins with the id.
        gte(verifications.at, new Date(idMadeAt.getTime() - NEAR_ID_MS)),
        lt(verifications.at, new Date(idMadeAt.getTime() + NEAR_ID_MS)),
      ),
    );
  const row = rows[0];
  return row ? withSubject(row) : null;
}

/**
 * Counts the window's verifications by what can be filtered for, one bar of the time line after the other, from the
 * rollups. Bars without any are there too.
 */
export async function listRollupBars(
  db: DatabaseOrTransaction,
  window: TimeWindow,
  now: Date,
): Promise<RollupBar[]> {
  const { from, to } = limitsOf(window, now);
  const barMs = barMinutesOf(window) * 60_000;
  const starts = Array.from(
    { length: (to.getTime() - from.getTime()) / barMs },
    (_, place) => new Date(from.getTime() + place * barMs),
  );
  // The columns hold the closed enums of lib/logins/schema.ts; rollups are written by the recorder alone.
  const rows = await db.execute<RollupCell & { step: number }>(sql`
    select (step.place - 1)::integer as step, outcome, reason, modality, exposure_percent::text as stage, channel,
      case source when 'gateway' then actor_id::text else '' end as application, source, sum(r.count)::float8 as count
    from ${tiledSteps({ unit: "hour", starts, now: to })}
      join ${verificationRollups} r on ${inTile} join ${verificationCells} c on c.id = r.cell
    group by 1, 2, 3, 4, 5, 6, 7, 8`);
  const cells = byStep([...rows], starts.length);
  return starts.map((at, place) => ({ at, cells: cells[place] ?? [] }));
}

/** Whether anybody was ever verified, as far as the history reaches back. */
export async function hasVerifications(db: DatabaseOrTransaction): Promise<boolean> {
  const rows = await db.select({ id: verifications.id }).from(verifications).limit(1);
  return rows.length > 0;
}
