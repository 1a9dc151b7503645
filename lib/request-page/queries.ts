import { and, asc, desc, eq, isNull, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries, auditLeaves } from "#db/schema/audit.ts";
import { members } from "#db/schema/members.ts";
import { dataRequests, requestAttempts, requestRecipients } from "#db/schema/requests.ts";
import type { Colleague } from "#lib/inbox/types.ts";
import type { AttemptLine, EvidenceLine, RecipientLine } from "./types.ts";

const MOST_ENTRIES = 100;

/** What was done at the API for a request, in its order. */
export function listAttempts(db: DatabaseOrTransaction, requestId: string): Promise<AttemptLine[]> {
  const { id, number, kind, state, code, apiStatus, answerSha256 } = requestAttempts;
  return db
    .select({
      id,
      number,
      kind,
      state,
      code,
      apiStatus,
      answerSha256,
      at: sql`coalesce(${requestAttempts.settledAt}, ${requestAttempts.intendedAt})`.mapWith(
        requestAttempts.intendedAt,
      ),
    })
    .from(requestAttempts)
    .where(eq(requestAttempts.requestId, requestId))
    .orderBy(asc(number));
}

/** Who else got the data of a request, in the order they were named. */
export function listRecipients(db: DatabaseOrTransaction, requestId: string): Promise<RecipientLine[]> {
  const { id, name, state, note, settledBy, settledAt } = requestRecipients;
  return db
    .select({ id, name, state, note, settledBy, settledAt })
    .from(requestRecipients)
    .where(eq(requestRecipients.requestId, requestId))
    .orderBy(asc(id));
}

/** The newest entries of the audit log about a request, with their leaves. */
export async function listEvidence(db: DatabaseOrTransaction, requestId: string): Promise<EvidenceLine[]> {
  const rows = await db
    .select({
      id: auditEntries.id,
      at: auditEntries.at,
      action: auditEntries.action,
      actorId: auditEntries.actorId,
      sequence: auditLeaves.sequence,
      leaf: sql<string | null>`encode(${auditLeaves.leaf}, 'hex')`,
    })
    .from(auditEntries)
    .leftJoin(auditLeaves, eq(auditLeaves.entryId, auditEntries.id))
    .where(and(eq(auditEntries.entityType, "request"), eq(auditEntries.entityId, requestId)))
    .orderBy(desc(auditEntries.at), desc(auditEntries.id))
    .limit(MOST_ENTRIES);
  return rows;
}

/** Members who can sign in, by name. */
export function listColleagues(db: DatabaseOrTransaction): Promise<Colleague[]> {
  return db
    .select({ memberId: members.id, name: members.name, role: members.role })
    .from(members)
    .where(isNull(members.disabledAt))
    .orderBy(asc(members.name));
}

/** What changes whenever something about the request did: its version, its acts, its recipients and its log. */
export async function findStamp(db: DatabaseOrTransaction, requestId: string): Promise<string | null> {
  const [row] = await db
    .select({
      stamp: sql<string>`concat_ws('.', ${dataRequests.version}, ${dataRequests.state},
        (select concat(count(*), '-', count(settled_at)) from request_attempts where request_id = ${requestId}),
        (select count(settled_at) from request_recipients where request_id = ${requestId}),
        (select concat(count(*), '-', count(audit_leaves.entry_id)) from audit_entries
          left join audit_leaves on audit_leaves.entry_id = audit_entries.id
          where entity_type = 'request' and entity_id = ${requestId}),
        (select max(finished_at) from audit_verifications))`,
    })
    .from(dataRequests)
    .where(eq(dataRequests.id, requestId));
  return row?.stamp ?? null;
}
