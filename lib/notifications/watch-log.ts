import { lt, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditUnsealed } from "#db/schema/audit.ts";
import { clearAlarm, findAlarm, raiseAlarm } from "./note-alarm.ts";
import { noteEvent } from "./note-event.ts";

/** An entry of the audit log that waits longer for its place means that nobody seals. */
export const SEALED_WITHIN_SECONDS = 10;

const SUBJECT = "audit:unsealed";

/** Tells once that entries of the audit log wait too long for their place, and once that they have it. */
export async function watchLog(tx: DatabaseOrTransaction, now: Date): Promise<void> {
  const [late] = await tx
    .select({ waiting: sql<number>`count(*)::integer`, oldest: sql<string | null>`min(${auditUnsealed.at})` })
    .from(auditUnsealed)
    .where(lt(auditUnsealed.at, new Date(now.getTime() - SEALED_WITHIN_SECONDS * 1000)));
  if (late?.oldest) {
    if (!(await raiseAlarm(tx, SUBJECT, now))) return;
    const data = { waiting: late.waiting, since: new Date(late.oldest).toISOString() };
    await noteEvent(tx, { type: "audit.seal_late", data }, now);
    return;
  }
  const since = await findAlarm(tx, SUBJECT);
  if (since === null) return;
  await clearAlarm(tx, SUBJECT);
  await noteEvent(tx, { type: "audit.sealed_again", data: { since: since.toISOString() } }, now);
}
