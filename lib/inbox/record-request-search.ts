import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import type { Actor } from "#lib/audit/types.ts";
import { findStandingHold } from "#lib/holds/queries.ts";
import { recordSearch } from "#lib/people/record-search.ts";
import { findPersonId, listRequestsOfSubject } from "#lib/requests/queries.ts";
import { listByProtocol } from "./queries.ts";
import { PROTOCOL_START, type RequestSearch } from "./types.ts";

/**
 * Finds requests by the beginning of their protocol, else by the CustomID of their person: also those that are closed and
 * know it no longer. Asking about a person is itself noted: audits `person.search`, with how many were found. Throws
 * AuditKeyUnreadable.
 */
export function recordRequestSearch(
  db: DatabaseOrTransaction,
  text: string,
  { actor, auditKey }: { actor: Actor; auditKey: Uint8Array },
  at: Date,
): Promise<RequestSearch> {
  return joinOrOpenTransaction(db, async (tx): Promise<RequestSearch> => {
    if (PROTOCOL_START.test(text)) return { by: "protocol", requests: await listByProtocol(tx, text) };
    const requests = await listRequestsOfSubject(tx, { customId: text, key: auditKey });
    const search = {
      kind: "exact",
      results: requests.length,
      purpose: "data_subject_request",
    } as const;
    await recordSearch(tx, actor, search, at);
    const person = {
      personId: await findPersonId(tx, text),
      isOnHold: (await findStandingHold(tx, text)) !== null,
      open: requests.filter(({ closedAt }) => closedAt === null),
    };
    return { by: "person", requests, person };
  });
}
