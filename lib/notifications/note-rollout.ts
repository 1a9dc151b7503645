import { eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { rolloutChanges, rollouts, rolloutVerdicts } from "#db/schema/rollouts.ts";
import type { AuditEntry } from "#lib/audit/types.ts";
import type { RolloutDifference } from "#lib/rollout/intend-change.ts";
import type { VerdictReason } from "#lib/rollout-evidence/schema.ts";
import type { RolloutActEventName } from "./schema.ts";
import type { NotificationEvent, RolloutActFacts } from "./types.ts";

type RolloutEntry = AuditEntry<"rollout.halt"> | AuditEntry<"rollout.settle">;

/**
 * The event that an act on a rollout is told as; null where nobody is told. A halt is told as it is meant: it holds at once.
 * What else narrows is told once it is settled, whatever Unleash said; what widens once Unleash shows it.
 */
export async function rolloutEventOf(
  tx: DatabaseOrTransaction,
  { action, details }: RolloutEntry,
): Promise<NotificationEvent | null> {
  const type = action === "rollout.halt" ? "rollout.halted" : toldAs(details);
  const data = type === null ? null : await findActFacts(tx, details.changeId);
  return type === null || data === null ? null : { type, data };
}

function toldAs({ kind, state }: AuditEntry<"rollout.settle">["details"]): RolloutActEventName | null {
  if (kind === "roll_back") return "rollout.rolled_back";
  if (state !== "confirmed") return null;
  if (kind === "advance") return "rollout.advanced";
  return kind === "release_halt" ? "rollout.released" : null;
}

async function findActFacts(tx: DatabaseOrTransaction, changeId: string): Promise<RolloutActFacts | null> {
  const { difference, by, rolloutId, verdictId } = rolloutChanges;
  const [row] = await tx
    .select({ difference, by, rolloutId, build: rollouts.build, because: rolloutVerdicts.reason })
    .from(rolloutChanges)
    .leftJoin(rollouts, eq(rollouts.id, rolloutId))
    .leftJoin(rolloutVerdicts, eq(rolloutVerdicts.id, verdictId))
    .where(eq(rolloutChanges.id, changeId));
  if (row === undefined) return null;
  const { before, after } = row.difference as RolloutDifference;
  return {
    ...{ rolloutId: row.rolloutId, build: row.build, by: row.by },
    ...{ fromPercent: before.exposurePercent, toPercent: after.exposurePercent },
    because: row.because as VerdictReason | null,
  };
}
