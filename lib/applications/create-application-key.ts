import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { applicationKeys } from "#db/schema/applications.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { newIdAt } from "#lib/ids.ts";
import { findApplicationLocked, listUnrevokedKeys } from "./queries.ts";
import { hashApplicationKey, MOST_LIVE_KEYS, writeKey } from "./rules.ts";
import { APPLICATION_KEYS_CHANNEL } from "./schema.ts";
import type { NewKey } from "./types.ts";

/**
 * Makes a key for an application and returns it, the only time it can be read: a SHA-256 and its last four characters
 * are kept. Gateways learn of it at once. Refuses `two_live` where two keys are live, and `not_found` for an unknown
 * application. Audits `application_key.create`.
 */
export async function createApplicationKey(
  db: DatabaseOrTransaction,
  { applicationId }: { applicationId: string },
  actor: Actor,
  at: Date,
): Promise<({ ok: true } & NewKey) | { ok: false; code: "not_found" | "two_live" }> {
  const key = writeKey(randomBytes(32));
  const keyId = newIdAt(at);
  const ending = key.slice(-4);
  return joinOrOpenTransaction(db, async (tx) => {
    if ((await findApplicationLocked(tx, applicationId)) === null) return { ok: false, code: "not_found" };
    const live = await listUnrevokedKeys(tx, applicationId);
    if (live.length >= MOST_LIVE_KEYS) return { ok: false, code: "two_live" };
    const hash = hashApplicationKey(key);
    const createdBy = actor.id;
    await tx
      .insert(applicationKeys)
      .values({ id: keyId, applicationId, hash, ending, createdAt: at, createdBy });
    await recordAudit(tx, {
      action: "application_key.create",
      actor,
      at,
      entity: { type: "application_key", id: keyId },
      details: { applicationId, ending },
    });
    await tx.execute(sql`select pg_notify(${APPLICATION_KEYS_CHANNEL}, '')`);
    return { ok: true, keyId, key };
  });
}
