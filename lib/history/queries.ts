import { and, asc, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { applications } from "#db/schema/applications.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { loginOutcomes, logins, verifications } from "#db/schema/logins.ts";
import { members } from "#db/schema/members.ts";
import { enrolments } from "#db/schema/people.ts";
import type {
  LastEnrolment,
  LoginEnd,
  LoginStory,
  PersonFigures,
  TimelineEntry,
  TimelineKind,
  Try,
} from "./types.ts";

// The columns hold the closed enums of lib/logins/schema.ts; the event tables are written by the recorder alone.
const as = <T>(column: AnyPgColumn): SQL<T> => sql<T>`${column}`;
const newestFirst = (column: AnyPgColumn): SQL => sql`${column} desc nulls last`;

const end = {
  at: loginOutcomes.at,
  outcome: as<LoginEnd["outcome"]>(loginOutcomes.outcome),
  fallbackReason: as<LoginEnd["fallbackReason"]>(loginOutcomes.fallbackReason),
  lockedOut: loginOutcomes.lockedOut,
};

const itsOutcome = and(eq(loginOutcomes.openedAt, logins.openedAt), eq(loginOutcomes.loginId, logins.id));

/** The person's last login with its tries, or null when there was none. */
export async function findLastLogin(db: DatabaseOrTransaction, personId: string): Promise<LoginStory | null> {
  const rows = await storyQuery(db)
    .where(eq(logins.personId, personId))
    .orderBy(newestFirst(logins.openedAt))
    .limit(1);
  const login = rows[0];
  return login ? { ...login, tries: await listTries(db, login.id, login.openedAt) } : null;
}

/** The login of this id, opened at this time, with its tries; null when it is not recorded. */
export async function findLogin(
  db: DatabaseOrTransaction,
  id: string,
  openedAt: Date,
): Promise<LoginStory | null> {
  const rows = await storyQuery(db).where(and(eq(logins.openedAt, openedAt), eq(logins.id, id)));
  const login = rows[0];
  return login ? { ...login, tries: await listTries(db, id, openedAt) } : null;
}

const storyQuery = (db: DatabaseOrTransaction) =>
  db
    .select({
      id: logins.id,
      openedAt: logins.openedAt,
      application: applications.name,
      path: as<LoginStory["path"]>(logins.path),
      pathReason: as<LoginStory["pathReason"]>(logins.reason),
      exposurePercent: logins.exposurePercent,
      channel: logins.channel,
      deviceClass: as<LoginStory["deviceClass"]>(logins.deviceClass),
      deviceOs: logins.deviceOs,
      end,
    })
    .from(logins)
    .leftJoin(applications, eq(applications.id, logins.applicationId))
    .leftJoin(loginOutcomes, itsOutcome)
    .$dynamic();

function listTries(db: DatabaseOrTransaction, loginId: string, openedAt: Date): Promise<Try[]> {
  return db
    .select({
      id: verifications.id,
      at: verifications.at,
      modality: as<Try["modality"]>(verifications.modality),
      outcome: as<Try["outcome"]>(verifications.outcome),
      reason: as<Try["reason"]>(verifications.reason),
      decision: as<Try["decision"]>(verifications.decision),
      apiLatencyMs: verifications.apiLatencyMs,
      fingersSent: as<Try["fingersSent"]>(verifications.fingersSent),
      fingersNotMatched: as<Try["fingersNotMatched"]>(verifications.fingersNotMatched),
    })
    .from(verifications)
    .where(and(eq(verifications.openedAt, openedAt), eq(verifications.loginId, loginId)))
    .orderBy(asc(verifications.at), asc(verifications.id));
}

/** The last attempt to enrol the person, or null when an import knows them without one. */
export async function findLastEnrolment(
  db: DatabaseOrTransaction,
  personId: string,
): Promise<LastEnrolment | null> {
  const rows = await db
    .select({ at: enrolments.intendedAt, state: enrolments.state, reason: enrolments.reason })
    .from(enrolments)
    .where(eq(enrolments.personId, personId))
    .orderBy(newestFirst(enrolments.intendedAt))
    .limit(1);
  return rows[0] ?? null;
}

export type TimelineQuery = {
  personId: string;
  kind: TimelineKind | null;
  before: Date | null;
  limit: number;
};

/** The person's history, newest first: logins, enrolments, checks from the console, and who looked. */
export async function listTimeline(
  db: DatabaseOrTransaction,
  query: TimelineQuery,
): Promise<{ entries: TimelineEntry[]; hasMore: boolean }> {
  const wants = (kind: TimelineKind) => query.kind === null || query.kind === kind;
  const parts = await Promise.all([
    wants("logins") ? listLogins(db, query) : [],
    wants("logins") ? listChecks(db, query) : [],
    wants("changes") ? listEnrolments(db, query) : [],
    wants("views") ? listViews(db, query) : [],
  ]);
  const entries = parts.flat().sort((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1));
  return { entries: entries.slice(0, query.limit), hasMore: entries.length > query.limit };
}

const before = (column: AnyPgColumn, query: TimelineQuery): SQL | undefined =>
  query.before ? lt(column, query.before) : undefined;

async function listLogins(db: DatabaseOrTransaction, query: TimelineQuery): Promise<TimelineEntry[]> {
  const matched = db
    .select({ modality: verifications.modality, apiLatencyMs: verifications.apiLatencyMs })
    .from(verifications)
    .where(
      and(
        eq(verifications.openedAt, logins.openedAt),
        eq(verifications.loginId, logins.id),
        eq(verifications.outcome, "matched"),
      ),
    )
    .limit(1)
    .as("matched");
  const rows = await db
    .select({
      id: logins.id,
      at: logins.openedAt,
      who: applications.name,
      path: as<LoginStory["path"]>(logins.path),
      pathReason: as<LoginStory["pathReason"]>(logins.reason),
      exposurePercent: logins.exposurePercent,
      end,
      attempts: loginOutcomes.attempts,
      modality: sql<Try["modality"] | null>`${matched.modality}`,
      apiLatencyMs: matched.apiLatencyMs,
    })
    .from(logins)
    .leftJoin(applications, eq(applications.id, logins.applicationId))
    .leftJoin(loginOutcomes, itsOutcome)
    .leftJoinLateral(matched, sql`true`)
    .where(and(eq(logins.personId, query.personId), before(logins.openedAt, query)))
    .orderBy(newestFirst(logins.openedAt))
    .limit(query.limit + 1)
    .prepare("timeline_logins")
    .execute();
  return rows.map(({ exposurePercent, ...row }, place) => {
    const isReached = row.pathReason === "exposed" && rows[place + 1]?.pathReason === "not_exposed";
    const reachedPercent = isReached ? exposurePercent : null;
    return { kind: "login", ...row, attempts: row.attempts ?? 0, reachedPercent };
  });
}

async function listChecks(db: DatabaseOrTransaction, query: TimelineQuery): Promise<TimelineEntry[]> {
  const rows = await db
    .select({
      id: verifications.id,
      at: verifications.at,
      who: members.name,
      outcome: as<Try["outcome"]>(verifications.outcome),
      reason: as<Try["reason"]>(verifications.reason),
      apiLatencyMs: verifications.apiLatencyMs,
    })
    .from(verifications)
    .leftJoin(members, eq(members.id, verifications.actorId))
    .where(
      and(
        eq(verifications.personId, query.personId),
        eq(verifications.source, "console"),
        before(verifications.at, query),
      ),
    )
    .orderBy(newestFirst(verifications.at))
    .limit(query.limit + 1)
    .prepare("timeline_checks")
    .execute();
  return rows.map((row) => ({ kind: "check", ...row }));
}

async function listEnrolments(db: DatabaseOrTransaction, query: TimelineQuery): Promise<TimelineEntry[]> {
  const rows = await db
    .select({
      id: enrolments.id,
      at: enrolments.intendedAt,
      who: sql<string | null>`coalesce(${applications.name}, ${members.name})`,
      recapture: sql<boolean>`${enrolments.kind} = 'recapture'`,
      state: enrolments.state,
      reason: enrolments.reason,
      face: enrolments.face,
      fingers: enrolments.fingers,
    })
    .from(enrolments)
    .leftJoin(applications, eq(applications.id, enrolments.actorId))
    .leftJoin(members, eq(members.id, enrolments.actorId))
    .where(and(eq(enrolments.personId, query.personId), before(enrolments.intendedAt, query)))
    .orderBy(newestFirst(enrolments.intendedAt))
    .limit(query.limit + 1)
    .prepare("timeline_enrolments")
    .execute();
  return rows.map((row) => ({ kind: "enrolment", ...row }));
}

async function listViews(db: DatabaseOrTransaction, query: TimelineQuery): Promise<TimelineEntry[]> {
  const rows = await db
    .select({ id: auditEntries.id, at: auditEntries.at, who: members.name, actorId: auditEntries.actorId })
    .from(auditEntries)
    .leftJoin(members, eq(members.id, auditEntries.actorId))
    .where(
      and(
        eq(auditEntries.entityType, "person"),
        eq(auditEntries.entityId, query.personId),
        eq(auditEntries.action, "person.view"),
        before(auditEntries.at, query),
      ),
    )
    .orderBy(newestFirst(auditEntries.at))
    .limit(query.limit + 1)
    .prepare("timeline_views")
    .execute();
  return rows.map((row) => ({ kind: "view", ...row }));
}

/** Counts what happened to the person since then. */
export async function getPersonFigures(
  db: DatabaseOrTransaction,
  personId: string,
  since: Date,
): Promise<PersonFigures> {
  const [login] = await db
    .select({
      logins: sql<number>`count(*)::int`,
      offered: sql<number>`(count(*) filter (where ${logins.path} = 'biometric'))::int`,
      completedBiometric: sql<number>`(count(*) filter (where ${loginOutcomes.outcome} = 'completed_biometric'))::int`,
      fellBack: sql<number>`(count(*) filter (where ${loginOutcomes.outcome} in ('fell_back', 'fell_back_failed')))::int`,
    })
    .from(logins)
    .leftJoin(loginOutcomes, itsOutcome)
    .where(and(eq(logins.personId, personId), gte(logins.openedAt, since)));
  const [tried] = await db
    .select({
      verifications: sql<number>`count(*)::int`,
      faceLatencyMsMedian: sql<
        number | null
      >`percentile_disc(0.5) within group (order by ${verifications.apiLatencyMs})
        filter (where ${verifications.modality} in ('face', 'face_and_fingers'))`,
    })
    .from(verifications)
    .where(and(eq(verifications.personId, personId), gte(verifications.at, since)));
  return {
    logins: login?.logins ?? 0,
    offered: login?.offered ?? 0,
    completedBiometric: login?.completedBiometric ?? 0,
    fellBack: login?.fellBack ?? 0,
    verifications: tried?.verifications ?? 0,
    faceLatencyMsMedian: tried?.faceLatencyMsMedian ?? null,
  };
}
