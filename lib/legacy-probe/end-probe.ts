import { eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { legacyProbes } from "#db/schema/rollouts.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { clearAlarm } from "#lib/notifications/note-alarm.ts";
import { PROBE } from "./queries.ts";
import { LEGACY_ALARM } from "./touch-trial.ts";

/**
 * Ends the trials of the legacy login: address and secret are forgotten, past trials stay. Audits `legacy_probe.change`.
 */
export function endProbe(
  db: DatabaseOrTransaction,
  actor: Actor,
  at: Date,
): Promise<{ ok: true } | { ok: false; code: "not_found" }> {
  return joinOrOpenTransaction(db, async (tx) => {
    const gone = await tx
      .delete(legacyProbes)
      .where(eq(legacyProbes.name, PROBE))
      .returning({ name: legacyProbes.name });
    if (gone.length === 0) return { ok: false, code: "not_found" };
    await clearAlarm(tx, LEGACY_ALARM);
    await recordAudit(tx, {
      action: "legacy_probe.change",
      actor,
      at,
      entity: { type: "legacy_probe", id: PROBE },
      details: { isOn: false, everyMinutes: null },
    });
    return { ok: true };
  });
}
