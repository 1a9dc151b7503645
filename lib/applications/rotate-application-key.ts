import { eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { applicationKeys } from "#db/schema/applications.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { createApplicationKey } from "./create-application-key.ts";
import { findApplicationLocked, listUnrevokedKeys } from "./queries.ts";
import { settleKeyEnds } from "./settle-key-ends.ts";
import type { NewKey } from "./types.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Makes the next key of an application and returns it, the only time it can be read; the key in use gets an end in so
 * many days and goes on beside it until then. Without a key in use it only makes one. Refuses `two_live` where two keys
 * are live and `not_found` for an unknown application. Audits `application_key.create` and, for the old one,
 * `application_key.plan_end`.
 */
export function rotateApplicationKey(
  db: DatabaseOrTransaction,
  { applicationId, oldEndsInDays }: { applicationId: string; oldEndsInDays: number },
  actor: Actor,
  at: Date,
): Promise<({ ok: true } & NewKey) | { ok: false; code: "not_found" | "two_live" }> {
  return joinOrOpenTransaction(db, async (tx) => {
    if ((await findApplicationLocked(tx, applicationId)) === null) return { ok: false, code: "not_found" };
    // A key whose end has come gives its place free, even while no worker runs.
    await settleKeyEnds(tx, { applicationId }, at);
    const [old] = await listUnrevokedKeys(tx, applicationId);
    const made = await createApplicationKey(tx, { applicationId }, actor, at);
    if (!made.ok || old === undefined) return made;
    const endsAt = new Date(at.getTime() + oldEndsInDays * DAY_MS);
    await tx
      .update(applicationKeys)
      .set({ endsAt, replacedBy: made.keyId })
      .where(eq(applicationKeys.id, old.id));
    await recordAudit(tx, {
      action: "application_key.plan_end",
      actor,
      at,
      entity: { type: "application_key", id: old.id },
      details: {
        applicationId,
        ending: old.ending,
        before: old.endsAt?.toISOString() ?? null,
        after: endsAt.toISOString(),
        replacedBy: made.keyId,
      },
    });
    return made;
  });
}
