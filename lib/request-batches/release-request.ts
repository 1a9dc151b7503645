import type { DatabaseOrTransaction } from "#db/client.ts";
import type { AdvanceResult, Mover, Seen } from "#lib/requests/advance-request.ts";
import { isRuled } from "#lib/requests/rules.ts";
import { sendBackRequest } from "#lib/requests/send-back-request.ts";
import { withdrawRequest } from "#lib/requests/withdraw-request.ts";
import type { BatchRow } from "./queries.ts";

/**
 * Lets go of a request that can no longer be decided with its list. What somebody asked for goes back to review and on
 * alone; what the installation listed is withdrawn. Audits
 * `request.send_back` or `request.withdraw`.
 */
export function releaseRequest(
  tx: DatabaseOrTransaction,
  { channel }: Pick<BatchRow, "channel">,
  seen: Seen & { reason: string },
  by: Mover,
  at: Date,
): Promise<AdvanceResult> {
  const release = isRuled(channel) ? withdrawRequest : sendBackRequest;
  return release(tx, seen, by, at);
}
