import { createHmac } from "node:crypto";
import { desc } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEpochs } from "#db/schema/audit.ts";
import { newKey, openBytes, sealBytes } from "./seal-bytes.ts";
import type { Subject, SubjectRef } from "./types.ts";

/** A key of the log that this process cannot open: it was started with another secret than the one it was made with. */
export class AuditKeyUnreadable extends Error {
  override readonly name = "AuditKeyUnreadable";
}

const FIRST_EPOCH = 1;

const boundToEpoch = (epoch: number): string => `audit epoch ${epoch}`;

/** A new random key of this epoch, wrapped for its row. */
export const wrappedEpochKey = (key: Uint8Array, epoch: number): Uint8Array =>
  sealBytes(key, boundToEpoch(epoch), newKey());

type Epoch = Pick<typeof auditEpochs.$inferSelect, "epoch" | "wrappedKey">;

function refIn({ epoch, wrappedKey }: Epoch, { customId, key }: Subject): SubjectRef {
  const epochKey = openBytes(key, boundToEpoch(epoch), wrappedKey);
  if (epochKey === null) {
    throw new AuditKeyUnreadable(
      `The key of audit epoch ${epoch} does not open. Start with the GATEHOUSE_AUDIT_SECRET it was made with.`,
    );
  }
  return { ref: createHmac("sha256", epochKey).update(customId, "utf8").digest("hex"), epoch };
}

const newestEpochs = (tx: DatabaseOrTransaction) =>
  tx
    .select({ epoch: auditEpochs.epoch, wrappedKey: auditEpochs.wrappedKey })
    .from(auditEpochs)
    .orderBy(desc(auditEpochs.epoch));

/**
 * How the log names a person from now on: by the newest epoch. The first epoch is made here at need; of two that make
 * it at once the second waits for the first and takes the same. Throws AuditKeyUnreadable.
 */
export async function nameSubject(
  tx: DatabaseOrTransaction,
  subject: Subject,
  at: Date,
): Promise<SubjectRef> {
  const [newest] = await newestEpochs(tx).limit(1);
  if (newest) return refIn(newest, subject);
  const wrappedKey = wrappedEpochKey(subject.key, FIRST_EPOCH);
  await tx
    .insert(auditEpochs)
    .values({ epoch: FIRST_EPOCH, wrappedKey, createdAt: at })
    .onConflictDoNothing();
  const [first] = await newestEpochs(tx).limit(1);
  if (!first) throw new Error("The first audit epoch was not made.");
  return refIn(first, subject);
}

/** Every name the log has for a person, the present one first; none where nobody was named yet. Throws AuditKeyUnreadable. */
export async function listSubjectRefs(tx: DatabaseOrTransaction, subject: Subject): Promise<SubjectRef[]> {
  return (await newestEpochs(tx)).map((epoch) => refIn(epoch, subject));
}
