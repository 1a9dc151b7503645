import { type Grant, grantOf, type Permission } from "#lib/auth/policy.ts";
import type { Role } from "#lib/members/schema.ts";
import { CHECKPOINT_ENTRIES, CHECKPOINT_MINUTES, isEntryFinding } from "./schema.ts";
import type {
  AuditedEntity,
  AuditScope,
  ChangeAction,
  CheckpointCause,
  LogFinding,
  LogVerification,
} from "./types.ts";

/** Changes of how the installation works, and what it takes to be told of each: whoever may read what was changed. */
const CHANGES: Record<ChangeAction, Permission> = {
  "rollout_intent.prepare": "overview.read",
  "policy.change": "policies.read",
  "application.create": "applications.read",
  "application.change": "applications.read",
  "application.disable": "applications.read",
  "application.enable": "applications.read",
  "application_key.create": "applications.read",
  "application_key.revoke": "applications.read",
  "retention.change": "retention.read",
};

/** The changes a role may be told of. */
export const changesToldTo = (role: Role): ChangeAction[] =>
  (Object.keys(CHANGES) as ChangeAction[]).filter((action) => grantOf(role, CHANGES[action]) !== null);

/**
 * Who looks after each kind of thing, by what it takes: their part of the log is what was done to it. Nobody's own area
 * holds what was done to people: that is for those who read the whole log, and on the person's page.
 */
const AREAS: Record<AuditedEntity, Permission | null> = {
  member: "members.read",
  invitation: "members.read",
  session: "members.read",
  identity: "members.read",
  code_app: "members.read",
  recovery_code: "members.read",
  action: "members.read",
  application: "applications.read",
  application_key: "applications.read",
  policy: "policies.read",
  retention: "retention.read",
  history: "retention.read",
  notification_target: "notifications.read",
  sample_data: "sample_data.remove",
  audit: "audit.verify",
  audit_epoch: "audit.verify",
  rollout_intent: "rollout.change",
  rollout: "rollout.change",
  early_adopters: "rollout.change",
  false_accept: "rollout.change",
  legacy_probe: "rollout.change",
  integration_run: "integration.run",
  campaign: "campaign.change",
  campaign_tester: "campaign.change",
  circuit: "circuit.change",
  incident: "incident.report",
  request: "request.read",
  request_batch: "request.read",
  hold: "request.read",
  // One's own acts are told anyway; what others keep for themselves is no part of anybody's area.
  view: null,
  person: null,
};

/** How much of the log a reader may see: their grant says whether all of it, their role which part is their own. */
export function auditScopeOf(reader: { memberId: string; role: Role; grant: Grant }): AuditScope {
  const { memberId, role, grant } = reader;
  if (grant === "full") return { kind: "all" };
  const entities = (Object.keys(AREAS) as AuditedEntity[]).filter((entity) => {
    const permission = AREAS[entity];
    return permission !== null && grantOf(role, permission) !== null;
  });
  return { kind: "own_area", memberId, entities, people: grantOf(role, "person.view") === "full" };
}

type LogState = {
  size: number;
  newest: { treeSize: number; signedAt: Date } | null;
  wanted: CheckpointCause | null;
};

/** Why a checkpoint is due now; null when it is not. A log that has shrunk is due: the signer then says so. */
export function dueCheckpoint({ size, newest, wanted }: LogState, now: Date): CheckpointCause | null {
  const covered = newest?.treeSize ?? 0;
  if (size === covered) return null;
  if (wanted !== null) return wanted;
  if (size - covered >= CHECKPOINT_ENTRIES) return "count";
  const waitedMs = now.getTime() - (newest?.signedAt.getTime() ?? 0);
  return size < covered || waitedMs >= CHECKPOINT_MINUTES * 60_000 ? "schedule" : null;
}

/** The nightly verification begins at this hour of the installation's zone. */
const NIGHTLY_HOUR = 3;

/** Whether the nightly verification of this day is still to be made; a machine that slept makes it when it wakes. */
export function isNightlyDue(last: Date | null, now: Date, timeZone: string): boolean {
  const days = new Intl.DateTimeFormat("en-CA", { dateStyle: "short", timeZone });
  // A day that begins three hours late: it changes when the verification is due.
  const dayOf = (time: Date) => days.format(new Date(time.getTime() - NIGHTLY_HOUR * 3_600_000));
  return last === null || dayOf(last) < dayOf(now);
}

/** How many of the entries that were looked at are as they were signed: none from where a checkpoint disagrees. */
export function countVerified(checked: number, findings: readonly LogFinding[]): number {
  const bad = findings.filter(({ code }) => isEntryFinding(code)).reduce((sum, { count }) => sum + count, 0);
  const doubt = findings.find(({ code }) => code === "checkpoint_not_of_this_log");
  return Math.max(0, Math.min(checked, doubt?.sequence ?? checked) - bad);
}

/** The first check of a new installation may come before the first entry: that says nothing about those there are now. */
export const isOfNothing = ({
  treeSize,
  findings,
}: Pick<LogVerification, "treeSize" | "findings">): boolean =>
  treeSize === 0 && (findings ?? []).length === 0;
