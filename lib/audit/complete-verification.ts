import { asc, eq, isNull } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { auditVerifications } from "#db/schema/audit.ts";
import type { Clock } from "#lib/clock.ts";
import { noteEvent } from "#lib/notifications/note-event.ts";
import { readKeptNotes } from "./keep-checkpoints.ts";
import type { LogFinding } from "./types.ts";
import { verifyLog } from "./verify-log.ts";

type Desk = {
  db: DatabaseOrTransaction;
  verifierKey: string;
  /** Where checkpoints are kept outside the database. */
  folder: string;
  clock: Clock;
  signal: AbortSignal;
};

export type CompletedVerification = { id: string; treeSize: number; findings: LogFinding[] };

/**
 * Runs the verification that was asked for first, writing down how far it is, and what it found with the word to those
 * who want to know. Null where none waits, or where the signal ended it: cut off anywhere, it begins anew the next time.
 */
export async function completeVerification({
  db,
  verifierKey,
  folder,
  clock,
  signal,
}: Desk): Promise<CompletedVerification | null> {
  const [asked] = await db
    .select({ id: auditVerifications.id, treeSize: auditVerifications.treeSize })
    .from(auditVerifications)
    .where(isNull(auditVerifications.finishedAt))
    .orderBy(asc(auditVerifications.startedAt))
    .limit(1);
  if (!asked) return null;
  const { id, treeSize } = asked;
  const isIt = eq(auditVerifications.id, id);
  const onProgress = async (checked: number) => {
    await db.update(auditVerifications).set({ checked }).where(isIt);
  };
  const keptNotes = await readKeptNotes(folder);
  const findings = await verifyLog(db, { treeSize, verifierKey, keptNotes, onProgress, signal });
  if (findings === null) return null;
  const finishedAt = clock();
  await joinOrOpenTransaction(db, async (tx) => {
    await tx.update(auditVerifications).set({ findings, finishedAt, checked: treeSize }).where(isIt);
    if (findings.length === 0) return;
    const codes = findings.map(({ code }) => code);
    const data = { verificationId: id, treeSize, codes };
    await noteEvent(tx, { type: "audit.verification_failed", data }, finishedAt);
  });
  return { id, treeSize, findings };
}
