import { createHash } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditSealedDetails, auditSubjectKeys } from "#db/schema/audit.ts";
import { newIdAt } from "#lib/ids.ts";
import { newKey, openBytes, sealBytes } from "./seal-bytes.ts";
import type { SealedText, SubjectRef } from "./types.ts";

const boundToKey = (keyId: string): string => `audit subject key ${keyId}`;
const boundToEntry = (entryId: string): string => `audit entry ${entryId}`;

type SubjectKey = { id: string; bytes: Uint8Array };

/** Writers of one person share this lock; only who shreds the person's keys takes it alone, and so misses none. */
export const lockSubject = (tx: DatabaseOrTransaction, { ref }: SubjectRef, how: "shared" | "alone") =>
  how === "shared"
    ? tx.execute(
        sql`select pg_advisory_xact_lock_shared(hashtext('gatehouse-audit-subject'), hashtext(${ref}))`,
      )
    : tx.execute(sql`select pg_advisory_xact_lock(hashtext('gatehouse-audit-subject'), hashtext(${ref}))`);

/**
 * A key of this person: one that is there, else a new one. Two writers at once make two, so that neither waits for the
 * other; each detail names its own.
 */
async function takeSubjectKey(
  tx: DatabaseOrTransaction,
  { ref, epoch }: SubjectRef,
  key: Uint8Array,
  at: Date,
): Promise<SubjectKey> {
  const known = await tx
    .select({ id: auditSubjectKeys.id, wrappedKey: auditSubjectKeys.wrappedKey })
    .from(auditSubjectKeys)
    .where(eq(auditSubjectKeys.subjectRef, ref))
    .limit(1);
  for (const { id, wrappedKey } of known) {
    const bytes = openBytes(key, boundToKey(id), wrappedKey);
    if (bytes !== null) return { id, bytes };
  }
  const made = { id: newIdAt(at), bytes: newKey() };
  const wrappedKey = sealBytes(key, boundToKey(made.id), made.bytes);
  await tx
    .insert(auditSubjectKeys)
    .values({ id: made.id, subjectRef: ref, subjectEpoch: epoch, wrappedKey, createdAt: at });
  return made;
}

export const hashSealed = (ciphertext: Uint8Array): string =>
  createHash("sha256").update(ciphertext).digest("hex");

export type SealedDetails = { subjectKeyId: string; ciphertext: Uint8Array; sealedHash: string };

/** Encrypts what an entry tells of a person under a key of that person, bound to the entry. */
export async function sealDetails(
  tx: DatabaseOrTransaction,
  { entryId, subjectRef, details }: { entryId: string; subjectRef: SubjectRef; details: object },
  key: Uint8Array,
  at: Date,
): Promise<SealedDetails> {
  await lockSubject(tx, subjectRef, "shared");
  const { id, bytes } = await takeSubjectKey(tx, subjectRef, key, at);
  const text = new TextEncoder().encode(JSON.stringify(details));
  const ciphertext = sealBytes(bytes, boundToEntry(entryId), text);
  return { subjectKeyId: id, ciphertext, sealedHash: hashSealed(ciphertext) };
}

/** What an entry tells of a person. `shredded` where the person's key was destroyed, `unreadable` where it does not open. */
export async function openDetails(
  db: DatabaseOrTransaction,
  entryId: string,
  key: Uint8Array,
): Promise<SealedText> {
  const [row] = await db
    .select({
      ciphertext: auditSealedDetails.ciphertext,
      keyId: auditSealedDetails.subjectKeyId,
      wrappedKey: auditSubjectKeys.wrappedKey,
    })
    .from(auditSealedDetails)
    .leftJoin(auditSubjectKeys, eq(auditSubjectKeys.id, auditSealedDetails.subjectKeyId))
    .where(eq(auditSealedDetails.entryId, entryId));
  if (!row) return { state: "none" };
  if (row.wrappedKey === null) return { state: "shredded" };
  const subjectKey = openBytes(key, boundToKey(row.keyId), row.wrappedKey);
  const text = subjectKey && openBytes(subjectKey, boundToEntry(entryId), row.ciphertext);
  if (!text) return { state: "unreadable" };
  return { state: "open", details: JSON.parse(new TextDecoder().decode(text)) as Record<string, unknown> };
}
