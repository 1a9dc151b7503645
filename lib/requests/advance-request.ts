import { eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { dataRequests } from "#db/schema/requests.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor, AuditEntry } from "#lib/audit/types.ts";
import { noteRequest } from "#lib/notifications/note-request.ts";
import { lockCustomId } from "#lib/people/lock-custom-id.ts";
import { blockPerson } from "./block-person.ts";
import { findRequestLocked, type RequestRow } from "./queries.ts";
import { blockFor, isClosed, nextState } from "./rules.ts";
import type { RequestAct, RequestState } from "./types.ts";
import { unblockPerson } from "./unblock-person.ts";

export type RequestRefusal =
  | "not_found"
  | "stale_version"
  | "illegal_step"
  | "not_your_role"
  | "not_second_person"
  | "preview_changed"
  | "approval_expired"
  /** A legal hold keeps what the request would erase. */
  | "on_hold"
  /** It waits for the decision on the list it came with. */
  | "decided_by_list";

export type AdvanceResult = { ok: true; request: RequestRow } | { ok: false; code: RequestRefusal };

/** The request as the caller saw it. */
export type Seen = { requestId: string; version: number };

/** Who moves it, and the key that names the person in the log. */
export type Mover = { actor: Actor; auditKey: Uint8Array };

/** What every audit entry of a step begins with. */
type StepFacts = Pick<AuditEntry<"request.ask_identity">, "actor" | "at" | "entity" | "subject">;

type Moved = { states: { before: RequestState; after: RequestState }; request: RequestRow };

export type Step = {
  act: RequestAct;
  audit: (facts: StepFacts, moved: Moved) => AuditEntry;
  /** A last look at the request, held; a code refuses the step. */
  refuse?: (request: RequestRow) => RequestRefusal | null;
  /** Of a closed request, which no longer names anybody: who it is about again. */
  customId?: string;
  /** What else changes with the step. */
  set?: (request: RequestRow) => Partial<typeof dataRequests.$inferInsert>;
  /** The same transaction leads on from where it leads: nobody finds the request there, and nobody is told. */
  isPassing?: boolean;
};

/**
 * The one place where a request moves: held, of the version that was seen, along a legal step, audited with the
 * states before and after, and told to whoever wants to know. With a closed state goes the CustomID; the person is blocked and unblocked as the state wants
 * it. Runs inside the caller's transaction.
 */
export async function advanceRequest(
  tx: DatabaseOrTransaction,
  { requestId, version }: Seen,
  { act, audit, refuse, set, isPassing = false, ...again }: Step,
  { actor, auditKey }: Mover,
  at: Date,
): Promise<AdvanceResult> {
  const request = await findRequestLocked(tx, requestId);
  if (request === null) return { ok: false, code: "not_found" };
  if (request.version !== version) return { ok: false, code: "stale_version" };
  const next = nextState(request.right, request.state, act);
  const customId = request.customId ?? again.customId ?? null;
  if (next === null || customId === null) return { ok: false, code: "illegal_step" };
  const refusal = refuse?.(request) ?? null;
  if (refusal !== null) return { ok: false, code: refusal };
  await lockCustomId(tx, customId);
  const closing = isClosed(next) ? { closedAt: at, customId: null } : { closedAt: null, customId };
  const [moved] = await tx
    .update(dataRequests)
    .set({ ...set?.(request), ...closing, state: next, version: version + 1 })
    .where(eq(dataRequests.id, requestId))
    .returning();
  if (!moved) throw new Error("A request that was held is gone.");
  const entity = { type: "request", id: requestId } as const;
  const subject = { customId, key: auditKey };
  const states = { before: request.state, after: next };
  await recordAudit(tx, audit({ actor, at, entity, subject }, { states, request: moved }));
  await keepBlock(tx, { ...request, customId }, next, { actor, auditKey }, at);
  if (!isPassing) await noteRequest(tx, request, moved, at);
  return { ok: true, request: moved };
}

/** A request blocks its person as long as its state wants it, and not longer. */
async function keepBlock(
  tx: DatabaseOrTransaction,
  { id: requestId, right, state, customId }: RequestRow & { customId: string },
  next: RequestState,
  by: Mover,
  at: Date,
): Promise<void> {
  const [before, after] = [blockFor(right, state), blockFor(right, next)];
  if (after !== null && before === null) await blockPerson(tx, { customId, cause: after, requestId }, by, at);
  if (after === null && before !== null) await unblockPerson(tx, { customId, blockedBy: requestId }, by, at);
}
