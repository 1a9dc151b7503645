import "server-only";
import { listApplicationNames } from "#lib/applications/queries.ts";
import { recordLook } from "#lib/audit/record-look.ts";
import { auditScopeOf } from "#lib/audit/rules.ts";
import type { AuditAction, AuditScope } from "#lib/audit/types.ts";
import type { PermittedViewer } from "#lib/auth/types.ts";
import { requireViewer } from "#lib/auth/viewer.ts";
import { consoleDatabase, consoleSettings } from "#lib/console/runtime.ts";
import { isId } from "#lib/ids.ts";
import {
  countLogEntries,
  findLogEntry,
  type LogQuery,
  listLogEntries,
  listMemberNames,
  MOST_COUNTED,
} from "./queries.ts";
import { AUDIT_ACTIONS, entityOf } from "./rules.ts";
import { type LogFilters, type LogNames, type LogPlace, SYSTEM } from "./types.ts";

/** The log as far as the reader may see it, with one entry in full where one is opened. Audits `audit.view`. */
export async function loadAuditLog(filters: LogFilters, place: LogPlace, entryId: string | null) {
  const viewer = await requireViewer("audit.read");
  const db = consoleDatabase();
  const now = new Date();
  // Before the list is read: the look stands in it, and is no news a moment later.
  await recordLook(db, {
    action: "audit.view",
    actor: { id: viewer.memberId, role: viewer.role },
    at: now,
    entity: { type: "audit", id: null },
    details: {},
  });
  const query = queryOf(viewer, filters, now);
  const hasTime = filters.time !== null || filters.from !== null || filters.to !== null;
  const [page, count, entry, members, applications] = await Promise.all([
    listLogEntries(db, query, place),
    // Everything there ever was is not counted on a page load.
    hasTime ? countLogEntries(db, query) : null,
    entryId !== null && isId(entryId) ? findLogEntry(db, entryId, query.scope) : null,
    listMemberNames(db),
    listApplicationNames(db),
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
    entry,
    names,
    offered: { who: actorsFor(viewer, members), acts: actsIn(query.scope) },
  };
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
