import { and, asc, count, desc, eq, gte, isNotNull, isNull, lte, max, type SQL, sql, sum } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { applicationKeys, applicationKeyUses, applications } from "#db/schema/applications.ts";
import { members } from "#db/schema/members.ts";
import { loginCells, loginRollups } from "#db/schema/rollups.ts";
import { inTile, tilesOf } from "#lib/recording/tiers.ts";
import { endInForce, keyStateOf, type PlannedEnd, rotationOf, standingOf } from "./rules.ts";
import type { Application, ApplicationKey, LiveKey } from "./types.ts";

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const successors = alias(applicationKeys, "successors");

const PLANNED_END = {
  endsAt: applicationKeys.endsAt,
  successorId: successors.id,
  successorFirstUsedAt: successors.firstUsedAt,
  successorRevokedAt: successors.revokedAt,
};

type PlannedEndRow = {
  endsAt: Date | null;
  successorId: string | null;
  successorFirstUsedAt: Date | null;
  successorRevokedAt: Date | null;
};

const plannedEnd = (row: PlannedEndRow): PlannedEnd => ({
  endsAt: row.endsAt,
  successor:
    row.successorId === null
      ? null
      : { firstUsedAt: row.successorFirstUsedAt, isLive: row.successorRevokedAt === null },
});

/** Every key that opens the gateway: not revoked, its application not disabled; with the end that is in force. */
export async function listLiveKeys(db: DatabaseOrTransaction): Promise<LiveKey[]> {
  const rows = await db
    .select({
      keyId: applicationKeys.id,
      hash: applicationKeys.hash,
      applicationId: applications.id,
      channels: applications.channels,
      ...PLANNED_END,
    })
    .from(applicationKeys)
    .innerJoin(applications, eq(applications.id, applicationKeys.applicationId))
    .leftJoin(successors, eq(successors.id, applicationKeys.replacedBy))
    .where(and(isNull(applicationKeys.revokedAt), isNull(applications.disabledAt)));
  return rows.map(({ keyId, hash, applicationId, channels, ...end }) => ({
    keyId,
    hash,
    applicationId,
    channels,
    endsAt: endInForce(plannedEnd(end)),
  }));
}

/** Whether a key of this digest was made and not revoked, whatever its application's standing. */
export async function isUnrevokedKey(db: DatabaseOrTransaction, hash: string): Promise<boolean> {
  const rows = await db
    .select({ id: applicationKeys.id })
    .from(applicationKeys)
    .where(and(eq(applicationKeys.hash, hash), isNull(applicationKeys.revokedAt)));
  return rows.length > 0;
}

/** The names of all applications by their ids, those disabled too: their history stays. */
export async function listApplicationNames(db: DatabaseOrTransaction): Promise<Record<string, string>> {
  const rows = await db.select({ id: applications.id, name: applications.name }).from(applications);
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]));
}

/** The application of this name, or null. */
export async function findApplicationByName(
  db: DatabaseOrTransaction,
  name: string,
): Promise<{ id: string; name: string } | null> {
  const rows = await db
    .select({ id: applications.id, name: applications.name })
    .from(applications)
    .where(eq(applications.name, name));
  return rows[0] ?? null;
}

/** The application, locked until the transaction ends, so that its keys and facts change one at a time; or null. */
export async function findApplicationLocked(tx: DatabaseOrTransaction, applicationId: string) {
  const rows = await tx.select().from(applications).where(eq(applications.id, applicationId)).for("update");
  return rows[0] ?? null;
}

/** The application a key belongs to, locked in the same way; or null for an unknown key. */
export async function findApplicationOfKeyLocked(tx: DatabaseOrTransaction, keyId: string) {
  const rows = await tx
    .select({ applicationId: applicationKeys.applicationId })
    .from(applicationKeys)
    .where(eq(applicationKeys.id, keyId));
  return rows[0] === undefined ? null : findApplicationLocked(tx, rows[0].applicationId);
}

/** The keys of an application that were not revoked, newest first, each with its planned end. */
export async function listUnrevokedKeys(db: DatabaseOrTransaction, applicationId: string) {
  const rows = await selectUnrevokedKeys(db, eq(applicationKeys.applicationId, applicationId));
  return rows.map((row) => ({ ...row, plannedEnd: plannedEnd(row) }));
}

/** Applications with an unrevoked key whose planned end has come, whether or not it is in force. */
export async function listApplicationsWithDueKeys(db: DatabaseOrTransaction, now: Date): Promise<string[]> {
  const rows = await db
    .selectDistinct({ applicationId: applicationKeys.applicationId })
    .from(applicationKeys)
    .where(and(isNull(applicationKeys.revokedAt), lte(applicationKeys.endsAt, now)));
  return rows.map(({ applicationId }) => applicationId);
}

function selectUnrevokedKeys(db: DatabaseOrTransaction, where: SQL) {
  return db
    .select({
      id: applicationKeys.id,
      applicationId: applicationKeys.applicationId,
      ending: applicationKeys.ending,
      createdAt: applicationKeys.createdAt,
      createdByName: members.name,
      storedAt: applicationKeys.storedAt,
      firstUsedAt: applicationKeys.firstUsedAt,
      lastUsedAt: applicationKeys.lastUsedAt,
      ...PLANNED_END,
    })
    .from(applicationKeys)
    .leftJoin(members, eq(members.id, applicationKeys.createdBy))
    .leftJoin(successors, eq(successors.id, applicationKeys.replacedBy))
    .where(and(isNull(applicationKeys.revokedAt), where))
    .orderBy(desc(applicationKeys.createdAt), desc(applicationKeys.id));
}

