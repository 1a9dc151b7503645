import { like, lt, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { gateways } from "#db/schema/control.ts";
import { notificationAlarms } from "#db/schema/notifications.ts";
import { GATEWAY_SILENCE_SECONDS } from "#lib/rollout/queries.ts";
import { clearAlarm, findAlarm, raiseAlarm } from "./note-alarm.ts";
import { noteEvent } from "./note-event.ts";
import { REFUSALS_QUIET_MINUTES, REFUSALS_TOLD, REFUSALS_WITHIN_MINUTES } from "./rules.ts";
import { watchLog } from "./watch-log.ts";
import { watchRollout } from "./watch-rollout.ts";

const before = (now: Date, minutes: number): Date => new Date(now.getTime() - minutes * 60_000);

/**
 * Looks for what changes by itself, and tells each trouble once and its end once: an alarm's row and the event are
 * written in one transaction, so that a crash between two looks neither loses nor repeats one.
 */
export async function watchInstallation(db: DatabaseOrTransaction, now: Date): Promise<void> {
  for (const look of [watchGateways, watchSignIns, watchLog, watchRollout]) {
    await joinOrOpenTransaction(db, (tx) => look(tx, now));
  }
}

/** A gateway that stopped reporting; one that is gone for a day is forgotten without a word. */
async function watchGateways(tx: DatabaseOrTransaction, now: Date): Promise<void> {
  const known = await tx.select({ name: gateways.name, seenAt: gateways.seenAt }).from(gateways);
  const silentBefore = before(now, GATEWAY_SILENCE_SECONDS / 60);
  for (const { name: gateway, seenAt } of known) {
    const subject = `gateway:${gateway}`;
    if (seenAt < silentBefore) {
      if (await raiseAlarm(tx, subject, now)) {
        const lastSeenAt = seenAt.toISOString();
        await noteEvent(tx, { type: "gateway.silent", data: { gateway, lastSeenAt } }, now);
      }
      continue;
    }
    const since = await findAlarm(tx, subject);
    if (since === null) continue;
    await clearAlarm(tx, subject);
    await noteEvent(tx, { type: "gateway.back", data: { gateway, since: since.toISOString() } }, now);
  }
  await tx.delete(notificationAlarms).where(
    sql`${like(notificationAlarms.subject, "gateway:%")} and not exists (
      select from ${gateways} where 'gateway:' || ${gateways.name} = ${notificationAlarms.subject})`,
  );
}

/** Sign-ins to one account that are refused again and again. The audit log knows the account, not what was typed. */
async function watchSignIns(tx: DatabaseOrTransaction, now: Date): Promise<void> {
  await tx
    .delete(notificationAlarms)
    .where(
      sql`${like(notificationAlarms.subject, "sign_in:%")} and ${lt(notificationAlarms.since, before(now, REFUSALS_QUIET_MINUTES))}`,
    );
  const member = sql<string>`${auditEntries.details}->>'memberId'`;
  const refused = await tx
    .select({ memberId: member, refusals: sql<number>`count(*)::integer` })
    .from(auditEntries)
    .where(
      sql`${auditEntries.action} = 'session.refuse' and ${member} is not null
        and ${auditEntries.at} > ${before(now, REFUSALS_WITHIN_MINUTES).toISOString()}::timestamptz`,
    )
    .groupBy(member)
    .having(sql`count(*) >= ${REFUSALS_TOLD}`);
  for (const { memberId, refusals } of refused) {
    if (!(await raiseAlarm(tx, `sign_in:${memberId}`, now))) continue;
    const data = { memberId, refusals, minutes: REFUSALS_WITHIN_MINUTES };
    await noteEvent(tx, { type: "sign_in.refused_repeatedly", data }, now);
  }
}
