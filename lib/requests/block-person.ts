import { eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { people } from "#db/schema/people.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Mover } from "./advance-request.ts";
import type { BlockCause } from "./types.ts";

/**
 * Blocks the biometrics of a person for a request: their logins go the old way, and nobody enrols them. A block that
 * was asked for by itself takes the place of one that would end with another request; else the first block stands.
 * Nothing happens where no person of this CustomID is known. Audits `person.block`.
 */
export async function blockPerson(
  tx: DatabaseOrTransaction,
  { customId, cause, requestId }: { customId: string; cause: BlockCause; requestId: string },
  { actor, auditKey }: Mover,
  at: Date,
): Promise<void> {
  const [person] = await tx
    .select({ id: people.id, status: people.status, blockedFor: people.blockedFor })
    .from(people)
    .where(eq(people.customId, customId))
    .for("update");
  if (!person) return;
  const isTakenOver = cause === "request" && person.blockedFor !== "request";
  if (person.status === "blocked" && !isTakenOver) return;
  await tx
    .update(people)
    .set({ status: "blocked", blockedFor: cause, blockedBy: requestId, blockedAt: at })
    .where(eq(people.id, person.id));
  await recordAudit(tx, {
    action: "person.block",
    actor,
    at,
    entity: { type: "person", id: person.id },
    subject: { customId, key: auditKey },
    details: { cause, requestId },
  });
}
