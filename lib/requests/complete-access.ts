import type { Database } from "#db/client.ts";
import type { Mover, Seen } from "./advance-request.ts";
import { type CompleteResult, completeRequest } from "./complete-request.ts";
import { findRequest } from "./queries.ts";

type By = Mover & Pick<Parameters<typeof completeRequest>[2], "ledger" | "timeZone">;

/**
 * The statement of what is held was handed over to the person, which answers their request for it. Refuses `illegal_step`
 * for any other right: those end once they are proven, and by nobody's word. Audits `request.complete`.
 */
export async function completeAccess(
  db: Database,
  { requestId, version }: Seen,
  by: By,
  at: Date,
): Promise<CompleteResult> {
  const request = await findRequest(db, requestId);
  if (request === null) return { ok: false, code: "not_found" };
  if (request.right !== "access") return { ok: false, code: "illegal_step" };
  return completeRequest(db, { ...request, version }, by, at);
}
