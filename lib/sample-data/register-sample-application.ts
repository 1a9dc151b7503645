import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { sampleData } from "#db/schema/sample-data.ts";
import { createApplication } from "#lib/applications/create-application.ts";
import { createApplicationKey } from "#lib/applications/create-application-key.ts";
import { findApplicationByName, listUnrevokedKeys } from "#lib/applications/queries.ts";
import { revokeApplicationKey } from "#lib/applications/revoke-application-key.ts";
import type { NewApplication } from "#lib/applications/schema.ts";
import type { NewKey } from "#lib/applications/types.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { findSampleData } from "./queries.ts";

/**
 * Gives a made-up application a key to call with, making the application where it is not there yet and marking the
 * installation as holding sample data, so that what it records can be told apart and removed. Its earlier keys end. Throws
 * what PostgreSQL throws where an application of this name is not made up. Audits `sample_data.create` where it made one,
 * and what applications and keys audit.
 */
export function registerSampleApplication(
  db: DatabaseOrTransaction,
  { application, seed }: { application: NewApplication; seed: number },
  actor: Actor,
  at: Date,
): Promise<NewKey & { applicationId: string }> {
  return joinOrOpenTransaction(db, async (tx) => {
    const applicationId = await ensureApplication(tx, { application, seed }, actor, at);
    for (const { id: keyId } of await listUnrevokedKeys(tx, applicationId))
      await revokeApplicationKey(tx, { keyId, reason: "lost" }, actor, at);
    const made = await createApplicationKey(tx, { applicationId }, actor, at);
    if (!made.ok) throw new Error(`A made-up application got no key: ${made.code}`);
    return { applicationId, keyId: made.keyId, key: made.key };
  });
}

async function ensureApplication(
  tx: DatabaseOrTransaction,
  { application, seed }: { application: NewApplication; seed: number },
  actor: Actor,
  at: Date,
): Promise<string> {
  const sample = await findSampleData(tx, { lock: true });
  const known = await findApplicationByName(tx, application.name);
  if (known !== null && sample?.applicationIds.includes(known.id)) return known.id;
  const { id } = await createApplication(tx, application, actor, at);
  const applicationIds = [...(sample?.applicationIds ?? []), id];
  const history = { seed, historyFrom: at, historyUntil: at, createdAt: at, completedAt: at };
  await (sample === null
    ? tx.insert(sampleData).values({ applicationIds, ...history })
    : tx.update(sampleData).set({ applicationIds }));
  await recordAudit(tx, {
    action: "sample_data.create",
    actor,
    at,
    entity: { type: "sample_data", id: null },
    details: { seed, applicationIds: [id] },
  });
  return id;
}
