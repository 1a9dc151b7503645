import type { DatabaseOrTransaction } from "#db/client.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import type { Permission } from "./policy.ts";
import type { RefusalReason } from "./types.ts";

/** What was tried, by its name in the audit log; `page.open` and `route.call` for what is no action. */
type Refusal = { actor: Actor; action: string; permission: Permission; because: RefusalReason };

/** Leaves a refusal in the audit log: action.refuse, with what was tried and why not, and nothing of the input. */
export function recordRefusal(db: DatabaseOrTransaction, refusal: Refusal, at: Date): Promise<void> {
  const { actor, ...details } = refusal;
  return recordAudit(db, {
    action: "action.refuse",
    actor,
    at,
    entity: { type: "action", id: null },
    details,
  });
}
