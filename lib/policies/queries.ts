import { and, desc, eq, gt, gte, inArray } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { gateways, policies } from "#db/schema/control.ts";
import { members } from "#db/schema/members.ts";
import { changesBetween } from "./rules.ts";
import { type Policy, type PolicyValues, policyValuesSchema } from "./schema.ts";
import type { GatewayRun, PolicyRun, PolicyVersion } from "./types.ts";

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

/** The newest versions with what each changed, by whom and why. */
export async function listPolicyVersions(db: DatabaseOrTransaction, most: number): Promise<PolicyVersion[]> {
  const rows = await db
    .select({
      version: policies.version,
      values: policies.values,
      changedAt: policies.changedAt,
      changedBy: members.name,
      reason: policies.reason,
    })
    .from(policies)
    .leftJoin(members, eq(members.id, policies.changedBy))
    .orderBy(desc(policies.version))
    .limit(most + 1);
  const parsed = rows.map((row) => ({ ...row, values: policyValuesSchema.parse(row.values) }));
  return parsed.slice(0, most).map((row, place) => {
    const before = parsed[place + 1];
    return { ...row, changes: before === undefined ? [] : changesBetween(before.values, row.values) };
  });
}

/** The values of these versions; one that was never stored is missing. */
export async function findPoliciesOf(
  db: DatabaseOrTransaction,
  versions: readonly number[],
): Promise<Map<number, PolicyValues>> {
  if (versions.length === 0) return new Map();
  const rows = await db
    .select({ version: policies.version, values: policies.values })
    .from(policies)
    .where(inArray(policies.version, [...versions]));
  return new Map(rows.map(({ version, values }) => [version, policyValuesSchema.parse(values)]));
}

/** A gateway that has not reported for so long counts as gone; past two of its reports it is called silent. */
const GONE_AFTER_MS = 10 * 60_000;
const SILENT_AFTER_MS = 25_000;

/**
 * Which gateways run the policy in force, and how long after it was saved each of them took it. A gateway that was heard
 * in the last ten minutes and is silent now is named: nobody knows what it runs.
 */
export async function readPolicyRun(db: DatabaseOrTransaction, now: Date): Promise<PolicyRun | null> {
  const [policy] = await db
    .select({ version: policies.version, recordedAt: policies.recordedAt })
    .from(policies)
    .orderBy(desc(policies.version))
    .limit(1);
  if (!policy) return null;
  const heard = await db
    .select()
    .from(gateways)
    .where(gte(gateways.seenAt, new Date(now.getTime() - GONE_AFTER_MS)))
    .orderBy(gateways.name);
  return { version: policy.version, gateways: heard.map((gateway) => runOf(gateway, policy, now)) };
}

function runOf(
  gateway: typeof gateways.$inferSelect,
  policy: { version: number; recordedAt: Date },
  now: Date,
): GatewayRun {
  const { name, policyVersion, policyTakenAt, startedAt } = gateway;
  const obeys = policyVersion === policy.version;
  const isSilent = now.getTime() - gateway.seenAt.getTime() > SILENT_AFTER_MS;
  const state = isSilent ? "silent" : obeys ? "obeys" : "waiting";
  // A gateway that started later took it at its start: that says nothing about how fast a change travels.
  const tookIt = obeys && policyTakenAt !== null && startedAt < policy.recordedAt;
  const afterMs = tookIt ? Math.max(0, policyTakenAt.getTime() - policy.recordedAt.getTime()) : null;
  return { name, state, policyVersion, afterMs };
}
