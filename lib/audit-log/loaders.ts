import "server-only";
import type { Database, DatabaseOrTransaction } from "#db/client.ts";
import { listApplicationNames } from "#lib/applications/queries.ts";
import { exportLog } from "#lib/audit/export-log.ts";
import {
  countCheckpoints,
  findLatestVerifications,
  findVerification,
  findWaiting,
  getLogSize,
  isLogOwner,
  listCheckpoints,
} from "#lib/audit/queries.ts";
import { recordLook } from "#lib/audit/record-look.ts";
import { auditScopeOf } from "#lib/audit/rules.ts";
import { openDetails } from "#lib/audit/seal-details.ts";
import type { AuditAction, AuditScope, KeptCheckpoint } from "#lib/audit/types.ts";
import { grantOf } from "#lib/auth/policy.ts";
import { PROOF_MINUTES } from "#lib/auth/rules.ts";
import type { PermittedViewer } from "#lib/auth/types.ts";
import { requireCaller, requireViewer } from "#lib/auth/viewer.ts";
import { systemClock } from "#lib/clock.ts";
import { consoleAuditKey } from "#lib/console/audit.ts";
import { consoleDatabase, consoleSettings } from "#lib/console/runtime.ts";
import { isId } from "#lib/ids.ts";
import { dayOf } from "#lib/retention/rules.ts";
import { openCheckpoint } from "#lib/transparency/checkpoint.ts";
import { composeCsv } from "./compose-csv.ts";
import { composeLines } from "./compose-lines.ts";
import { exportEntries } from "./export-entries.ts";
import { provePlace } from "./prove-place.ts";
import {
  countLogEntries,
  findLastExport,
  findLogEntry,
  findOpenExport,
  type LogQuery,
  listLogEntries,
  listMemberNames,
  MOST_COUNTED,
  readLogEntries,
} from "./queries.ts";
import { AUDIT_ACTIONS, entityOf, NO_FILTERS } from "./rules.ts";
import {
  type CheckpointRow,
  type LogFilters,
  type LogNames,
  type LogPlace,
  type LogState,
  type ReadEntry,
  SYSTEM,
} from "./types.ts";

/** The log as far as the reader may see it, with one entry in full where one is opened. Audits `audit.view`. */
export async function loadAuditLog(filters: LogFilters, place: LogPlace, entryId: string | null) {
  const viewer = await requireViewer("audit.read");
  const db = consoleDatabase();
  const now = new Date();
  // Before the list is read: the look stands in it, and is no news a moment later.
  await recordLook(db, lookOf(viewer, null, now));
  const query = queryOf(viewer, filters, now);
  const hasTime = filters.time !== null || filters.from !== null || filters.to !== null;
  const [page, count, entry, members, applications, sureness] = await Promise.all([
    listLogEntries(db, query, place),
    // Everything there ever was is not counted on a page load.
    hasTime ? countLogEntries(db, query) : null,
    entryId !== null && isId(entryId) ? findLogEntry(db, entryId, query.scope) : null,
    listMemberNames(db),
    listApplicationNames(db),
    readSureness(db),
  ]);
  const names: LogNames = { members, applications };
  return {
    now,
    role: viewer.role,
    /** The reader's part of the log holds what was done about people. */
    seesPeople: viewer.grant === "full",
    page,
    count: count === null ? null : { entries: Math.min(count, MOST_COUNTED), isMore: count > MOST_COUNTED },
    isOneDay: filters.time === "today" || (filters.from !== null && filters.from === filters.to),
    entry: entry === null ? null : await completeEntry(db, viewer, entry, now),
    names,
    ...sureness,
    maySeeExport: viewer.grant === "full" || grantOf(viewer.role, "audit.verify") !== null,
    mayVerify: grantOf(viewer.role, "audit.verify") !== null,
    mayExport: grantOf(viewer.role, "audit.export") !== null,
    offered: { who: actorsFor(viewer, members), acts: actsIn(query.scope) },
  };
}

const CHECKPOINTS_SHOWN = 4;

/** What the page says about the log as a whole: how sure it is, its checkpoints, and what was taken out last. */
async function readSureness(db: DatabaseOrTransaction) {
  const [{ sealed }, waiting, verifications, checkpoints, total, lastExport, isOwner] = await Promise.all([
    getLogSize(db),
    findWaiting(db),
    findLatestVerifications(db),
    listCheckpoints(db, CHECKPOINTS_SHOWN),
    countCheckpoints(db),
    findLastExport(db),
    isLogOwner(db),
  ]);
  const publicKey = consoleSettings().auditPublicKey;
  const state: LogState = { sealed, waiting, ...verifications };
  return {
    state,
    checkpoints: numberCheckpoints(checkpoints, total),
    checkpointCount: total,
    lastExport,
    isOwner,
    publicKey,
  };
}

