import type { DatabaseOrTransaction } from "#db/client.ts";
import { putPolicy } from "./put-policy.ts";
import { findCurrentPolicy } from "./queries.ts";
import { DEFAULT_POLICY_VALUES } from "./schema.ts";

/** Makes sure that a policy is in force: version 1 with the defaults where there is none. Never changes one. */
export async function preparePolicy(db: DatabaseOrTransaction, at: Date): Promise<void> {
  if ((await findCurrentPolicy(db)) !== null) return;
  await putPolicy(
    db,
    { values: DEFAULT_POLICY_VALUES, basedOnVersion: null, reason: null },
    { id: null, role: "system" },
    at,
  );
}
