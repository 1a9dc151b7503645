import "server-only";
import { isDatabaseAway } from "#lib/action/database-away.ts";
import { grantOf } from "#lib/auth/policy.ts";
import { requireCaller, requireViewer } from "#lib/auth/viewer.ts";
import { consoleDatabase } from "#lib/console/runtime.ts";
import { log } from "#lib/log.ts";
import { seenOf } from "./examine-day.ts";
import { measureDay } from "./measure-day.ts";
import { measureRules } from "./measure-rules.ts";
import { findCurrentPolicy, listPolicyVersions, readPolicyRun } from "./queries.ts";
import { DEFAULT_POLICY_VALUES, type Policy } from "./schema.ts";
import type { Day, PolicyRun } from "./types.ts";

const VERSIONS_SHOWN = 12;

/** The policy in force with what each of its rules did over the last day, who obeys it, and what changed before. */
export async function loadPolicies() {
  const viewer = await requireViewer("policies.read");
  const db = consoleDatabase();
  const now = new Date();
  const [current, versions, run, day] = await Promise.all([
    findCurrentPolicy(db),
    listPolicyVersions(db, VERSIONS_SHOWN),
    readPolicyRun(db, now),
    tryMeasureDay(now),
  ]);
  const policy: Policy = current ?? { version: 0, values: DEFAULT_POLICY_VALUES };
  return {
    role: viewer.role,
    mayChange: grantOf(viewer.role, "policies.change") !== null,
    policy,
    versions,
    run,
    seen: day === null ? null : seenOf(day),
    today: day === null ? null : measureRules(day, policy.values),
  };
}

export type PoliciesData = Awaited<ReturnType<typeof loadPolicies>>;

/** The page stands without its figures where counting them takes too long. */
async function tryMeasureDay(now: Date): Promise<Day | null> {
  try {
    return await measureDay(consoleDatabase(), now);
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
