import { asc, count, desc, eq, inArray, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { verifications } from "#db/schema/logins.ts";
import { enrolments, people } from "#db/schema/people.ts";
import { dataRequests, requestReceipts, requestRecipients } from "#db/schema/requests.ts";
import { earlyAdopters } from "#db/schema/rollouts.ts";
import { listApplicationNames } from "#lib/applications/queries.ts";
import { listSubjectRefs } from "#lib/audit/name-subject.ts";
import type { Subject } from "#lib/audit/types.ts";
import type { RequestRow } from "#lib/requests/queries.ts";
import { isClosed } from "#lib/requests/rules.ts";
import { findCurrentRetention } from "#lib/retention/queries.ts";
import { availableDocuments, type CaseState } from "./rules.ts";
import type { DocumentName } from "./types.ts";

type Recipient = typeof requestRecipients.$inferSelect;
type Receipt = typeof requestReceipts.$inferSelect;

/** Everything letters tell of: the request, who else is told, and its receipts, the last round first. */
export type Case = { request: RequestRow; recipients: Recipient[]; receipts: Receipt[] };

/** The request with what its letters need; null where there is none. */
export async function findCase(db: DatabaseOrTransaction, requestId: string): Promise<Case | null> {
  const [request] = await db.select().from(dataRequests).where(eq(dataRequests.id, requestId));
  if (!request) return null;
  const [recipients, receipts] = await Promise.all([
    db
      .select()
      .from(requestRecipients)
      .where(eq(requestRecipients.requestId, requestId))
      .orderBy(asc(requestRecipients.name)),
    db
      .select()
      .from(requestReceipts)
      .where(eq(requestReceipts.requestId, requestId))
      .orderBy(desc(requestReceipts.round)),
  ]);
  return { request, recipients, receipts };
}

/** Which documents a request has, as the rules ask it. */
export function stateOf({ request, receipts: [receipt] }: Case): CaseState {
  return {
    right: request.right,
    state: request.state,
    isClosed: isClosed(request.state),
    isIdentityChecked: request.identityCheckedAt !== null,
    receipt: receipt === undefined ? "none" : receipt.file === null ? "making" : "whole",
  };
}

export type HeldRecord = Awaited<ReturnType<typeof readHeldRecord>>;

/** What is held of a person here, for themselves: the one reading that names them. Throws AuditKeyUnreadable. */
export async function readHeldRecord(db: DatabaseOrTransaction, subject: Subject) {
  const refs = (await listSubjectRefs(db, subject)).map(({ ref }) => ref);
  const [[person], names, retention, [entries], [adopter]] = await Promise.all([
    db.select().from(people).where(eq(people.customId, subject.customId)),
    listApplicationNames(db),
    findCurrentRetention(db),
    db.select({ count: count() }).from(auditEntries).where(inArray(auditEntries.subjectRef, refs)),
    db.select().from(earlyAdopters).where(eq(earlyAdopters.customId, subject.customId)),
  ]);
  const rows = person === undefined ? null : await readRows(db, person.id);
  return {
    customId: subject.customId,
    person: person ?? null,
    verifications: rows?.verifications ?? 0,
    enrolments: rows?.attempts ?? 0,
    auditEntries: entries?.count ?? 0,
    /** Since when they are offered biometric login before others; null where they are not. */
    earlyAdopterSince: adopter?.addedAt ?? null,
    /** Names of the applications a capture came through; null for the console. */
    sources: (rows?.sources ?? []).map((id) => (id === null ? null : (names[id] ?? null))),
    historyDays: retention.values.historyDays,
  };
}

async function readRows(db: DatabaseOrTransaction, personId: string) {
  const [history] = await db
    .select({ count: count() })
    .from(verifications)
    .where(eq(verifications.personId, personId));
  const attempts = await db
    .select({
      applicationId: sql<
        string | null
      >`case when ${enrolments.source} = 'gateway' then ${enrolments.actorId} end`,
      count: count(),
    })
    .from(enrolments)
    .where(eq(enrolments.personId, personId))
    .groupBy(sql`1`);
  return {
    verifications: history?.count ?? 0,
    attempts: attempts.reduce((sum, row) => sum + row.count, 0),
    sources: attempts.map(({ applicationId }) => applicationId),
  };
}

/** Which documents of a request can be had now, and whether its receipt waits for its proof. */
export async function findDocuments(
  db: DatabaseOrTransaction,
  requestId: string,
): Promise<{ documents: DocumentName[]; isMaking: boolean }> {
  const found = await findCase(db, requestId);
  if (found === null) return { documents: [], isMaking: false };
  const state = stateOf(found);
  return { documents: availableDocuments(state), isMaking: state.receipt === "making" };
}
