import { sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { notificationDeliveries, notificationEvents, notificationTargets } from "#db/schema/notifications.ts";
import { newIdAt } from "#lib/ids.ts";
import type { NotificationEvent } from "./types.ts";

/**
 * Puts an event on its way to every target that chose it and is not paused, in the caller's transaction: it is sent
 * only if what it tells was committed. Where nobody chose it, nothing is written.
 */
export async function noteEvent(
  tx: DatabaseOrTransaction,
  { type, data }: NotificationEvent,
  at: Date,
): Promise<void> {
  const { id, events, pausedAt, removedAt } = notificationTargets;
  const targets = await tx
    .select({ targetId: id })
    .from(notificationTargets)
    .where(sql`${type} = any(${events}) and ${pausedAt} is null and ${removedAt} is null`);
  if (targets.length === 0) return;
  const eventId = newIdAt(at);
  await tx.insert(notificationEvents).values({ id: eventId, type, data, at });
  await tx
    .insert(notificationDeliveries)
    .values(targets.map(({ targetId }) => ({ eventId, targetId, createdAt: at, nextTryAt: at })));
}