/** How many live keys of an application were ever called with. */
export async function countUsedKeys(db: DatabaseOrTransaction, applicationId: string): Promise<number> {
  const { firstUsedAt, revokedAt } = applicationKeys;
  const used = and(
    eq(applicationKeys.applicationId, applicationId),
    isNotNull(firstUsedAt),
    isNull(revokedAt),
  );
  const [row] = await db.select({ used: count() }).from(applicationKeys).where(used);
  return row?.used ?? 0;
}

/** All applications by name, each with its live keys, what gateways told of their use and where a rotation stands. */
export async function listApplications(db: DatabaseOrTransaction, now: Date): Promise<Application[]> {
  const [rows, keys, calls, lastCalls, most, logins] = await Promise.all([
    db.select().from(applications).orderBy(asc(applications.name)),
    selectUnrevokedKeys(db, sql`true`),
    countCallsPerKey(db, new Date(now.getTime() - HOUR_MS)),
    readLastCalls(db),
    readMostPerSecond(db, new Date(now.getTime() - 7 * DAY_MS)),
    countLogins(db, { from: new Date(now.getTime() - DAY_MS), to: now }),
  ]);
  return rows.map((row) => {
    const own = keys
      .filter(({ applicationId }) => applicationId === row.id)
      .map((key) => keyOf(key, calls.get(key.id) ?? 0, now));
    const rotation = findRotation(own, keys, now);
    return {
      ...row,
      keys: own,
      rotation,
      standing: standingOf({ disabledAt: row.disabledAt, keys: own, rotation }),
      loginsLastDay: logins.get(row.id) ?? 0,
      lastCallAt: lastCalls.get(row.id) ?? null,
      mostPerSecond: most.get(row.id) ?? null,
    };
  });
}

type KeyRow = Awaited<ReturnType<typeof selectUnrevokedKeys>>[number];

function keyOf(row: KeyRow, callsLastHour: number, now: Date): ApplicationKey {
  const { id, ending, createdAt, createdByName, storedAt, firstUsedAt, lastUsedAt } = row;
  const ends = { planned: row.endsAt, inForce: endInForce(plannedEnd(row)) };
  const state = keyStateOf(row, ends, now);
  const endsAt = ends.inForce ?? ends.planned;
  return {
    id,
    ending,
    createdAt,
    createdByName,
    storedAt,
    firstUsedAt,
    lastUsedAt,
    callsLastHour,
    state,
    endsAt,
  };
}

function findRotation(own: readonly ApplicationKey[], rows: readonly KeyRow[], now: Date) {
  const successorOf = new Map(rows.map(({ id, successorId }) => [id, successorId]));
  for (const old of own) {
    const successor = own.find(({ id }) => id === successorOf.get(old.id));
    if (successor !== undefined) return rotationOf(old, successor, now);
  }
  return null;
}

async function countCallsPerKey(db: DatabaseOrTransaction, since: Date): Promise<Map<string, number>> {
  const rows = await db
    .select({ keyId: applicationKeyUses.keyId, calls: sum(applicationKeyUses.calls).mapWith(Number) })
    .from(applicationKeyUses)
    .where(gte(applicationKeyUses.minute, since))
    .groupBy(applicationKeyUses.keyId);
  return new Map(rows.map(({ keyId, calls }) => [keyId, calls]));
}

async function readLastCalls(db: DatabaseOrTransaction): Promise<Map<string, Date>> {
  const rows = await db
    .select({ applicationId: applicationKeys.applicationId, at: max(applicationKeys.lastUsedAt) })
    .from(applicationKeys)
    .groupBy(applicationKeys.applicationId);
  return new Map(rows.flatMap(({ applicationId, at }) => (at === null ? [] : [[applicationId, at]])));
}

async function readMostPerSecond(db: DatabaseOrTransaction, since: Date): Promise<Map<string, number>> {
  const rows = await db
    .select({
      applicationId: applicationKeys.applicationId,
      most: sql<number>`max(${applicationKeyUses.mostPerSecond})`.mapWith(Number),
    })
    .from(applicationKeyUses)
    .innerJoin(applicationKeys, eq(applicationKeys.id, applicationKeyUses.keyId))
    .where(gte(applicationKeyUses.minute, since))
    .groupBy(applicationKeys.applicationId);
  return new Map(rows.map(({ applicationId, most }) => [applicationId, most]));
}

async function countLogins(
  db: DatabaseOrTransaction,
  time: { from: Date; to: Date },
): Promise<Map<string, number>> {
  const rows = await db.execute<{ applicationId: string; logins: number }>(sql`
    select c.application_id as "applicationId", sum(r.count)::float8 as logins
    from ${tilesOf(time)} join ${loginRollups} r on ${inTile} join ${loginCells} c on c.id = r.cell
    group by 1`);
  return new Map(rows.map(({ applicationId, logins }) => [applicationId, logins]));
}
