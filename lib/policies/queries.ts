import { desc } from "drizzle-orm";
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
