import { and, eq, isNotNull, isNull, like, ne } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { notificationAlarms } from "#db/schema/notifications.ts";
import { requestBatches } from "#db/schema/request-batches.ts";
import { dataRequests } from "#db/schema/requests.ts";
import { dueStateOf, earliestDeadline } from "#lib/deadlines/rules.ts";
import { findRequestLocked, type RequestRow } from "#lib/requests/queries.ts";
import { clockOf } from "#lib/requests/rules.ts";
import { clearAlarm, raiseAlarm } from "./note-alarm.ts";
import { noteEvent } from "./note-event.ts";
import { requestFacts } from "./note-request.ts";
import { findListFacts } from "./queries.ts";
import type { ListEventName, RequestEventName } from "./schema.ts";

type Now = { now: Date; timeZone: string };

/** What stands now and is told once; of a deadline once for each day it is put off to. */
type Standing =
  | { type: Extract<RequestEventName, `${string}due${string}`>; id: string; dueAt: Date }
  | { type: Extract<ListEventName, `${string}due${string}`>; id: string; dueAt: Date }
  | { type: "request_list.failed"; id: string; dueAt: null };

const subjectOf = ({ type, id, dueAt }: Standing): string =>
  [type, id, ...(dueAt === null ? [] : [dueAt.toISOString()])].join(" ");

/**
 * Looks for what happens to requests because time passes: due soon, overdue, and lists with requests that wait for a
 * member. Each is told once: the alarm's row and the event are written in one transaction, so that a worker that is killed
 * between two neither loses nor repeats one. What is over is forgotten and may be told again.
 */
export async function watchRequests(db: DatabaseOrTransaction, when: Now): Promise<void> {
  const standing = [
    ...(await listDueRequests(db, when)),
    ...(await listDueLists(db, when.now)),
    ...(await listFailingLists(db)),
  ];
  const { subject } = notificationAlarms;
  const rows = await db.select({ subject }).from(notificationAlarms).where(like(subject, "request%"));
  const told = new Set(rows.map((row) => row.subject));
  for (const one of standing) {
    if (!told.delete(subjectOf(one))) await joinOrOpenTransaction(db, (tx) => tell(tx, one, when.now));
  }
  for (const over of told) await clearAlarm(db, over);
}

async function tell(tx: DatabaseOrTransaction, standing: Standing, now: Date): Promise<void> {
  const event = await eventOf(tx, standing);
  if (event === null || !(await raiseAlarm(tx, subjectOf(standing), now))) return;
  await noteEvent(tx, event, now);
}

/** As it is by now; null where it was closed or put off since it was found. */
async function eventOf(tx: DatabaseOrTransaction, { type, id, dueAt }: Standing) {
  if (type === "request.due_soon" || type === "request.overdue") {
    const request = await findRequestLocked(tx, id);
    const stands = request?.closedAt === null && request.dueAt.getTime() === dueAt.getTime();
    return stands ? { type, data: requestFacts(request) } : null;
  }
  const data = await findListFacts(tx, id);
  return data === null ? null : { type, data };
}

/** How a deadline that is worth a word stands; null where it is far away. */
function standingOf({ dueAt, receivedAt }: { dueAt: Date; receivedAt: Date }, now: Date) {
  const state = dueStateOf({ overdueFrom: dueAt }, receivedAt, null, now);
  return state === "due_soon" || state === "overdue" ? state : null;
}

/**
 * Those that are decided alone: of a list the list is told. What a restored database brought back was answered in time
 * once, and is carried out again at once.
 */
async function listDueRequests(db: DatabaseOrTransaction, when: Now): Promise<Standing[]> {
  const { closedAt, batchId, reopenedAfterRestore } = dataRequests;
  const open = await db
    .select()
    .from(dataRequests)
    .where(and(isNull(closedAt), isNull(batchId), eq(reopenedAfterRestore, false)));
  return open.flatMap((request) => {
    const state = isClockStanding(request, when) ? null : standingOf(request, when.now);
    return state === null
      ? []
      : [{ type: `request.${state}` as const, id: request.id, dueAt: request.dueAt }];
  });
}

/** While a question of identity moves the deadline on day by day, the one that was kept is not yet the one that counts. */
function isClockStanding(request: RequestRow, when: Now): boolean {
  if (request.state !== "identity_pending") return false;
  const { right, regimes, dueAt } = request;
  return earliestDeadline(right, regimes, clockOf(request), when).overdueFrom > dueAt;
}

async function listDueLists(db: DatabaseOrTransaction, now: Date): Promise<Standing[]> {
  const { id, state: ofList, dueAt, receivedAt, closedAt } = requestBatches;
  const open = await db
    .select({ id, dueAt, receivedAt })
    .from(requestBatches)
    .where(and(isNull(closedAt), ne(ofList, "withdrawn")));
  return open.flatMap((list) => {
    const state = standingOf(list, now);
    return state === null ? [] : [{ type: `request_list.${state}` as const, id: list.id, dueAt: list.dueAt }];
  });
}

/** Lists some of whose requests failed and are tried again by nobody but a member. */
async function listFailingLists(db: DatabaseOrTransaction): Promise<Standing[]> {
  const { batchId, state: ofRequest, nextTryAt } = dataRequests;
  const rows = await db
    .selectDistinct({ id: batchId })
    .from(dataRequests)
    .where(and(isNotNull(batchId), eq(ofRequest, "failed"), isNull(nextTryAt)));
  return rows.flatMap(({ id }) =>
    id === null ? [] : [{ type: "request_list.failed" as const, id, dueAt: null }],
  );
}
