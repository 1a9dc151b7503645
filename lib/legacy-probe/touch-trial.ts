import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { legacyTrials } from "#db/schema/rollouts.ts";
import { clearAlarm, findAlarm, raiseAlarm } from "#lib/notifications/note-alarm.ts";
import { noteEvent } from "#lib/notifications/note-event.ts";
import { countFailedInARow } from "./queries.ts";
import { FAILURES_TOLD } from "./rules.ts";
import type { Trial } from "./types.ts";

/** What the alarm is about. */
export const LEGACY_ALARM = "legacy_login";

/** Keeps a trial, and tells that the legacy login fails once two in a row did, and that it works again, once each. */
export function touchTrial(db: DatabaseOrTransaction, trial: Trial): Promise<void> {
  return joinOrOpenTransaction(db, async (tx) => {
    await tx.insert(legacyTrials).values(trial);
    const { at, trouble, status } = trial;
    if (trouble === null) {
      const since = await findAlarm(tx, LEGACY_ALARM);
      if (since === null) return;
      await clearAlarm(tx, LEGACY_ALARM);
      await noteEvent(tx, { type: "legacy_login.works_again", data: { since: since.toISOString() } }, at);
      return;
    }
    const failures = await countFailedInARow(tx);
    if (failures < FAILURES_TOLD || !(await raiseAlarm(tx, LEGACY_ALARM, at))) return;
    await noteEvent(tx, { type: "legacy_login.failing", data: { failures, trouble, status } }, at);
  });
}
