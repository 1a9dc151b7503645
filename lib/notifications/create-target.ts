import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { notificationTargets } from "#db/schema/notifications.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { newIdAt } from "#lib/ids.ts";
import { isNameTaken } from "./queries.ts";
import type { TargetInput } from "./schema.ts";
import { newSecret, sealSecret } from "./seal-secret.ts";

type Created = { ok: true; targetId: string; secret: string | null } | { ok: false; code: "name_taken" };

/**
 * Makes a target that is told from now on. Of a webhook the signing secret is returned, the only time it can be read:
 * what is kept is sealed with a key outside the database. Refuses a name in use. Audits `notification_target.create`.
 */
export function createTarget(
  db: DatabaseOrTransaction,
  { kind, name, address, events, locale }: TargetInput,
  secretKey: Uint8Array,
  actor: Actor,
  at: Date,
): Promise<Created> {
  const targetId = newIdAt(at);
  const secret = kind === "webhook" ? newSecret() : null;
  const secretSealed = secret === null ? null : sealSecret(secretKey, targetId, secret);
  return joinOrOpenTransaction(db, async (tx) => {
    if (await isNameTaken(tx, name, null)) return { ok: false, code: "name_taken" };
    await tx
      .insert(notificationTargets)
      .values({ id: targetId, kind, name, address, events, locale, secretSealed, createdAt: at });
    await recordAudit(tx, {
      action: "notification_target.create",
      actor,
      at,
      entity: { type: "notification_target", id: targetId },
      details: { kind, events },
    });
    return { ok: true, targetId, secret };
  });
}
