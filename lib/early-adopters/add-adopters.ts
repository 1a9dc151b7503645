import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Role } from "#lib/members/schema.ts";
import { examineCell } from "./examine-rows.ts";
import { placeRows } from "./place-rows.ts";
import { putAdopters } from "./put-adopters.ts";
import { reportPlaced } from "./queries.ts";
import type { AdopterReport } from "./types.ts";

/** Who adds, and what adding needs of this process. */
export type Adder = {
  actor: { id: string; role: Role };
  auditKey: Uint8Array;
  /** How the erasure ledger names somebody. */
  refOf: (customId: string) => string;
};

/**
 * Adds the people of a list to the early adopters, exactly as written; who is in already stays as they are. Audits
 * `early_adopters.add`, naming the person where it is one alone; nothing where nobody came in.
 */
export function addAdopters(
  db: DatabaseOrTransaction,
  customIds: readonly string[],
  { actor, auditKey, refOf }: Adder,
  at: Date,
): Promise<AdopterReport> {
  return joinOrOpenTransaction(db, async (tx) => {
    const rows = customIds.map((customId, place) => examineCell(place + 1, customId));
    const report = await reportPlaced(tx, await placeRows(tx, [rows], refOf));
    const added = await putAdopters(tx, actor.id, at);
    const [only] = customIds;
    const subject = only !== undefined && customIds.length === 1 ? { customId: only, key: auditKey } : null;
    if (added > 0)
      await recordAudit(tx, {
        action: "early_adopters.add",
        actor,
        at,
        entity: { type: "early_adopters", id: null },
        ...(subject ? { subject } : {}),
        details: { count: added },
      });
    return { ...report, added, known: report.known + report.added - added };
  });
}
