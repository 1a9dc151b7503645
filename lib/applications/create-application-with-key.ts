import { sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import type { Actor } from "#lib/audit/types.ts";
import { createApplication } from "./create-application.ts";
import { createApplicationKey } from "./create-application-key.ts";
import { findApplicationByName } from "./queries.ts";
import type { NewApplication } from "./schema.ts";
import type { NewKey } from "./types.ts";

/**
 * Adds an application together with its first key, which is returned this once. Refuses `name_taken`. Throws ZodError
 * for a bad name or channel. Audits `application.create` and `application_key.create`.
 */
export function createApplicationWithKey(
  db: DatabaseOrTransaction,
  application: NewApplication,
  actor: Actor,
  at: Date,
): Promise<({ ok: true; applicationId: string } & NewKey) | { ok: false; code: "name_taken" }> {
  return joinOrOpenTransaction(db, async (tx) => {
    // Names are looked up and then taken: two administrators at once take turns.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('application names'))`);
    if ((await findApplicationByName(tx, application.name.trim())) !== null)
      return { ok: false, code: "name_taken" };
    const { id } = await createApplication(tx, application, actor, at);
    const made = await createApplicationKey(tx, { applicationId: id }, actor, at);
    if (!made.ok) throw new Error("An application made in this transaction has room for a key");
    return { ok: true, applicationId: id, keyId: made.keyId, key: made.key };
  });
}
