import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { requestAttempts } from "#db/schema/requests.ts";
import { RUNNING_FOR_AT_MOST_MS } from "#lib/enrolments/rules.ts";
import type { RequestRow } from "#lib/requests/queries.ts";
import { ERASING } from "#lib/requests/types.ts";

export type AttemptRow = typeof requestAttempts.$inferSelect;

/** The acts of the present round of a request, in the order in which they were written down. */
export const listAttempts = (
  db: DatabaseOrTransaction,
  { id, round }: Pick<RequestRow, "id" | "round">,
): Promise<AttemptRow[]> =>
  db
    .select()
    .from(requestAttempts)
    .where(and(eq(requestAttempts.requestId, id), eq(requestAttempts.round, round)))
    .orderBy(asc(requestAttempts.number));

/**
 * Whether an enrolment of this CustomID may be on its way to the API at this moment: its call is under way, or nobody
 * answered it and it may still arrive.
 */
export async function isEnrolmentRunning(
  db: DatabaseOrTransaction,
  customId: string,
  at: Date,
): Promise<boolean> {
  const since = new Date(at.getTime() - RUNNING_FOR_AT_MOST_MS).toISOString();
  const [row] = await db.execute<{ running: boolean }>(sql`
    select exists (
      select 1 from enrolments e join people p on p.id = e.person_id
      where p.custom_id = ${customId} and e.state in ('intended', 'unknown') and e.intended_at > ${since}::timestamptz
    ) as running`);
  return row?.running === true;
}

export type DueRequest = { id: string; batchId: string | null; pace: number | null; isNew: boolean };

/**
 * Requests the worker can do something for now; `isNew` where an executing delete comes next. What was begun comes first,
 * then single requests, then lists in turn, so that a long or slow list holds up nothing else; within each the earliest
 * due. Those of a paused list wait, and so does what waits for a recipient or for the statement to be handed over.
 */
export async function listDueRequests(
  db: DatabaseOrTransaction,
  { now, leftOverBefore, limit }: { now: Date; leftOverBefore: Date; limit: number },
): Promise<DueRequest[]> {
  const [at, before] = [now.toISOString(), leftOverBefore.toISOString()];
  const erasing = sql.join(
    ERASING.map((right) => sql`${right}`),
    sql`, `,
  );
  return db.execute<DueRequest>(sql`
    select id, "batchId", pace, "isNew" from (
    select r.id, r.batch_id as "batchId", b.people_per_minute as pace, is_new as "isNew", r.due_at,
      row_number() over (partition by is_new, r.batch_id order by r.due_at, r.id) as place
    from data_requests r left join request_batches b on b.id = r.batch_id
      cross join lateral (select r."right" in (${erasing}) and r.state in ('scheduled', 'failed') as is_new) of_it
    where r.closed_at is null and b.paused_at is null and (
      (r.state = 'scheduled' and r.execute_at <= ${at}::timestamptz
        and not exists (select 1 from legal_holds h
          where h.custom_id = r.custom_id and h.released_at is null and r."right" in (${erasing})))
      or (r.state in ('failed', 'outcome_unknown') and r.next_try_at <= ${at}::timestamptz)
      or (r.state = 'executing' and not exists (select 1 from request_attempts a
          where a.request_id = r.id and a.state = 'intended' and a.intended_at > ${before}::timestamptz))
      or (r.state = 'verifying' and r."right" <> 'access' and coalesce(r.next_try_at, ${at}::timestamptz) <= ${at}::timestamptz
        and not exists (select 1 from request_attempts a
          where a.request_id = r.id and a.state = 'intended' and a.intended_at > ${before}::timestamptz)
        and not exists (select 1 from request_recipients p where p.request_id = r.id and p.state = 'to_tell'))
    )) due
    order by "isNew", "isNew" and "batchId" is not null, place, due_at, id limit ${limit}`);
}

/** How many people were sent to the API since: in all, and of each list. */
export async function countSent(
  db: DatabaseOrTransaction,
  since: Date,
): Promise<{ all: number; byBatch: Map<string, number> }> {
  const rows = await db
    .select({ batchId: sql<string | null>`r.batch_id`, sent: sql<number>`count(*)::integer` })
    .from(requestAttempts)
    .innerJoin(sql`data_requests r`, sql`r.id = ${requestAttempts.requestId}`)
    .where(
      and(
        inArray(requestAttempts.kind, ["delete"]),
        sql`${requestAttempts.intendedAt} > ${since.toISOString()}::timestamptz`,
      ),
    )
    .groupBy(sql`r.batch_id`);
  const byBatch = new Map(rows.flatMap(({ batchId, sent }) => (batchId === null ? [] : [[batchId, sent]])));
  return { all: rows.reduce((sum, { sent }) => sum + sent, 0), byBatch };
}
