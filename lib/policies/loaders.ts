import "server-only";
import { isDatabaseAway } from "#lib/action/database-away.ts";
import { grantOf } from "#lib/auth/policy.ts";
import { requireCaller, requireViewer } from "#lib/auth/viewer.ts";
import { consoleDatabase } from "#lib/console/runtime.ts";
import { log } from "#lib/log.ts";
import { seenOf } from "./examine-day.ts";
import { measureRules } from "./measure-rules.ts";
import { findCurrentPolicy, listPolicyVersions, readPolicyRun } from "./queries.ts";
import { rememberedDay } from "./remember-day.ts";
import { DEFAULT_POLICY_VALUES, type Policy, type PolicyValues } from "./schema.ts";
import type { PolicyFigures, PolicyRun } from "./types.ts";

const VERSIONS_SHOWN = 12;

/**
 * The policy in force, who obeys it, what changed before, and what each of its rules did over the last day, which the page
 * does not wait for.
 */
export async function loadPolicies() {
  const viewer = await requireViewer("policies.read");
  const db = consoleDatabase();
  const now = new Date();
  const [current, versions, run] = await Promise.all([
    findCurrentPolicy(db),
    listPolicyVersions(db, VERSIONS_SHOWN),
    readPolicyRun(db, now),
  ]);
  const policy: Policy = current ?? { version: 0, values: DEFAULT_POLICY_VALUES };
  return {
    role: viewer.role,
    mayChange: grantOf(viewer.role, "policies.change") !== null,
    policy,
    versions,
    run,
    figures: findFigures(policy.values),
  };
}

export type PoliciesData = Awaited<ReturnType<typeof loadPolicies>>;

/** The page stands without them where counting them takes too long. */
async function findFigures(policy: PolicyValues): Promise<PolicyFigures | null> {
  try {
    const day = await rememberedDay();
    return { seen: seenOf(day), today: measureRules(day, policy) };
  } catch (err) {
    if (!isDatabaseAway(err)) throw err;
    log.warn({ err }, "the day could not be measured in time");
    return null;
  }
}

/** Which gateways run the policy in force, for a page that waits for them; null before the first. No use of the session. */
export async function loadPolicyRun(): Promise<PolicyRun | null> {
  await requireCaller("policies.read", { isUse: false });
  return readPolicyRun(consoleDatabase(), new Date());
}
