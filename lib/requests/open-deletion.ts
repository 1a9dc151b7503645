import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { lawOf } from "#lib/grounds/rules.ts";
import { findPerson } from "#lib/people/queries.ts";
import type { PersonRecord } from "#lib/people/types.ts";
import type { Mover, RequestRefusal } from "./advance-request.ts";
import { composePreview } from "./compose-preview.ts";
import { type OpenRequestResult, openRequest } from "./open-request.ts";
import { proposeDecision } from "./propose-decision.ts";
import { listOpenErasures } from "./queries.ts";
import type { OpenDeletion } from "./schema.ts";

export type DeletionRefusal =
  | Extract<OpenRequestResult, { ok: false }>["code"]
  | Exclude<RequestRefusal, "stale_version">
  /** Somebody asked for an erasure of this person: that one has the deadline and the receipt. */
  | "erasure_open";

export type OpenDeletionResult =
  | { ok: true; requestId: string; protocol: string }
  | { ok: false; code: DeletionRefusal };

/**
 * Puts a deletion that nobody asked for, of a wrong enrolment or of test data, before a second person: opened and proposed
 * at once, with the preview that was seen. Refused where an erasure of the person is open, under a legal hold, and where
 * the preview is another by now; then nothing is written. Audits `request.open` and `request.propose`.
 */
export async function openDeletion(
  db: DatabaseOrTransaction,
  { personId, why, words, previewDigest }: OpenDeletion,
  by: Mover & { timeZone: string },
  at: Date,
): Promise<OpenDeletionResult> {
  try {
    return await joinOrOpenTransaction(db, async (tx) => {
      const person = await findPerson(tx, personId);
      if (person === null) return { ok: false, code: "not_found" };
      const { customId } = person;
      if ((await listOpenErasures(tx, customId)).length > 0) return { ok: false, code: "erasure_open" };
      const preview = () => previewDeletion(tx, person, by.auditKey);
      if ((await preview()).digest !== previewDigest) return { ok: false, code: "preview_changed" };
      const input = { customId, ...askedOf(person), channel: "console" as const, receivedAt: at };
      const opener = { actor: by.actor, applicationId: null, deletionReason: why };
      const opened = await openRequest(tx, input, opener, by, at);
      if (!opened.ok) return { ok: false, code: opened.code };
      const { requestId, protocol } = opened;
      // That it was opened stands in the log, and so in what stays.
      const { digest } = await preview();
      const decision = {
        requestId,
        version: 1,
        assessment: words,
        previewDigest: digest,
        denialGround: null,
      };
      // The log keeps no order within a millisecond, and this came second.
      const proposed = await proposeDecision(tx, decision, by, new Date(at.getTime() + 1));
      if (proposed.ok) return { ok: true, requestId, protocol };
      throw new NotProposed(proposed.code === "stale_version" ? "preview_changed" : proposed.code);
    });
  } catch (error) {
    // What could not be proposed is not opened either.
    if (error instanceof NotProposed) return { ok: false, code: error.code };
    throw error;
  }
}

type Deleted = Pick<PersonRecord, "customId" | "legalBasis">;

/** Nobody asked under a law: the record's own basis says which one governs it. */
const askedOf = ({ legalBasis }: Pick<Deleted, "legalBasis">) => ({
  right: "deletion" as const,
  regimes: [lawOf(legalBasis)],
});

/** What a deletion of this person would take now, and its digest, as the request for it will be assessed. */
export const previewDeletion = (db: DatabaseOrTransaction, person: Deleted, key: Uint8Array) =>
  composePreview(db, askedOf(person), { customId: person.customId, key });

class NotProposed extends Error {
  constructor(readonly code: DeletionRefusal) {
    super(`A deletion could not be proposed: ${code}.`);
  }
}
