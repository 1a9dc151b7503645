import { and, asc, desc, eq, gt, gte, inArray, isNotNull, isNull, lt, lte, min, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import {
  auditCheckpointCopies,
  auditCheckpoints,
  auditEntries,
  auditLeaves,
  auditUnsealed,
  auditVerifications,
} from "#db/schema/audit.ts";
import { members } from "#db/schema/members.ts";
import { getTreeSize, proveInclusion } from "./prove-entries.ts";
import type {
  Change,
  ChangeAction,
  EntryProof,
  KeptCheckpoint,
  LogFinding,
  LogVerification,
} from "./types.ts";

/** The latest changes of these kinds, newest first, with the names of those who made them. */
export async function listChanges(
  db: DatabaseOrTransaction,
  actions: readonly ChangeAction[],
  limit: number,
): Promise<Change[]> {
  if (actions.length === 0) return [];
  const rows = await db
    .select({
      id: auditEntries.id,
      at: auditEntries.at,
      action: auditEntries.action,
      entityId: auditEntries.entityId,
      by: members.name,
    })
    .from(auditEntries)
    .leftJoin(members, eq(members.id, auditEntries.actorId))
    .where(
      and(
        // The index begins with the type: views of people, the most by far, are not even looked at.
        inArray(auditEntries.entityType, [...new Set(actions.map(entityTypeOf))]),
        inArray(auditEntries.action, [...actions]),
        eq(auditEntries.outcome, "done"),
      ),
    )
    .orderBy(desc(auditEntries.at), desc(auditEntries.id))
    .limit(limit);
  return rows.map((row) => ({ ...row, action: row.action as ChangeAction }));
}

const entityTypeOf = (action: ChangeAction): string => action.split(".")[0] ?? "";

/** When the last nightly verification began; null where there was none. */
export async function findNightlyVerification(db: DatabaseOrTransaction): Promise<Date | null> {
  const [last] = await db
    .select({ startedAt: auditVerifications.startedAt })
    .from(auditVerifications)
    .where(isNull(auditVerifications.startedBy))
    .orderBy(desc(auditVerifications.startedAt))
    .limit(1);
  return last?.startedAt ?? null;
}

const verificationColumns = {
  id: auditVerifications.id,
  by: members.name,
  isNightly: sql<boolean>`${auditVerifications.startedBy} is null`,
  startedAt: auditVerifications.startedAt,
  finishedAt: auditVerifications.finishedAt,
  treeSize: auditVerifications.treeSize,
  checked: auditVerifications.checked,
  findings: sql<LogFinding[] | null>`${auditVerifications.findings}`,
};

/** One verification with how far it is, by its id; null where there is none. */
export async function findVerification(
  db: DatabaseOrTransaction,
  id: string,
): Promise<LogVerification | null> {
  const [row] = await db
    .select(verificationColumns)
    .from(auditVerifications)
    .leftJoin(members, eq(members.id, auditVerifications.startedBy))
    .where(eq(auditVerifications.id, id));
  return row ?? null;
}

/** The verification under way or waiting, and the last that was finished. */
export async function findLatestVerifications(
  db: DatabaseOrTransaction,
): Promise<{ open: LogVerification | null; finished: LogVerification | null }> {
  const latest = async (isFinished: boolean) => {
    const { finishedAt, startedAt, startedBy } = auditVerifications;
    const [row] = await db
      .select(verificationColumns)
      .from(auditVerifications)
      .leftJoin(members, eq(members.id, startedBy))
      .where(isFinished ? isNotNull(finishedAt) : isNull(finishedAt))
      .orderBy(desc(startedAt))
      .limit(1);
    return row ?? null;
  };
  const [open, finished] = await Promise.all([latest(false), latest(true)]);
  return { open, finished };
}

/**
 * Checkpoints, the newest first, or those before one of this size, with where each is kept outside the database: our own
 * file, and webhooks that took it.
 */
export async function listCheckpoints(
  db: DatabaseOrTransaction,
  limit: number,
  before: number | null = null,
): Promise<KeptCheckpoint[]> {
  const delivered = sql`
    from notification_events e
    join notification_deliveries d on d.event_id = e.id and d.state = 'delivered'
    where e.type = 'audit.checkpoint_signed' and e.at = ${auditCheckpoints.signedAt}
      and (e.data->>'treeSize')::bigint = ${auditCheckpoints.treeSize}`;
  return db
    .select({
      treeSize: auditCheckpoints.treeSize,
      signedAt: auditCheckpoints.signedAt,
      cause: auditCheckpoints.cause,
      note: auditCheckpoints.note,
      keptInFileAt: auditCheckpointCopies.keptAt,
      webhooks: sql<number>`(select count(*)::integer ${delivered})`,
      webhookTries: sql<number | null>`(select max(d.attempts)::integer ${delivered})`,
    })
    .from(auditCheckpoints)
    .leftJoin(auditCheckpointCopies, eq(auditCheckpointCopies.treeSize, auditCheckpoints.treeSize))
    .where(before === null ? undefined : lt(auditCheckpoints.treeSize, before))
    .orderBy(desc(auditCheckpoints.treeSize))
    .limit(limit);
}

/** How many checkpoints there are up to this size; all of them without one. */
export async function countCheckpoints(
  db: DatabaseOrTransaction,
  upTo: number | null = null,
): Promise<number> {
  return db.$count(auditCheckpoints, upTo === null ? undefined : lte(auditCheckpoints.treeSize, upTo));
}

/** The first checkpoint that covers an entry; null where none does yet. */
export async function findFirstCheckpoint(db: DatabaseOrTransaction, sequence: number) {
  const [first] = await db
    .select({ treeSize: auditCheckpoints.treeSize, signedAt: auditCheckpoints.signedAt })
    .from(auditCheckpoints)
    .where(gt(auditCheckpoints.treeSize, sequence))
    .orderBy(asc(auditCheckpoints.treeSize))
    .limit(1);
  return first ?? null;
}

/** Entries that wait for their place in the log, and since when; null where none does. */
export async function findWaiting(db: DatabaseOrTransaction): Promise<{ count: number; since: Date } | null> {
  const [row] = await db
    .select({ count: sql<number>`count(*)::integer`, since: min(auditUnsealed.at) })
    .from(auditUnsealed);
  return row === undefined || row.since === null ? null : { count: row.count, since: row.since };
}

/** How many entries are sealed, and how many of them the newest checkpoint covers. */
export async function getLogSize(db: DatabaseOrTransaction): Promise<{ sealed: number; signed: number }> {
  const [newest] = await listNewestCheckpoint(db);
  return { sealed: await getTreeSize(db), signed: newest?.treeSize ?? 0 };
}

const listNewestCheckpoint = (db: DatabaseOrTransaction) =>
  db
    .select({ treeSize: auditCheckpoints.treeSize, note: auditCheckpoints.note })
    .from(auditCheckpoints)
    .orderBy(desc(auditCheckpoints.treeSize))
    .limit(1);

/**
 * An entry's place and leaf, and the proof that the newest checkpoint covers it: null where it is not sealed yet, and
 * without the checkpoint where none covers it yet. Throws TreeIncomplete where the log was tampered with.
 */
export async function proveEntry(db: DatabaseOrTransaction, entryId: string): Promise<EntryProof | null> {
  const [place] = await db
    .select({ sequence: auditLeaves.sequence, leaf: auditLeaves.leaf, sealedAt: auditLeaves.sealedAt })
    .from(auditLeaves)
    .where(and(eq(auditLeaves.entryId, entryId), gte(auditLeaves.sequence, 0)));
  if (!place) return null;
  const leaf = hexOf(place.leaf);
  const { sequence, sealedAt } = place;
  const [newest] = await listNewestCheckpoint(db);
  if (newest === undefined || newest.treeSize <= sequence)
    return { sequence, sealedAt, leaf, checkpoint: null };
  const proof = (await proveInclusion(db, sequence, newest.treeSize)).map(hexOf);
  return { sequence, sealedAt, leaf, checkpoint: { ...newest, proof } };
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

/** Whether this connection could change what the log holds: it then owns the tables, and only triggers stand in its way. */
export async function isLogOwner(db: DatabaseOrTransaction): Promise<boolean> {
  const [row] = await db.execute<{ may: boolean }>(
    sql`select has_table_privilege('audit_entries', 'update') as may`,
  );
  return row?.may ?? false;
}
