import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { isHeldBack } from "#lib/holds/queries.ts";
import { type AdvanceResult, advanceRequest, type Mover, type Seen, type Step } from "./advance-request.ts";
import { composePreview } from "./compose-preview.ts";
import { findRequestLocked, type RequestRow } from "./queries.ts";
import { executeAt, isErasing, mayDecide, refusalToDecide } from "./rules.ts";

/** What the second person saw, and how the installation decides. */
export type Approval = Seen & {
  previewDigest: string;
  delayHours: number;
  /** An installation with one officer: the delay takes the second person's place, and everything says so. */
  isSingleControl: boolean;
  /** The list whose decision this is: a request that came with one is decided with it, and with no other. */
  batchId?: string;
};

type Decider = Mover & { actor: { id: string } };

/**
 * The second person lets the proposal become the decision, to grant or to deny, bound to the exact preview that was
 * assessed. Refuses `not_your_role`, `not_second_person`, `preview_changed`, `approval_expired`, `decided_by_list` where the
 * whole list it came with is decided, and `on_hold` where a legal hold keeps what would be erased; of two who decide at
 * once the later is told `stale_version`. Audits `request.approve` or `request.deny`.
 */
export function settleDecision(
  db: DatabaseOrTransaction,
  approval: Approval,
  by: Decider,
  at: Date,
): Promise<AdvanceResult> {
  return joinOrOpenTransaction(db, async (tx) => {
    const found = await findRequestLocked(tx, approval.requestId);
    if (!found?.customId) return { ok: false, code: found ? "illegal_step" : "not_found" };
    if (found.batchId !== (approval.batchId ?? null)) return { ok: false, code: "decided_by_list" };
    const { right, customId } = found;
    const { digest } = await composePreview(tx, found, { customId, key: by.auditKey });
    const isOnHold = found.proposal === "grant" && (await isHeldBack(tx, { right, customId }));
    const refuse = (request: RequestRow) =>
      isOnHold ? "on_hold" : refusalOf(request, approval, digest, by, at);
    const { isSingleControl } = approval;
    const decided = { decidedBy: by.actor.id, decidedAt: at, isSingleControl };
    const step = found.proposal === "deny" ? denial() : grant(found, approval, at);
    return advanceRequest(
      tx,
      approval,
      { ...step, refuse, set: (request) => ({ ...step.set?.(request), ...decided }) },
      by,
      at,
    );
  });
}

function refusalOf(request: RequestRow, approval: Approval, presentDigest: string, by: Decider, at: Date) {
  const { assessedAt, previewDigest, openedBy, assessedBy } = request;
  if (!mayDecide(by.actor.role, request)) return "not_your_role";
  if (assessedAt === null || previewDigest !== approval.previewDigest) return "preview_changed";
  const proposal = {
    createdBy: openedBy,
    assessedBy,
    proposedAt: assessedAt,
    assessedDigest: previewDigest,
    presentDigest,
    isSingleControl: approval.isSingleControl,
  };
  return refusalToDecide(proposal, by.actor.id, at);
}

function grant({ right, dueAt }: RequestRow, approval: Approval, at: Date): Step {
  const { delayHours, isSingleControl, previewDigest } = approval;
  // A new capture is waited for; what takes nothing away need not wait.
  const waits = isErasing(right);
  const due = {
    delayHours: waits ? delayHours : 0,
    overdueFrom: dueAt,
    isSingleControl: waits && isSingleControl,
  };
  const executesAt = right === "rectification" ? null : executeAt(at, due);
  return {
    act: "approve",
    set: () => ({ executeAt: executesAt }),
    audit: (facts, { states }) => ({
      ...facts,
      action: "request.approve",
      details: { ...states, previewDigest, executeAt: executesAt?.toISOString() ?? null, isSingleControl },
    }),
  };
}

const denial = (): Step => ({
  act: "deny",
  audit: (facts, { states, request }) => ({
    ...facts,
    action: "request.deny",
    details: {
      ...states,
      previewDigest: request.previewDigest ?? "",
      denialGround: request.denialGround,
      isSingleControl: request.isSingleControl,
    },
  }),
});
