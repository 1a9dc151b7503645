import { eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { legacyProbes } from "#db/schema/rollouts.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { sealSecret } from "#lib/notifications/seal-secret.ts";
import { PROBE } from "./queries.ts";
import type { ProbeInput } from "./schema.ts";

/** `secret_again`: the one that is kept was given for another address, and goes to no other. */
export type ChangeProbeResult = { ok: true } | { ok: false; code: "secret_again" };

/**
 * Sets where trials of the legacy login go, how often and with which secret; the first of them is due at once. The secret
 * is kept sealed for its address, and cannot be read again. Audits `legacy_probe.change`.
 */
export function changeProbe(
  db: DatabaseOrTransaction,
  { url, everyMinutes, secret, withoutSecret }: ProbeInput,
  secretKey: Uint8Array,
  actor: Actor & { id: string },
  at: Date,
): Promise<ChangeProbeResult> {
  return joinOrOpenTransaction(db, async (tx) => {
    const [kept] = await tx.select().from(legacyProbes).where(eq(legacyProbes.name, PROBE)).for("update");
    const keeps = withoutSecret === undefined && secret === "" && kept?.sealedSecret != null;
    if (keeps && kept.url !== url) return { ok: false, code: "secret_again" };
    const sealed = secret === "" ? null : sealSecret(secretKey, url, secret);
    const set = {
      ...{ url, everyMinutes, changedBy: actor.id, changedAt: at },
      sealedSecret: keeps ? kept.sealedSecret : withoutSecret === undefined ? sealed : null,
    };
    await tx
      .insert(legacyProbes)
      .values({ name: PROBE, ...set })
      .onConflictDoUpdate({ target: legacyProbes.name, set });
    await recordAudit(tx, {
      action: "legacy_probe.change",
      actor,
      at,
      entity: { type: "legacy_probe", id: PROBE },
      details: { isOn: true, everyMinutes },
    });
    return { ok: true };
  });
}
