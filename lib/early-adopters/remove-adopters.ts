import { eq, inArray } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { earlyAdopters } from "#db/schema/rollouts.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Adder } from "./add-adopters.ts";
import type { RemovedAdopters } from "./schema.ts";

/**
 * Takes people out of the early adopters, by their places in the list or one by their CustomID, and says how many that
 * were. Audits `early_adopters.remove`, naming the person where it is one alone; nothing where nobody was in.
 */
export function removeAdopters(
  db: DatabaseOrTransaction,
  who: RemovedAdopters,
  { actor, auditKey }: Pick<Adder, "actor" | "auditKey">,
  at: Date,
): Promise<{ removed: number }> {
  return joinOrOpenTransaction(db, async (tx) => {
    const gone = await tx
      .delete(earlyAdopters)
      .where(
        "place" in who ? inArray(earlyAdopters.place, who.place) : eq(earlyAdopters.customId, who.customId),
      )
      .returning({ customId: earlyAdopters.customId });
    const [only] = gone;
    const subject = only && gone.length === 1 ? { customId: only.customId, key: auditKey } : null;
    if (gone.length > 0)
      await recordAudit(tx, {
        action: "early_adopters.remove",
        actor,
        at,
        entity: { type: "early_adopters", id: null },
        ...(subject ? { subject } : {}),
        details: { count: gone.length },
      });
    return { removed: gone.length };
  });
}
