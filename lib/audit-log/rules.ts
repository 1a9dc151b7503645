import type { AuditAction, AuditedEntity } from "#lib/audit/types.ts";
import {
  ACT_KINDS,
  type ActKind,
  type Fold,
  type LogFilters,
  type LogNames,
  type LogRow,
  type ReadEntry,
} from "./types.ts";

const KINDS: Record<AuditAction, ActKind> = {
  "member.create": "member",
  "member.change_password": "member",
  "member.invite": "member",
  "member.invite_again": "member",
  "member.change_role": "member",
  "member.disable": "member",
  "member.enable": "member",
  "invitation.issue": "member",
  "invitation.withdraw": "member",
  "invitation.accept": "member",
  "invitation.refuse": "refusal",
  "session.open": "sign_in",
  "session.ask_code": "sign_in",
  "session.step_up": "sign_in",
  "session.refuse_step_up": "refusal",
  "session.refuse": "refusal",
  "session.end": "sign_in",
  "identity.link": "member",
  "code_app.set_up": "member",
  "code_app.replace": "member",
  "code_app.reset": "member",
  "recovery_code.create": "member",
  "recovery_code.use": "sign_in",
  "application.create": "application",
  "application.change": "application",
  "application.disable": "application",
  "application.enable": "application",
  "application_key.create": "application",
  "application_key.confirm_stored": "application",
  "application_key.plan_end": "application",
  "application_key.end": "application",
  "application_key.revoke": "application",
  "policy.change": "rule",
  "retention.change": "rule",
  "history.purge": "data",
  "history.export": "data",
  "view.save": "data",
  "view.remove": "data",
  "notification_target.create": "notification",
  "notification_target.change": "notification",
  "notification_target.pause": "notification",
  "notification_target.resume": "notification",
  "notification_target.remove": "notification",
  "notification_target.rotate_secret": "notification",
  "notification_target.test": "notification",
  "rollout_intent.prepare": "rollout",
  "rollout.create": "rollout",
  "rollout.change_plan": "rollout",
  "rollout.start": "rollout",
  "rollout.advance": "rollout",
  "rollout.hold": "rollout",
  "rollout.resume": "rollout",
  "rollout.roll_back": "rollout",
  "rollout.halt": "rollout",
  "rollout.release_halt": "rollout",
  "rollout.drill": "rollout",
  "rollout.adopt": "rollout",
  "rollout.revert": "rollout",
  "rollout.finish": "rollout",
  "rollout.settle": "rollout",
  "rollout.settle_templates": "rollout",
  "legacy_probe.change": "rollout",
  "legacy_probe.try": "rollout",
  "incident.download": "data",
  "circuit.open": "rule",
  "circuit.release": "rule",
  "integration_run.open": "application",
  "integration_run.halt": "application",
  "integration_run.settle": "application",
  "campaign.open": "application",
  "campaign.close": "application",
  "campaign.download": "application",
  "campaign_tester.issue": "application",
  "campaign_tester.withdraw": "application",
  "campaign_tester.consent": "application",
  "campaign_tester.end": "application",
  "early_adopters.add": "rollout",
  "early_adopters.remove": "rollout",
  "early_adopters.import": "rollout",
  "false_accept.report": "rollout",
  "person.search": "search",
  "person.view": "look",
  "person.verify": "person",
  "person.recapture": "person",
  "person.shred": "data",
  "request.open": "request",
  "request.extend": "request",
  "request.ask_identity": "request",
  "request.confirm_identity": "request",
  "request.propose": "request",
  "request.send_back": "request",
  "request.approve": "request",
  "request.deny": "request",
  "request.withdraw": "request",
  "request.close": "request",
  "request.attempt": "request",
  "request.settle_attempt": "request",
  "request.start": "request",
  "request.note_done": "request",
  "request.note_unknown": "request",
  "request.note_failure": "request",
  "request.retry": "request",
  "request.complete": "request",
  "request.reopen": "request",
  "request.settle_recipient": "request",
  "request.download": "request",
  "request_batch.open": "request",
  "request_batch.assess": "request",
  "request_batch.propose": "request",
  "request_batch.approve": "request",
  "request_batch.withdraw": "request",
  "request_batch.complete": "request",
  "request_batch.pause": "request",
  "request_batch.resume": "request",
  "request_batch.pace": "request",
  "request_batch.download": "request",
  "hold.place": "request",
  "hold.release": "request",
  "person.block": "person",
  "person.unblock": "person",
  "person.import": "person",
  "audit_epoch.rotate": "audit",
  "sample_data.create": "data",
  "sample_data.remove": "data",
  "audit.verify": "audit",
  "audit.sign": "audit",
  "audit.view": "look",
  "audit.search": "search",
  "audit.export": "audit",
  "action.refuse": "refusal",
};

/** Every act there is. */
export const AUDIT_ACTIONS = Object.keys(KINDS) as AuditAction[];

/** Every kind of thing that an act can be about. */
export const entityOf = (action: AuditAction): AuditedEntity => action.split(".")[0] as AuditedEntity;
export const AUDITED_ENTITIES = [...new Set(AUDIT_ACTIONS.map(entityOf))];

