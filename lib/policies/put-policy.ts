import { sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { policies } from "#db/schema/control.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { findCurrentPolicy } from "./queries.ts";
import { changesBetween } from "./rules.ts";
import { POLICIES_CHANNEL, type Policy, type PolicyValues, wholePolicySchema } from "./schema.ts";

type Change = {
  values: PolicyValues;
  /** The version the change was thought out on; null when there is none yet. */
  basedOnVersion: number | null;
  /** Why, in the words of whoever changes it; null where nobody chose it. */
  reason: string | null;
};

type Put = { ok: true; policy: Policy } | { ok: false; code: "stale_version" | "unchanged" };

/**
 * Puts a new version of the gateway's rules in force, unless another one came in between (`stale_version`) or it says
 * what is in force already (`unchanged`). Gateways learn of it at once. Throws ZodError for values out of range. Audits
 * `policy.change` with before, after and the reason.
 */
export function putPolicy(
  db: DatabaseOrTransaction,
  { values, basedOnVersion, reason }: Change,
  actor: Actor,
  at: Date,
): Promise<Put> {
  const after = wholePolicySchema.parse(values);
  return joinOrOpenTransaction(db, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('policies'))`);
    const current = await findCurrentPolicy(tx);
    if ((current?.version ?? null) !== basedOnVersion) return { ok: false, code: "stale_version" };
    if (current && changesBetween(current.values, after).length === 0)
      return { ok: false, code: "unchanged" };
    const version = (current?.version ?? 0) + 1;
    await tx.insert(policies).values({ version, values: after, changedBy: actor.id, changedAt: at, reason });
    await recordAudit(tx, {
      action: "policy.change",
      actor,
      at,
      entity: { type: "policy", id: String(version) },
      details: { before: current?.values ?? null, after, reason },
    });
    await tx.execute(sql`select pg_notify(${POLICIES_CHANNEL}, ${String(version)})`);
    return { ok: true, policy: { version, values: after } };
  });
}