/** Checkpoints that follow each other, the newest of them with this number, with what their notes say. */
const numberCheckpoints = (checkpoints: readonly KeptCheckpoint[], newest: number): CheckpointRow[] =>
  checkpoints.map((checkpoint, place) => {
    const read = openCheckpoint(checkpoint.note, consoleSettings().auditPublicKey);
    const root = read === null ? null : Buffer.from(read.root).toString("hex");
    return { ...checkpoint, number: newest - place, root };
  });

/** An entry with its place in the tree and, for who may read all of the log, with what it tells of a person. */
async function completeEntry(db: Database, viewer: PermittedViewer, entry: ReadEntry, now: Date) {
  const { id: entryId, sequence } = entry;
  const verifierKey = consoleSettings().auditPublicKey;
  const place = sequence === null ? null : await provePlace(db, { entryId, sequence, verifierKey });
  if (viewer.grant !== "full") return { ...entry, place, sealed: null };
  const sealed = await openDetails(db, entryId, consoleAuditKey());
  if (sealed.state === "open") await recordLook(db, lookOf(viewer, entryId, now));
  return { ...entry, place, sealed };
}

const lookOf = ({ memberId, role }: PermittedViewer, id: string | null, at: Date) => ({
  action: "audit.view" as const,
  actor: { id: memberId, role },
  at,
  entity: { type: "audit" as const, id },
  details: {},
});

/** The checkpoints, the newest first or from one of this size on, a page at a time. */
export async function loadCheckpoints(before: number | null) {
  await requireViewer("audit.read");
  const db = consoleDatabase();
  const [found, total, upTo] = await Promise.all([
    listCheckpoints(db, CHECKPOINTS_ON_PAGE + 1, before),
    countCheckpoints(db),
    before === null ? null : countCheckpoints(db, before - 1),
  ]);
  const rows = numberCheckpoints(found.slice(0, CHECKPOINTS_ON_PAGE), upTo ?? total);
  return { rows, total, hasOlder: found.length > CHECKPOINTS_ON_PAGE };
}

export type CheckpointsData = Awaited<ReturnType<typeof loadCheckpoints>>;

const CHECKPOINTS_ON_PAGE = 50;

/** How far a verification is, for the page that waits for it; null where there is none. No use of the session. */
export async function loadVerification(id: string) {
  await requireCaller("audit.read", { isUse: false });
  const found = isId(id) ? await findVerification(consoleDatabase(), id) : null;
  if (found === null) return null;
  const { checked, treeSize, finishedAt } = found;
  return { id, checked, treeSize, isFinished: finishedAt !== null };
}

export type AuditLogData = Awaited<ReturnType<typeof loadAuditLog>>;

const queryOf = (viewer: PermittedViewer, filters: LogFilters, now: Date): LogQuery => ({
  scope: auditScopeOf(viewer),
  filters,
  now,
  timeZone: consoleSettings().timeZone,
});

/** Whom the list can be narrowed to: everybody for those who know the members, else oneself and the installation. */
function actorsFor({ memberId, name, role }: PermittedViewer, members: LogNames["members"]) {
  const known = role === "product_manager" ? [[memberId, name] as const] : Object.entries(members);
  return [...known.map(([id, of]) => ({ id, name: of })), { id: SYSTEM, name: null }];
}

/** The acts that stand in the reader's part of the log; their own acts may be any. */
const actsIn = (scope: AuditScope): AuditAction[] =>
  AUDIT_ACTIONS.filter((action) => scope.kind === "all" || scope.people || entityOf(action) !== "person");

/** Within this time after it was asked for an export may be fetched: as long as the proof for it counts. */
const FETCH_WITHIN_MS = PROOF_MINUTES * 60_000;

/** The bytes of an export that the caller asked for, or null where there is none such. Audits `audit.export`. */
export async function loadExport(exportId: string) {
  const viewer = await requireCaller("audit.export");
  if (!isId(exportId)) return null;
  const db = consoleDatabase();
  const now = new Date();
  const { memberId, role } = viewer;
  const since = new Date(now.getTime() - FETCH_WITHIN_MS);
  const found = await findOpenExport(db, { exportId, memberId, since });
  if (found === null) return null;
  const { id, what, filters } = found;
  const query = queryOf(viewer, filters ?? NO_FILTERS, now);
  const pieces =
    what === "log"
      ? composeLines(exportLog(db, now))
      : composeCsv(readLogEntries(db, query), await listMemberNames(db));
  const actor = { id: memberId, role };
  const day = dayOf(now, consoleSettings().timeZone);
  return { what, day, bytes: exportEntries(db, { id, what, actor, pieces, clock: systemClock }) };
}

/**
 * How many entries came after one that is in view, up to a limit; null where none is named. The page asks by itself: no
 * use of the session.
 */
export async function loadNewerCount(filters: LogFilters, after: { at: Date; id: string } | null) {
  const viewer = await requireCaller("audit.read", { isUse: false });
  if (after === null) return null;
  const query = queryOf(viewer, filters, new Date());
  return countLogEntries(consoleDatabase(), query, { after, most: MOST_NEWER });
}

const MOST_NEWER = 99;
