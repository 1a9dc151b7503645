import type { DatabaseOrTransaction } from "#db/client.ts";
import type { RequestRow } from "#lib/requests/queries.ts";
import { noteEvent } from "./note-event.ts";
import { requestEventOf } from "./rules.ts";
import type { RequestFacts } from "./types.ts";

/**
 * Tells the opening or a step of a request to whoever wants to know of its kind, in the transaction of the step: as it was
 * before, null for one that was just opened, and as it is now.
 */
export async function noteRequest(
  tx: DatabaseOrTransaction,
  before: RequestRow | null,
  after: RequestRow,
  at: Date,
): Promise<void> {
  const type = requestEventOf(before, after);
  if (type !== null) await noteEvent(tx, { type, data: requestFacts(after) }, at);
}

/** What leaves the installation of a request. */
export const requestFacts = ({
  id: requestId,
  protocol,
  right,
  state,
  regimes,
  proposal,
  applicationId,
  ...times
}: RequestRow): RequestFacts => ({
  ...{ requestId, protocol, right, state, regimes },
  receivedAt: times.receivedAt.toISOString(),
  dueAt: times.dueAt.toISOString(),
  proposal,
  executeAt: times.executeAt?.toISOString() ?? null,
  applicationId,
});
