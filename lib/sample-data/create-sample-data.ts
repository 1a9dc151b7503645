import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { sampleData } from "#db/schema/sample-data.ts";
import { createApplication } from "#lib/applications/create-application.ts";
import { createApplicationKey } from "#lib/applications/create-application-key.ts";
import type { NewApplication } from "#lib/applications/schema.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";

export type NewSampleData = {
  applications: readonly NewApplication[];
  seed: number;
  historyFrom: Date;
  historyUntil: Date;
};

/**
 * Marks the installation as holding sample data and makes its applications, before anything made-up is recorded under
 * them. Returns their ids by name. Throws what PostgreSQL throws when there is sample data already, or an application
 * of such a name. Audits `sample_data.create`, and what each application and key audits.
 */
export function createSampleData(
  db: DatabaseOrTransaction,
  { applications, ...history }: NewSampleData,
  actor: Actor,
  at: Date,
): Promise<Map<string, string>> {
  return joinOrOpenTransaction(db, async (tx) => {
    const ids = new Map<string, string>();
    for (const application of applications) {
      const { id } = await createApplication(tx, application, actor, at);
      // Nobody reads the key: it is there to be looked at in the settings.
      await createApplicationKey(tx, { applicationId: id }, actor, at);
      ids.set(application.name, id);
    }
    const applicationIds = [...ids.values()];
    await tx.insert(sampleData).values({ applicationIds, ...history, createdAt: at });
    await recordAudit(tx, {
      action: "sample_data.create",
      actor,
      at,
      entity: { type: "sample_data", id: null },
      details: { seed: history.seed, applicationIds },
    });
    return ids;
  });
}
