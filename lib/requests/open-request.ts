import { sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { dataRequests, requestNumbers } from "#db/schema/requests.ts";
import { nameSubject } from "#lib/audit/name-subject.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { earliestDeadline, RULE_TABLE } from "#lib/deadlines/rules.ts";
import { newIdAt } from "#lib/ids.ts";
import { noteRequest } from "#lib/notifications/note-request.ts";
import { blockPerson } from "./block-person.ts";
import { findOpenRequest, findPersonId } from "./queries.ts";
import { blockFor } from "./rules.ts";
import type { OpenRequest } from "./schema.ts";
import type { DeletionReason } from "./types.ts";

/** Who opens it: a member, an application that passes on what its user asked, or the installation. */
export type Opener = {
  actor: Actor;
  applicationId: string | null;
  batchId?: string;
  /** Of a deletion. */
  deletionReason?: DeletionReason;
  /** Of a deletion that repeats an erasure the database has forgotten: the protocol under which it was decided. */
  restores?: string;
};

export type OpenRequestResult =
  | { ok: true; requestId: string; protocol: string; dueAt: Date }
  | { ok: false; code: "open_already"; requestId: string; protocol: string }
  | { ok: false; code: "received_in_future" };

type World = { auditKey: Uint8Array; timeZone: string };

/**
 * Opens a request: it gets its protocol number, its deadline and its place in the inbox at once. Of a person and right
 * only one is open at a time; a second one is answered with the first. Withdrawn consent blocks the person at once; what
 * repeats an erasure that was decided before is due at once. Audits `request.open`.
 */
export function openRequest(
  db: DatabaseOrTransaction,
  input: OpenRequest,
  { actor, applicationId, batchId, deletionReason, restores }: Opener,
  { auditKey, timeZone }: World,
  at: Date,
): Promise<OpenRequestResult> {
  if (input.receivedAt > at) return Promise.resolve({ ok: false, code: "received_in_future" });
  return joinOrOpenTransaction(db, async (tx) => {
    const { customId, right, regimes, channel, receivedAt } = input;
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('gatehouse-request'), hashtext(${customId}))`);
    const open = await findOpenRequest(tx, input);
    if (open)
      return { ok: false, code: "open_already", requestId: open.id, protocol: open.protocol } as const;
    const subject = { customId, key: auditKey };
    const { ref, epoch } = await nameSubject(tx, subject, at);
    const clock = { receivedAt, extendedAt: null, identityQuestions: [] };
    const { overdueFrom: dueAt } = earliestDeadline(right, regimes, clock, { now: at, timeZone });
    const id = newIdAt(at);
    const protocol = await nextNumber(tx, "REQ", at);
    const [opened] = await tx
      .insert(dataRequests)
      .values({
        id,
        protocol,
        right,
        regimes,
        ...(restores === undefined ? { state: "received" } : { state: "scheduled", executeAt: at }),
        customId,
        subjectRef: ref,
        subjectEpoch: epoch,
        personId: await findPersonId(tx, customId),
        channel,
        receivedAt,
        openedAt: at,
        openedBy: actor.id,
        applicationId,
        batchId: batchId ?? null,
        deletionReason: deletionReason ?? null,
        ruleVersion: RULE_TABLE.version,
        dueAt,
      })
      .returning();
    if (!opened) throw new Error("A request that was put in is not there.");
    await recordAudit(tx, {
      action: "request.open",
      actor,
      at,
      entity: { type: "request", id },
      subject,
      details: {
        protocol,
        right,
        regimes,
        channel,
        receivedAt: receivedAt.toISOString(),
        applicationId,
        deletionReason: deletionReason ?? null,
        batchId: batchId ?? null,
        ...(restores === undefined ? {} : { restores }),
      },
    });
    const cause = blockFor(right, restores === undefined ? "received" : "scheduled");
    if (cause !== null) await blockPerson(tx, { customId, cause, requestId: id }, { actor, auditKey }, at);
    await noteRequest(tx, null, opened, at);
    return { ok: true, requestId: id, protocol, dueAt } as const;
  });
}

/** `REQ-2026-0147`. Numbers are given without gaps: one that is rolled back is given again. */
export async function nextNumber(
  tx: DatabaseOrTransaction,
  series: "REQ" | "BULK",
  at: Date,
): Promise<string> {
  const year = at.getUTCFullYear();
  const [row] = await tx
    .insert(requestNumbers)
    .values({ series, year, last: 1 })
    .onConflictDoUpdate({
      target: [requestNumbers.series, requestNumbers.year],
      set: { last: sql`${requestNumbers.last} + 1` },
    })
    .returning({ last: requestNumbers.last });
  return `${series}-${year}-${String(row?.last).padStart(4, "0")}`;
}
