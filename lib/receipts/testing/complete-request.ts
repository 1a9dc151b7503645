import { eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { dataRequests, requestReceipts } from "#db/schema/requests.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { AUDIT_KEY } from "#lib/audit/testing/audit-key.ts";
import { newIdAt } from "#lib/ids.ts";
import { openRequest } from "#lib/requests/open-request.ts";
import type { RequestRow } from "#lib/requests/queries.ts";
import { composeReceipt, type ReceiptFacts } from "../compose-receipt.ts";

export const AT = new Date("2026-03-06T13:12:00.000Z");
export const TIME_ZONE = "America/Sao_Paulo";
const hours = (count: number) => new Date(AT.getTime() + count * 3_600_000);
const officer = "018f0000-0000-7000-8000-000000000001";
const second = "018f0000-0000-7000-8000-000000000002";

/** The row of a request as it reads when it was granted, and what carrying it out wrote down. */
export async function grantedRequest(
  db: DatabaseOrTransaction,
  customId: string,
  over: Partial<RequestRow> = {},
): Promise<ReceiptFacts> {
  const actor = { id: officer, role: "compliance_officer" } as const;
  const input = {
    customId,
    right: over.right ?? "erasure",
    regimes: over.regimes ?? ["lgpd" as const],
    channel: "email" as const,
    receivedAt: AT,
  };
  const opened = await openRequest(
    db,
    input,
    { actor, applicationId: null },
    { auditKey: AUDIT_KEY, timeZone: TIME_ZONE },
    AT,
  );
  if (!opened.ok) throw new Error(opened.code);
  const [row] = await db.select().from(dataRequests).where(eq(dataRequests.id, opened.requestId));
  if (!row) throw new Error("no row");
  const request: RequestRow = {
    ...row,
    state: "completed",
    identityMethod: "known_contact",
    identityCheckedBy: officer,
    identityCheckedAt: hours(1),
    assessment: "Nothing obliges us to keep it.",
    assessedBy: officer,
    assessedAt: hours(2),
    decidedBy: second,
    decidedAt: hours(3),
    executeAt: hours(27),
    closedAt: hours(28),
    customId: null,
    ...over,
  };
  const facts = {
    requestId: request.id,
    round: 1,
    apiStatus: 200,
    latencyMs: 12,
    answerSha256: "c".repeat(64),
  };
  const times = { intendedAt: hours(27), settledAt: hours(27) };
  return {
    request,
    attempts: [
      { ...facts, ...times, id: newIdAt(AT), number: 1, kind: "delete", state: "done", code: "ok" },
      {
        ...facts,
        ...times,
        id: newIdAt(AT),
        number: 2,
        kind: "probe",
        state: "done",
        code: "custom_id_unknown",
      },
    ],
    recipients: [
      {
        id: newIdAt(AT),
        requestId: request.id,
        name: "Card printer",
        state: "told",
        note: "by telephone, to Ana",
        settledBy: officer,
        settledAt: hours(28),
      },
    ],
    at: hours(28),
    timeZone: TIME_ZONE,
  };
}

/** Keeps the receipt and its digest in the log, as the completing transaction does. */
export async function completeRequest(
  db: DatabaseOrTransaction,
  customId: string,
  facts: ReceiptFacts,
): Promise<void> {
  const { body, digest } = composeReceipt(facts);
  const { id: requestId, round } = facts.request;
  await db.insert(requestReceipts).values({ requestId, round, body, digest, madeAt: facts.at });
  await recordAudit(db, {
    action: "request.complete",
    actor: { id: null, role: "system" },
    at: facts.at,
    entity: { type: "request", id: requestId },
    subject: { customId, key: AUDIT_KEY },
    details: { before: "verifying", after: "completed", receiptDigest: digest },
  });
}
