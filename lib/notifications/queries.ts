import { and, asc, count, desc, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { notificationDeliveries, notificationEvents, notificationTargets } from "#db/schema/notifications.ts";
import { requestBatches } from "#db/schema/request-batches.ts";
import { dataRequests } from "#db/schema/requests.ts";
import { shownAddress } from "./rules.ts";
import type { NotificationEventName } from "./schema.ts";
import type { Delivery, ListFacts, Target } from "./types.ts";

/** Deliveries of each target the page shows. */
const DELIVERIES_SHOWN = 8;

const isLive = (id: SQL | undefined) => and(isNull(notificationTargets.removedAt), id);

/** The target's row, held against changes until the transaction ends; null for one that is gone. */
export async function findTargetLocked(tx: DatabaseOrTransaction, targetId: string) {
  const [row] = await tx
    .select()
    .from(notificationTargets)
    .where(isLive(eq(notificationTargets.id, targetId)))
    .for("update");
  return row ?? null;
}

/** Whether another target than this one goes by the name. */
export async function isNameTaken(
  tx: DatabaseOrTransaction,
  name: string,
  exceptId: string | null,
): Promise<boolean> {
  const rows = await tx
    .select({ id: notificationTargets.id })
    .from(notificationTargets)
    .where(isLive(eq(notificationTargets.name, name)));
  return rows.some(({ id }) => id !== exceptId);
}

/** The targets that something is due for, those that have waited longest first. */
export async function listDueTargets(db: DatabaseOrTransaction, now: Date): Promise<string[]> {
  const at = now.toISOString();
  const rows = await db.execute<{ id: string }>(sql`
    select t.id from notification_targets t, lateral (
      select min(d.next_try_at) as due_at from notification_deliveries d
      where d.target_id = t.id and d.state = 'waiting' and d.next_try_at <= ${at}::timestamptz
        and (d.leased_until is null or d.leased_until <= ${at}::timestamptz)) d
    where t.removed_at is null and t.paused_at is null and d.due_at is not null
    order by d.due_at`);
  return rows.map(({ id }) => id);
}

/** The targets in the order in which they were made, each with its last deliveries, newest first. */
export async function listTargets(db: DatabaseOrTransaction): Promise<Target[]> {
  const rows = await db
    .select()
    .from(notificationTargets)
    .where(isLive(undefined))
    .orderBy(asc(notificationTargets.createdAt), asc(notificationTargets.id));
  return Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      kind: row.kind,
      name: row.name,
      address: shownAddress(row.kind, row.address),
      isEncrypted: row.kind === "email" || row.address.startsWith("https:"),
      events: row.events as NotificationEventName[],
      locale: row.locale,
      createdAt: row.createdAt,
      pausedAt: row.pausedAt,
      previousSecretUntil: row.previousSecretUntil,
      deliveries: await listDeliveries(db, row.id),
    })),
  );
}

async function listDeliveries(db: DatabaseOrTransaction, targetId: string): Promise<Delivery[]> {
  const d = notificationDeliveries;
  const rows = await db
    .select({
      eventId: d.eventId,
      type: notificationEvents.type,
      state: d.state,
      attempts: d.attempts,
      createdAt: d.createdAt,
      nextTryAt: d.nextTryAt,
      lastTriedAt: d.lastTriedAt,
      lastStatus: d.lastStatus,
      lastFailure: d.lastFailure,
      lastLatencyMs: d.lastLatencyMs,
    })
    .from(d)
    .innerJoin(notificationEvents, eq(notificationEvents.id, d.eventId))
    .where(eq(d.targetId, targetId))
    .orderBy(desc(d.createdAt), desc(d.eventId))
    .limit(DELIVERIES_SHOWN);
  return rows.map((row) => ({
    ...row,
    type: row.type as Delivery["type"],
    lastFailure: row.lastFailure as Delivery["lastFailure"],
  }));
}

/** What leaves the installation of a list of requests; null where there is none of this id. */
export async function findListFacts(db: DatabaseOrTransaction, listId: string): Promise<ListFacts | null> {
  const [list] = await db.select().from(requestBatches).where(eq(requestBatches.id, listId));
  if (!list) return null;
  const { batchId, state: ofRequest, nextTryAt } = dataRequests;
  const [counts] = await db
    .select({
      requests: count(),
      completed: sql<number>`count(*) filter (where ${ofRequest} = 'completed')::integer`,
      failed: sql<number>`count(*) filter (where ${ofRequest} = 'failed' and ${nextTryAt} is null)::integer`,
    })
    .from(dataRequests)
    .where(eq(batchId, listId));
  const { name, right, state, regimes, rows } = list;
  return {
    ...{ listId, name, right, state, regimes, rows },
    receivedAt: list.receivedAt.toISOString(),
    dueAt: list.dueAt.toISOString(),
    ...{ requests: 0, completed: 0, failed: 0, ...counts },
  };
}
