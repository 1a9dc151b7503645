import type { DatabaseOrTransaction } from "#db/client.ts";
import { notificationEvents, notificationTargets } from "#db/schema/notifications.ts";
import { newId } from "#lib/ids.ts";
import { NOTIFICATION_EVENTS } from "../schema.ts";

export type Overheard = { type: string; data: Record<string, unknown> };

/** A target that wants to know everything. What is answered says what it was told since it was asked last, by kind. */
export async function listenIn(db: DatabaseOrTransaction, at: Date): Promise<() => Promise<Overheard[]>> {
  await db.insert(notificationTargets).values({
    ...{ id: newId(), kind: "webhook", name: newId(), address: "http://127.0.0.1:1/", createdAt: at },
    ...{ events: [...NOTIFICATION_EVENTS], locale: "en", secretSealed: "sample" },
  });
  const heard = new Set<string>();
  return async () => {
    const events = await db.select().from(notificationEvents).orderBy(notificationEvents.type);
    const fresh = events.filter(({ id }) => !heard.has(id));
    for (const { id } of fresh) heard.add(id);
    return fresh.map(({ type, data }) => ({ type, data: data as Record<string, unknown> }));
  };
}
