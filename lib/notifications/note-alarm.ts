import { eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { notificationAlarms } from "#db/schema/notifications.ts";

/** Remembers that a trouble was told; whether it is new, so that it is told once. */
export async function raiseAlarm(tx: DatabaseOrTransaction, subject: string, since: Date): Promise<boolean> {
  const made = await tx
    .insert(notificationAlarms)
    .values({ subject, since })
    .onConflictDoNothing()
    .returning({ subject: notificationAlarms.subject });
  return made.length > 0;
}

/** Since when a trouble was told and is not over; null where there is none. */
export async function findAlarm(tx: DatabaseOrTransaction, subject: string): Promise<Date | null> {
  const [row] = await tx
    .select({ since: notificationAlarms.since })
    .from(notificationAlarms)
    .where(eq(notificationAlarms.subject, subject));
  return row?.since ?? null;
}

/** Forgets a trouble that is over. */
export const clearAlarm = (tx: DatabaseOrTransaction, subject: string) =>
  tx.delete(notificationAlarms).where(eq(notificationAlarms.subject, subject));
