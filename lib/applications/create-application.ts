import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { applications } from "#db/schema/applications.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { newIdAt } from "#lib/ids.ts";
import { type NewApplication, newApplicationSchema } from "./schema.ts";

/**
 * Adds one of the company's applications; it can call nothing until it has a key. Throws ZodError for a bad name or
 * channel, and what PostgreSQL throws for a name that exists. Audits `application.create`.
 */
export async function createApplication(
  db: DatabaseOrTransaction,
  application: NewApplication,
  actor: Actor,
  at: Date,
): Promise<{ id: string }> {
  const { name, channels } = newApplicationSchema.parse(application);
  const id = newIdAt(at);
  await joinOrOpenTransaction(db, async (tx) => {
    await tx.insert(applications).values({ id, name, channels, createdAt: at });
    await recordAudit(tx, {
      action: "application.create",
      actor,
      at,
      entity: { type: "application", id },
      details: { name, channels },
    });
  });
  return { id };
}