export const isAuditedEntity = (type: string): type is AuditedEntity =>
  (AUDITED_ENTITIES as readonly string[]).includes(type);

/** Whether it is an act of this version. */
export const isAuditAction = (action: string): action is AuditAction => Object.hasOwn(KINDS, action);

/** The kind of an act; null for one of another version. */
export const kindOf = (action: string): ActKind | null => (isAuditAction(action) ? KINDS[action] : null);

/** Looked at, searched, signed in: what fills a log and is seldom what its reader came for. */
const ROUTINE: ReadonlySet<ActKind | null> = new Set(["look", "search", "sign_in"]);

const isRoutine = ({ action, outcome }: ReadEntry): boolean =>
  outcome === "done" && ROUTINE.has(kindOf(action));

const SHORTEST_FOLD = 3;

export type Folding = {
  unfold: readonly string[] | "all";
  /** So many entries at the beginning stand as they are, to see what has just happened. */
  keep: number;
  /** The most rows. */
  most: number;
};

/**
 * Turns entries into rows: a run of three or more routine ones is one row, unless one of them is to stand open. Tells how
 * many entries the rows hold, from the first on.
 */
export function foldEntries(
  entries: readonly ReadEntry[],
  { unfold, keep, most }: Folding,
): { rows: LogRow[]; used: number } {
  const rows: LogRow[] = [];
  let used = 0;
  while (used < entries.length && rows.length < most) {
    const run = used < keep || unfold === "all" ? [] : routineRunAt(entries, used);
    if (run.length >= SHORTEST_FOLD && !run.some(({ id }) => unfold.includes(id))) {
      rows.push({ fold: { entries: run, kinds: countKinds(run) } });
      used += run.length;
      continue;
    }
    for (const entry of entries.slice(used, used + Math.max(1, run.length)).slice(0, most - rows.length)) {
      rows.push({ fold: null, entry });
      used += 1;
    }
  }
  return { rows, used };
}

function routineRunAt(entries: readonly ReadEntry[], start: number): ReadEntry[] {
  const end = entries.findIndex((entry, place) => place >= start && !isRoutine(entry));
  return entries.slice(start, end < 0 ? entries.length : end);
}

function countKinds(entries: readonly ReadEntry[]): Fold["kinds"] {
  const kinds = entries.map(({ action }) => kindOf(action));
  return ACT_KINDS.map((kind) => ({ kind, count: kinds.filter((one) => one === kind).length })).filter(
    ({ count }) => count > 0,
  );
}

/** The same rows with the newest last. */
export const reversed = (rows: readonly LogRow[]): LogRow[] =>
  rows
    .map((row) =>
      row.fold === null ? row : { fold: { ...row.fold, entries: row.fold.entries.toReversed() } },
    )
    .toReversed();

/** The first and the last entry that rows hold. */
export function edgesOf(rows: readonly LogRow[]): {
  first: ReadEntry | undefined;
  last: ReadEntry | undefined;
} {
  const [top, bottom] = [rows[0], rows.at(-1)];
  return {
    first: top?.fold ? top.fold.entries[0] : top?.entry,
    last: bottom?.fold ? bottom.fold.entries.at(-1) : bottom?.entry,
  };
}

/** How many entries stand as rows of their own, and how many are folded away. */
export function countShown(rows: readonly LogRow[]): { shown: number; folded: number } {
  const folded = rows.reduce((sum, { fold }) => sum + (fold?.entries.length ?? 0), 0);
  return { shown: rows.filter(({ fold }) => fold === null).length, folded };
}

/** No filter at all: the whole log. */
export const NO_FILTERS: LogFilters = {
  time: null,
  from: null,
  to: null,
  who: [],
  act: [],
  object: [],
  entity: null,
  result: [],
  whom: [],
};

export const isFiltered = (filters: LogFilters): boolean =>
  Object.values(filters).some((value) => (Array.isArray(value) ? value.length > 0 : value !== null));

/** A list of values with this one added, or taken out where it was in. */
export const toggledIn = <Value>(values: readonly Value[], value: Value): Value[] =>
  values.includes(value) ? values.filter((one) => one !== value) : [...values, value];

/** The columns of the list as a table file, by names that stay the same in every language. */
export const CSV_COLUMNS = [
  "entry",
  "time",
  "act",
  "object",
  "object_id",
  "member_id",
  "member",
  "role",
  "result",
  "person_ref",
  "person_epoch",
  "details",
] as const;

/** An entry as a row of that file. */
export function csvRowOf(entry: ReadEntry, members: LogNames["members"]): (string | number | null)[] {
  const { sequence, at, action, entityType, entityId, actorId, actorRole, outcome, subject, details } = entry;
  return [
    sequence,
    at.toISOString(),
    action,
    entityType,
    entityId,
    actorId,
    actorId === null ? null : (members[actorId] ?? null),
    actorRole,
    outcome,
    subject?.ref ?? null,
    subject?.epoch ?? null,
    JSON.stringify(details),
  ];
}
