import type { DatabaseOrTransaction } from "#db/client.ts";
import { recordLook } from "#lib/audit/record-look.ts";
import type { Actor, Subject } from "#lib/audit/types.ts";

/** Notes that somebody opened a person's page. Audits `person.view`, at most once in ten minutes per member and person. */
export async function recordView(
  db: DatabaseOrTransaction,
  actor: Extract<Actor, { id: string }>,
  { personId, subject }: { personId: string; subject: Subject },
  at: Date,
): Promise<void> {
  const entity = { type: "person", id: personId } as const;
  await recordLook(db, { action: "person.view", actor, at, entity, subject, details: {} });
}
