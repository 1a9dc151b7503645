import { and, asc, desc, eq, inArray, isNull } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { people } from "#db/schema/people.ts";
import { dataRequests } from "#db/schema/requests.ts";
import { listSubjectRefs } from "#lib/audit/name-subject.ts";
import type { Subject } from "#lib/audit/types.ts";
import { ERASURE_PENDING } from "./rules.ts";
import { ERASING } from "./types.ts";

export type RequestRow = typeof dataRequests.$inferSelect;

/** A request, held for the caller's transaction so that nobody moves it meanwhile; null where there is none. */
export async function findRequestLocked(
  tx: DatabaseOrTransaction,
  requestId: string,
): Promise<RequestRow | null> {
  const [row] = await tx.select().from(dataRequests).where(eq(dataRequests.id, requestId)).for("update");
  return row ?? null;
}

/** The open request of this person for this right; null where there is none. */
export async function findOpenRequest(
  db: DatabaseOrTransaction,
  { right, customId }: Pick<RequestRow, "right"> & { customId: string },
): Promise<{ id: string; protocol: string } | null> {
  const [row] = await db
    .select({ id: dataRequests.id, protocol: dataRequests.protocol })
    .from(dataRequests)
    .where(
      and(eq(dataRequests.right, right), eq(dataRequests.customId, customId), isNull(dataRequests.closedAt)),
    );
  return row ?? null;
}

/** Our row of the person with exactly this CustomID; null where it was never enrolled here. */
export async function findPersonId(db: DatabaseOrTransaction, customId: string): Promise<string | null> {
  const [row] = await db.select({ id: people.id }).from(people).where(eq(people.customId, customId));
  return row?.id ?? null;
}

/** The open requests that end with this person gone, the oldest first. */
export async function listOpenErasures(db: DatabaseOrTransaction, customId: string): Promise<RequestRow[]> {
  return db
    .select()
    .from(dataRequests)
    .where(
      and(
        eq(dataRequests.customId, customId),
        inArray(dataRequests.right, [...ERASING]),
        isNull(dataRequests.closedAt),
      ),
    )
    .orderBy(asc(dataRequests.openedAt));
}

/** A request as it is found again by its person. */
export type FoundRequest = Pick<
  RequestRow,
  "id" | "protocol" | "right" | "state" | "receivedAt" | "dueAt" | "closedAt"
>;

/**
 * Every request of the person with exactly this CustomID, also those that were closed long ago and know it no longer:
 * the newest first, by each name the log has for them. Throws AuditKeyUnreadable.
 */
export async function listRequestsOfSubject(
  db: DatabaseOrTransaction,
  subject: Subject,
): Promise<FoundRequest[]> {
  const refs = (await listSubjectRefs(db, subject)).map(({ ref }) => ref);
  const { id, protocol, right, state, receivedAt, dueAt, closedAt, openedAt, subjectRef } = dataRequests;
  return db
    .select({ id, protocol, right, state, receivedAt, dueAt, closedAt })
    .from(dataRequests)
    .where(inArray(subjectRef, refs))
    .orderBy(desc(openedAt), desc(id));
}

/** The erasing request that forbids that this CustomID is enrolled now; null where none does. */
export async function findPendingErasure(
  db: DatabaseOrTransaction,
  customId: string,
): Promise<{ id: string } | null> {
  const { id, right, state } = dataRequests;
  const [row] = await db
    .select({ id })
    .from(dataRequests)
    .where(
      and(
        eq(dataRequests.customId, customId),
        inArray(right, [...ERASING]),
        inArray(state, [...ERASURE_PENDING]),
      ),
    )
    .limit(1);
  return row ?? null;
}

/** The request of this id; null where there is none. */
export async function findRequest(db: DatabaseOrTransaction, requestId: string): Promise<RequestRow | null> {
  const [row] = await db.select().from(dataRequests).where(eq(dataRequests.id, requestId));
  return row ?? null;
}
