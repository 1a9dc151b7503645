import { and, desc, eq, gt, gte } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { policies } from "#db/schema/control.ts";
import { type Policy, policyValuesSchema } from "./schema.ts";

/**
 * The policy in force, or null before the first start has written one. Values missing from an older version get
 * today's defaults.
 */
export async function findCurrentPolicy(db: DatabaseOrTransaction): Promise<Policy | null> {
  const rows = await db
    .select({ version: policies.version, values: policies.values })
    .from(policies)
    .orderBy(desc(policies.version))
    .limit(1);
  const row = rows[0];
  return row === undefined ? null : { version: row.version, values: policyValuesSchema.parse(row.values) };
}

/** Most changes of the rules a chart marks. */
const CHANGES_LISTED = 50;

export type PolicyChange = { version: number; changedAt: Date };

/** When the rules changed since then, oldest first, at most the newest 50. The first version is no change. */
export async function listPolicyChanges(db: DatabaseOrTransaction, since: Date): Promise<PolicyChange[]> {
  const newest = await db
    .select({ version: policies.version, changedAt: policies.changedAt })
    .from(policies)
    .where(and(gte(policies.changedAt, since), gt(policies.version, 1)))
    .orderBy(desc(policies.version))
    .limit(CHANGES_LISTED);
  return newest.reverse();
}

/** The policy of this version with when it was put in force, or null where there is none. */
export async function findPolicyVersion(
  db: DatabaseOrTransaction,
  version: number,
): Promise<(Policy & { changedAt: Date }) | null> {
  const rows = await db.select().from(policies).where(eq(policies.version, version));
  const row = rows[0];
  return row === undefined
    ? null
    : { version: row.version, changedAt: row.changedAt, values: policyValuesSchema.parse(row.values) };
}
