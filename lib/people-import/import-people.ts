import { inArray } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { erasedSubjects } from "#db/schema/holds.ts";
import { people } from "#db/schema/people.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { newIdAt } from "#lib/ids.ts";
import { enrolledAfter } from "#lib/ledger/rules.ts";
import type { ErasureLedger } from "#lib/ledger/types.ts";
import { foldCustomId } from "#lib/people/schema.ts";
import { bucketOf } from "#lib/unleash/bucket.ts";
import { sortOut } from "./queries.ts";
import type { ImportCounts, ImportedPerson, LeftOut } from "./types.ts";

/** People written in one transaction. */
export const AT_ONCE = 2_000;

export type Importer = {
  actor: Actor;
  loginKeyOf: (customId: string) => string;
  ledger: Pick<ErasureLedger, "refOf" | "appendEnrolment">;
};

export type ImportChunk = {
  people: readonly ImportedPerson[];
  /** Rows of the file beside these that were left out as they stand. */
  unreadable: number;
  fileSha256: string;
  /** Imports those erased here before too: whoever asks says that they enrolled anew. */
  withErased: boolean;
};

/**
 * Takes over people who were enrolled at the API before Gatehouse, as far as a file knows it: nothing is confirmed until
 * their first verification. Who is known stays as they are, so that a file may be imported twice; who is blocked or about
 * to be erased is left out, and so is who was erased here, unless asked for, and then the ledger knows it first. Audits
 * `person.import` for this part of the file.
 */
export function importPeople(
  db: DatabaseOrTransaction,
  chunk: ImportChunk,
  { actor, loginKeyOf, ledger }: Importer,
  at: Date,
): Promise<ImportCounts & { leftOut: LeftOut[] }> {
  return joinOrOpenTransaction(db, async (tx) => {
    const { good, known, leftOut } = await sortOut(tx, chunk, ledger.refOf);
    const written = good.length === 0 ? [] : await insertPeople(tx, good, loginKeyOf, at);
    if (chunk.withErased) await tellLedger(tx, written, ledger, at);
    const refused = leftOut.length + chunk.unreadable;
    const imported = written.length;
    const counts = { rows: chunk.people.length + chunk.unreadable, imported, refused };
    // Who came in between, or stands twice in the file, is known by now.
    const result = { ...counts, known: known + good.length - imported };
    const details = { ...result, fileSha256: chunk.fileSha256 };
    await recordAudit(tx, {
      action: "person.import",
      actor,
      at,
      entity: { type: "person", id: null },
      details,
    });
    return { ...result, leftOut };
  });
}

async function insertPeople(
  tx: DatabaseOrTransaction,
  rows: readonly ImportedPerson[],
  loginKeyOf: Importer["loginKeyOf"],
  at: Date,
): Promise<string[]> {
  const written = await tx
    .insert(people)
    .values(
      rows.map(({ customId, bioPassId, face, fingers, legalBasis }) => ({
        ...{ id: newIdAt(at), customId, customIdFolded: foldCustomId(customId), bioPassId, legalBasis },
        ...{ status: "enrolled" as const, faceEnrolled: face, fingersEnrolled: fingers },
        ...{ bucket: bucketOf(loginKeyOf(customId)), createdAt: at },
      })),
    )
    .onConflictDoNothing({ target: people.customId })
    .returning({ customId: people.customId });
  return written.map(({ customId }) => customId);
}

async function tellLedger(
  tx: DatabaseOrTransaction,
  customIds: readonly string[],
  ledger: Importer["ledger"],
  at: Date,
): Promise<void> {
  const byRef = new Map(customIds.map((customId) => [ledger.refOf(customId), customId]));
  if (byRef.size === 0) return;
  const erased = await tx
    .select()
    .from(erasedSubjects)
    .where(inArray(erasedSubjects.ledgerRef, [...byRef.keys()]));
  await Promise.all(
    erased.map(({ ledgerRef, erasedAt }) =>
      ledger.appendEnrolment({ customId: byRef.get(ledgerRef) ?? "", at: enrolledAfter(erasedAt, at) }),
    ),
  );
}
