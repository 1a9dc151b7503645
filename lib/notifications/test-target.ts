import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { notificationDeliveries, notificationEvents } from "#db/schema/notifications.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import type { Clock } from "#lib/clock.ts";
import { newIdAt } from "#lib/ids.ts";
import { deliverEvent } from "./deliver-event.ts";
import { findTargetLocked } from "./queries.ts";
import { LEASE_MS } from "./rules.ts";
import type { Sender, TryResult } from "./types.ts";

type Desk = { db: DatabaseOrTransaction; sender: Sender; clock: Clock };

/**
 * Sends a test to a target now, also to a paused one, through the code that sends everything else, and says what came
 * back. It is tried once and listed among the deliveries. Audits `notification_target.test` with the result.
 */
export async function testTarget(
  desk: Desk,
  targetId: string,
  actor: Actor,
): Promise<{ ok: true; result: TryResult } | { ok: false; code: "not_found" }> {
  const at = desk.clock();
  const eventId = newIdAt(at);
  const isMade = await joinOrOpenTransaction(desk.db, async (tx) => {
    const target = await findTargetLocked(tx, targetId);
    if (target === null) return false;
    const data = { target: target.name };
    await tx.insert(notificationEvents).values({ id: eventId, type: "test", data, at });
    // Not due for the worker until this process has had its time for it.
    const nextTryAt = new Date(at.getTime() + LEASE_MS);
    await tx.insert(notificationDeliveries).values({ eventId, targetId, createdAt: at, nextTryAt });
    return true;
  });
  const result = isMade ? await deliverEvent(desk, { targetId, eventId }) : null;
  if (result === null) return { ok: false, code: "not_found" };
  await recordAudit(desk.db, {
    action: "notification_target.test",
    actor,
    at: desk.clock(),
    entity: { type: "notification_target", id: targetId },
    details: { ok: result.ok, failure: result.ok ? null : result.failure, status: result.status },
  });
  return { ok: true, result };
}
