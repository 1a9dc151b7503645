import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { requestAttempts, requestRecipients } from "#db/schema/requests.ts";
import { earliestDeadline } from "#lib/deadlines/rules.ts";
import { groundsOf } from "#lib/grounds/rules.ts";
import type { RequestRow } from "#lib/requests/queries.ts";
import { clockOf } from "#lib/requests/rules.ts";
import type { Preview } from "#lib/requests/types.ts";
import type { ReceiptAttempt, ReceiptBody } from "./types.ts";

type AttemptRow = typeof requestAttempts.$inferSelect;
type RecipientRow = typeof requestRecipients.$inferSelect;

export type ReceiptFacts = {
  request: RequestRow;
  /** All of the request, of every round. */
  attempts: readonly AttemptRow[];
  recipients: readonly RecipientRow[];
  /** When the request is completed. */
  at: Date;
  timeZone: string;
};

/**
 * The receipt of a request that is completed at this moment, and the SHA-256 (hexadecimal) of its JCS form, which the
 * `request.complete` entry carries. Nothing in it is known to nobody but the person: no CustomID, no BioPassID, and no
 * text that somebody typed, since a name could stand in one. Throws a RangeError where no rule has a deadline for it.
 */
export function composeReceipt(facts: ReceiptFacts): { body: ReceiptBody; digest: string } {
  const { request, attempts, recipients } = facts;
  const { goes, stays } = (request.preview ?? { goes: [], stays: [] }) as Preview;
  const body: ReceiptBody = {
    ...caseOf(request),
    dates: datesOf(facts),
    actors: {
      openedBy: request.openedBy,
      applicationId: request.applicationId,
      identityCheckedBy: request.identityCheckedBy,
      assessedBy: request.assessedBy,
      decidedBy: request.decidedBy,
    },
    singleControl: request.isSingleControl,
    preview: { digest: request.previewDigest, goes, stays },
    attempts: [...attempts].sort((a, b) => a.number - b.number).map(attemptOf),
    probe: probeOf(request, attempts),
    recipients: [...recipients]
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ id, state, settledBy, settledAt }) => {
        return { recipientId: id, state, settledBy, settledAt: timeOf(settledAt) };
      }),
    deadline: deadlineOf(facts),
  };
  return { body, digest: digestOf(body) };
}

/** The SHA-256 (hexadecimal) of a value's JCS form. */
export const digestOf = (value: object): string =>
  createHash("sha256")
    .update(canonicalize(value) ?? "")
    .digest("hex");

const timeOf = (at: Date | null): string | null => at?.toISOString() ?? null;

const caseOf = (request: RequestRow) => ({
  protocol: request.protocol,
  requestId: request.id,
  round: request.round,
  reopenedAfterRestore: request.reopenedAfterRestore,
  right: request.right,
  deletionReason: request.deletionReason,
  grounds: groundsOf(request),
  legalBasis: request.legalBasis,
  channel: request.channel,
  identityMethod: request.identityMethod,
  subject: { ref: request.subjectRef, epoch: request.subjectEpoch },
});

const datesOf = ({ request, at }: ReceiptFacts): ReceiptBody["dates"] => ({
  receivedAt: request.receivedAt.toISOString(),
  openedAt: request.openedAt.toISOString(),
  identityCheckedAt: timeOf(request.identityCheckedAt),
  assessedAt: timeOf(request.assessedAt),
  decidedAt: timeOf(request.decidedAt),
  executeAt: timeOf(request.executeAt),
  completedAt: at.toISOString(),
});

const attemptOf = (attempt: AttemptRow): ReceiptAttempt => ({
  number: attempt.number,
  round: attempt.round,
  kind: attempt.kind,
  state: attempt.state,
  code: attempt.code,
  apiStatus: attempt.apiStatus,
  answerSha256: attempt.answerSha256,
  intendedAt: attempt.intendedAt.toISOString(),
  settledAt: timeOf(attempt.settledAt),
});

/** The last of this round that looked whether the act took effect. */
function probeOf({ round }: RequestRow, attempts: readonly AttemptRow[]): ReceiptBody["probe"] {
  const [last] = attempts
    .filter((one) => one.round === round && (one.kind === "probe" || one.kind === "verify"))
    .sort((a, b) => b.number - a.number);
  return last === undefined ? null : { attempt: last.number, kind: last.kind, code: last.code };
}

function deadlineOf({ request, at, timeZone }: ReceiptFacts): ReceiptBody["deadline"] {
  if (request.round > 1) return null;
  const { right, regimes } = request;
  const deadline = earliestDeadline(right, regimes, clockOf(request), { now: at, timeZone });
  const { regime, article, source, ruleVersion, lastDay, overdueFrom, isExtended } = deadline;
  return {
    regime,
    article,
    source,
    ruleVersion,
    lastDay,
    overdueFrom: overdueFrom.toISOString(),
    isExtended,
    isMet: at < overdueFrom,
  };
}
