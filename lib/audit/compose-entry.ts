import canonicalize from "canonicalize";
import type { auditEntries } from "#db/schema/audit.ts";
import { type Hash, leafHash } from "#lib/transparency/merkle.ts";
import type { LogEntry } from "./types.ts";

type Row = typeof auditEntries.$inferSelect;

/**
 * An entry as the log commits to it. What it does not have is left out, so that a later version can add a field and
 * every earlier leaf stays what it was.
 */
export function composeEntry(row: Row, sequence: number): LogEntry {
  const { id, at, actorId, actorRole, action, entityType, entityId, outcome, details } = row;
  const { subjectRef, subjectEpoch, sealedHash } = row;
  return {
    sequence,
    id,
    at: at.toISOString(),
    ...(actorId === null ? {} : { actorId }),
    actorRole,
    action,
    entityType,
    ...(entityId === null ? {} : { entityId }),
    outcome,
    details: details as Record<string, unknown>,
    ...(subjectRef === null || subjectEpoch === null ? {} : { subjectRef, subjectEpoch }),
    ...(sealedHash === null ? {} : { sealedHash }),
  };
}

/** The entry's leaf: SHA-256(00 ‖ JCS(entry)), RFC 8785 and RFC 9162. */
export function leafOf(entry: LogEntry): Hash {
  const text = canonicalize(entry);
  if (text === undefined) throw new Error(`Entry ${entry.sequence} has no canonical form.`);
  return leafHash(new TextEncoder().encode(text));
}
