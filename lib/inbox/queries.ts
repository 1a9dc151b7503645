import { and, asc, count, desc, eq, inArray, isNotNull, isNull, like, or, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { memberIdentities, members } from "#db/schema/members.ts";
import { requestBatches } from "#db/schema/request-batches.ts";
import { dataRequests } from "#db/schema/requests.ts";
import { POLICY } from "#lib/auth/policy.ts";
import type { Role } from "#lib/members/schema.ts";
import type { Cursor } from "#lib/verifications/types.ts";
import type { Colleague, InboxFilters } from "./types.ts";

/** More open requests than this are not read for one page: those due last are left out, and the page says so. */
export const MOST_OPEN = 2000;
export const ROWS_ON_PAGE = 50;
const MOST_FOUND = 8;

/** What came with a list goes with it, except where it waits for a person by itself. */
const standsAlone = or(
  isNull(dataRequests.batchId),
  and(eq(dataRequests.state, "failed"), isNull(dataRequests.nextTryAt)),
);

const columns = {
  id: dataRequests.id,
  protocol: dataRequests.protocol,
  right: dataRequests.right,
  channel: dataRequests.channel,
  regimes: dataRequests.regimes,
  state: dataRequests.state,
  customId: dataRequests.customId,
  subjectRef: dataRequests.subjectRef,
  openedBy: dataRequests.openedBy,
  assessedBy: dataRequests.assessedBy,
  receivedAt: dataRequests.receivedAt,
  extendedAt: dataRequests.extendedAt,
  identityAskedAt: dataRequests.identityAskedAt,
  identityCheckedAt: dataRequests.identityCheckedAt,
  decidedAt: dataRequests.decidedAt,
  executeAt: dataRequests.executeAt,
  nextTryAt: dataRequests.nextTryAt,
  dueAt: dataRequests.dueAt,
  closedAt: dataRequests.closedAt,
};

const toTell = sql<number>`(select count(*)::int from request_recipients r where r.request_id = data_requests.id and r.state = 'to_tell')`;

/** The open requests outside of lists, those due first before the others; one more than the most that are shown. */
export const listOpenRequests = (db: DatabaseOrTransaction) =>
  db
    .select({
      ...columns,
      toTell: sql<number>`case when ${dataRequests.state} = 'verifying' then ${toTell} else 0 end`,
    })
    .from(dataRequests)
    .where(and(isNull(dataRequests.closedAt), standsAlone))
    .orderBy(asc(dataRequests.dueAt), asc(dataRequests.id))
    .limit(MOST_OPEN + 1);

export type OpenRow = Awaited<ReturnType<typeof listOpenRequests>>[number];

/** The lists that are not at their end, with how many of their requests are closed. */
export const listOpenLists = (db: DatabaseOrTransaction) =>
  db
    .select({
      id: requestBatches.id,
      name: requestBatches.name,
      right: requestBatches.right,
      channel: requestBatches.channel,
      regimes: requestBatches.regimes,
      state: requestBatches.state,
      openedBy: requestBatches.openedBy,
      assessedBy: requestBatches.assessedBy,
      executeAt: requestBatches.executeAt,
      pausedAt: requestBatches.pausedAt,
      receivedAt: requestBatches.receivedAt,
      dueAt: requestBatches.dueAt,
      rows: requestBatches.rows,
      all: sql<number>`(select count(*)::int from data_requests d where d.batch_id = request_batches.id)`,
      done: sql<number>`(select count(*)::int from data_requests d where d.batch_id = request_batches.id and d.closed_at is not null)`,
    })
    .from(requestBatches)
    .where(isNull(requestBatches.closedAt))
    .orderBy(asc(requestBatches.dueAt), asc(requestBatches.id));

/** How many entries the inbox holds: open requests outside of lists, and lists. */
export async function countOpen(db: DatabaseOrTransaction): Promise<number> {
  const [requests] = await db
    .select({ count: count() })
    .from(dataRequests)
    .where(and(isNull(dataRequests.closedAt), standsAlone));
  const [lists] = await db
    .select({ count: count() })
    .from(requestBatches)
    .where(isNull(requestBatches.closedAt));
  return (requests?.count ?? 0) + (lists?.count ?? 0);
}

type ClosedPlace = { filters: InboxFilters; isDescending: boolean; cursor: Cursor | null };

/** One page of the closed requests by their end, and whether there are more on either side. */
export async function listClosedRequests(
  db: DatabaseOrTransaction,
  { filters: { right, step, law }, isDescending, cursor }: ClosedPlace,
) {
  const isBack = cursor?.direction === "before";
  const descends = isDescending !== isBack;
  const { closedAt, id } = dataRequests;
  const at = cursor === null ? undefined : sql`(${cursor.at.toISOString()}::timestamptz, ${cursor.id}::uuid)`;
  const found = await db
    .select(columns)
    .from(dataRequests)
    .where(
      and(
        isNotNull(closedAt),
        right.length > 0 ? inArray(dataRequests.right, right) : undefined,
        step.length > 0 ? inArray(dataRequests.state, step) : undefined,
        law.length > 0 ? sql`${dataRequests.regimes} && ${sql.param(law, dataRequests.regimes)}` : undefined,
        // As whole milliseconds, which is what a cursor keeps.
        at && sql`(date_trunc('milliseconds', ${closedAt}), ${id}) ${sql.raw(descends ? "<" : ">")} ${at}`,
      ),
    )
    .orderBy(descends ? desc(closedAt) : asc(closedAt), descends ? desc(id) : asc(id))
    .limit(ROWS_ON_PAGE + 1);
  const shown = found.slice(0, ROWS_ON_PAGE);
  const isMore = found.length > ROWS_ON_PAGE;
  return {
    rows: isBack ? shown.toReversed() : shown,
    hasPrevious: isBack ? isMore : cursor !== null,
    hasNext: isBack ? true : isMore,
  };
}

const ROLES_OF_REQUESTS = Object.keys(POLICY["request.read"].may) as Role[];

/** The members who can sign in and have to do with requests, by name. */
export async function listColleagues(db: DatabaseOrTransaction): Promise<Colleague[]> {
  const hasIdentity = db
    .select({ id: memberIdentities.memberId })
    .from(memberIdentities)
    .where(eq(memberIdentities.memberId, members.id));
  return db
    .select({ memberId: members.id, name: members.name, role: members.role })
    .from(members)
    .where(
      and(
        isNull(members.disabledAt),
        inArray(members.role, ROLES_OF_REQUESTS),
        or(isNotNull(members.passwordHash), sql`exists ${hasIdentity}`),
      ),
    )
    .orderBy(asc(members.name), asc(members.id));
}

/** The requests whose protocol begins with this, the newest first. A protocol tells nothing of a person. */
export const listByProtocol = (db: DatabaseOrTransaction, prefix: string) =>
  db
    .select({
      id: dataRequests.id,
      protocol: dataRequests.protocol,
      right: dataRequests.right,
      state: dataRequests.state,
      receivedAt: dataRequests.receivedAt,
      dueAt: dataRequests.dueAt,
      closedAt: dataRequests.closedAt,
    })
    .from(dataRequests)
    .where(like(dataRequests.protocol, `${prefix.toUpperCase().replaceAll(/[%_\\]/g, "\\$&")}%`))
    .orderBy(desc(dataRequests.protocol))
    .limit(MOST_FOUND);
