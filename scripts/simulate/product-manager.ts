import { and, eq, isNotNull, isNull } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { members } from "#db/schema/members.ts";
import { newId } from "#lib/ids.ts";
import { changeRollout, type RolloutDesk } from "#lib/rollout/change-rollout.ts";
import { differenceOf } from "#lib/rollout/intend-change.ts";
import type { Standing, Wish } from "#lib/rollout/types.ts";
import type { StoredVerdict } from "#lib/rollout-judging/types.ts";

export type ProductManager = { id: string; role: "product_manager" };

/** A product manager of the installation, or one without an account: nobody's name stands under what nobody did. */
export async function findProductManager(db: DatabaseOrTransaction): Promise<ProductManager> {
  const canSignIn = and(isNull(members.disabledAt), isNotNull(members.passwordHash));
  const [member] = await db
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.role, "product_manager"), canSignIn))
    .limit(1);
  return { id: member?.id ?? newId(), role: "product_manager" };
}

/** What the script of approvals makes of a verdict: it goes on where the rule asks for a person, and ends the last stage. */
export function wishFor({ verdict }: Pick<StoredVerdict, "verdict">): Wish | null {
  if (verdict.decision === "ask" && verdict.reason === "proven") return { kind: "advance" };
  return verdict.reason === "last_stage" ? { kind: "finish" } : null;
}

/** Does what is wished as a person does who saw how things stand; answers why not where it was refused. */
export async function actOn(
  desk: RolloutDesk,
  { standing, wish, verdictId }: { standing: Standing; wish: Wish; verdictId?: string },
  actor: ProductManager,
): Promise<string | null> {
  const found = differenceOf(standing, wish);
  if (typeof found === "string") return found;
  const wanted = {
    ...{ wish, seenVersion: standing.intent.version, digest: found.digest },
    ...{ reason: "Sample data: simulated.", ...(verdictId === undefined ? {} : { verdictId }) },
  };
  const done = await changeRollout(desk, wanted, actor);
  return done.ok ? null : done.code;
}
