import "server-only";
import type { Database } from "#db/client.ts";
import { listApplicationNames } from "#lib/applications/queries.ts";
import { findLatestVerifications, findWaiting, getLogSize, listCheckpoints } from "#lib/audit/queries.ts";
import { listMemberNames } from "#lib/audit-log/queries.ts";
import { grantOf } from "#lib/auth/policy.ts";
import type { PermittedViewer } from "#lib/auth/types.ts";
import { requireCaller, requireViewer } from "#lib/auth/viewer.ts";
import { consoleAuditKey } from "#lib/console/audit.ts";
import { consoleDatabase, consoleSettings } from "#lib/console/runtime.ts";
import { deadlinesOf, dueOf, earliestDeadline } from "#lib/deadlines/rules.ts";
import { isHeldBack } from "#lib/holds/queries.ts";
import { isId } from "#lib/ids.ts";
import { turnOf, whoIsNext } from "#lib/inbox/rules.ts";
import { findDocuments } from "#lib/letters/queries.ts";
import { findPerson } from "#lib/people/queries.ts";
import { recordView } from "#lib/people/record-view.ts";
import { composePreview } from "#lib/requests/compose-preview.ts";
import { findRequest, type RequestRow } from "#lib/requests/queries.ts";
import { clockOf, fixedFrom, isErasing } from "#lib/requests/rules.ts";
import type { Preview } from "#lib/requests/types.ts";
import { findStamp, listAttempts, listColleagues, listEvidence, listRecipients } from "./queries.ts";
import { decisionLockOf, ifApproved, offersOf, trackOf } from "./rules.ts";
import type { RequestPageData } from "./types.ts";

/**
 * Everything the page of a request shows; null where there is none of this id. Opening it is a look at its person:
 * audits `person.view`, once in ten minutes per member and person.
 */
export async function loadRequest(requestId: string): Promise<RequestPageData | null> {
  const viewer = await requireViewer("request.read");
  if (!isId(requestId)) return null;
  const db = consoleDatabase();
  const now = new Date();
  // Read before what it stands for: a change in between makes the page anew once more, instead of never.
  const stamp = await findStamp(db, requestId);
  const request = await findRequest(db, requestId);
  if (request === null) return null;
  const { requests: rules, timeZone } = consoleSettings();
  await noteLook(db, viewer, request, now);
  const [attempts, recipients, evidence, colleagues, members, applications, sureness, held, files] =
    await Promise.all([
      listAttempts(db, requestId),
      listRecipients(db, requestId),
      listEvidence(db, requestId),
      listColleagues(db),
      listMemberNames(db),
      listApplicationNames(db),
      readSureness(db),
      readHeld(db, request),
      findDocuments(db, requestId),
    ]);
  const { memberId, role } = viewer;
  const { right, regimes, state, dueAt } = request;
  const { isSingleControl, delayHours } = rules;
  const toTell = recipients.filter((one) => one.state === "to_tell").length;
  const clock = clockOf(request);
  const present = { now, timeZone };
  const turn = turnOf({ ...request, toTell }, isSingleControl);
  const digest = held.present?.digest ?? null;
  const lockFacts = { request, viewer, presentDigest: digest, isOnHold: held.isOnHold, isSingleControl, now };
  const approves = state === "awaiting_approval" && request.proposal === "grant" && isErasing(right);
  return {
    request,
    now,
    stamp: stamp ?? "",
    personId: held.personId,
    legalBasis: request.legalBasis ?? held.legalBasis,
    isOnHold: held.isOnHold,
    shown: (request.preview as Preview | null) ?? held.present?.preview ?? null,
    shownDigest: request.previewDigest ?? digest,
    presentDigest: digest,
    isFixed: request.preview !== null,
    keptFrom: fixedFrom(request, now),
    track: trackOf(request),
    next: whoIsNext(turn, colleagues, memberId),
    deciders: whoIsNext(
      turnOf({ ...request, state: "awaiting_approval", toTell }, isSingleControl),
      colleagues,
      memberId,
    ),
    offers: offersOf({ request, role, mayExtend: mayExtend(request, now, timeZone), now }),
    decisionLock: decisionLockOf(lockFacts),
    isSingleControl,
    delayHours,
    due: dueOf(right, regimes, clock, { ...present, closedAt: request.closedAt }),
    deadlines: deadlinesOf(right, regimes, clock, present),
    ifApproved: approves ? ifApproved({ delayHours, dueAt, isSingleControl, now }) : null,
    attempts,
    recipients,
    toTell,
    evidence,
    names: { members, applications },
    ...sureness,
    documents: files.documents,
    isMakingReceipt: files.isMaking,
    mayVerify: grantOf(role, "audit.verify") !== null,
  };
}

/** What changes whenever the request does, for the page that follows along. No use of the session. */
export async function loadStamp(requestId: string): Promise<string | null> {
  await requireCaller("request.read", { isUse: false });
  return isId(requestId) ? findStamp(consoleDatabase(), requestId) : null;
}

async function noteLook(
  db: Database,
  { memberId: id, role }: PermittedViewer,
  request: RequestRow,
  now: Date,
) {
  const { personId, customId } = request;
  if (personId === null || customId === null) return;
  await recordView(db, { id, role }, { personId, subject: { customId, key: consoleAuditKey() } }, now);
}

/** What is held of the person now; nothing is asked about somebody who is no longer named. */
async function readHeld(db: Database, request: RequestRow) {
  const { right, customId, personId } = request;
  if (customId === null) return { present: null, isOnHold: false, legalBasis: null, personId: null };
  const [present, isOnHold, person] = await Promise.all([
    composePreview(db, request, { customId, key: consoleAuditKey() }),
    isHeldBack(db, { right, customId }),
    personId === null ? null : findPerson(db, personId),
  ]);
  return { present, isOnHold, legalBasis: person?.legalBasis ?? null, personId: person?.id ?? null };
}

/** How sure the log is in which the evidence stands. */
async function readSureness(db: Database) {
  const [{ sealed }, waiting, verifications, [newest]] = await Promise.all([
    getLogSize(db),
    findWaiting(db),
    findLatestVerifications(db),
    listCheckpoints(db, 1),
  ]);
  return { log: { sealed, waiting, ...verifications }, newestCheckpoint: newest ?? null };
}

function mayExtend(request: RequestRow, now: Date, timeZone: string): boolean {
  if (request.closedAt !== null || request.extendedAt !== null) return false;
  const clock = clockOf({ ...request, extendedAt: now });
  return (
    earliestDeadline(request.right, request.regimes, clock, { now, timeZone }).overdueFrom > request.dueAt
  );
}
