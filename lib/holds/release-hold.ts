import { eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { legalHolds } from "#db/schema/holds.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { isSecondPerson } from "#lib/auth/rules.ts";
import type { Mover } from "#lib/requests/advance-request.ts";
import { findHoldLocked } from "./queries.ts";
import type { ReleaseResult } from "./types.ts";

type Release = {
  holdId: string;
  /** Of the hold as the caller saw it. */
  version: number;
  reason: string;
  /** An installation with one officer, who releases what they placed; the entry says so. */
  isSingleControl: boolean;
};

/**
 * Lets a person be erased again, and forgets the CustomID that the hold named. Only another person than the one who
 * placed it may (`not_second_person`; the database refuses it too). Audits `hold.release`.
 */
export function releaseHold(
  db: DatabaseOrTransaction,
  { holdId, version, reason, isSingleControl }: Release,
  { actor, auditKey }: Mover & { actor: { id: string } },
  at: Date,
): Promise<ReleaseResult> {
  return joinOrOpenTransaction(db, async (tx) => {
    const held = await findHoldLocked(tx, holdId);
    if (held === null) return { ok: false, code: "not_found" };
    if (held.customId === null) return { ok: false, code: "released_already" };
    if (held.version !== version) return { ok: false, code: "stale_version" };
    if (!isSingleControl && !isSecondPerson(actor.id, [held.placedBy]))
      return { ok: false, code: "not_second_person" };
    const [hold] = await tx
      .update(legalHolds)
      .set({
        customId: null,
        releasedBy: actor.id,
        releasedAt: at,
        releaseReason: reason,
        isSingleControl,
        version: version + 1,
      })
      .where(eq(legalHolds.id, holdId))
      .returning();
    if (!hold) throw new Error("A hold that was kept is gone.");
    await recordAudit(tx, {
      action: "hold.release",
      actor,
      at,
      entity: { type: "hold", id: holdId },
      subject: { customId: held.customId, key: auditKey },
      details: { reason, isSingleControl },
    });
    return { ok: true, hold };
  });
}
