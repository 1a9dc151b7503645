import type { DisableReason, RevokeReason } from "#lib/applications/types.ts";
import type { ExportKind, LogFilters } from "#lib/audit-log/types.ts";
import type { Proof, RefusalReason, SessionRefusal, StepUpRefusal } from "#lib/auth/types.ts";
import type { ApiKind } from "#lib/contract-checks/types.ts";
import type { Regime } from "#lib/deadlines/types.ts";
import type { RecaptureReason } from "#lib/enrolments/schema.ts";
import type { ExportKind as HistoryExportKind } from "#lib/history-exports/types.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import type { RunState, VerdictCounts } from "#lib/integration-checks/types.ts";
import type { TrialTrouble } from "#lib/legacy-probe/schema.ts";
import type { Role } from "#lib/members/schema.ts";
import type { LinkPurpose, LinkTrouble } from "#lib/members/types.ts";
import type { NotificationEventName, TargetKind } from "#lib/notifications/schema.ts";
import type { DeliveryFailure } from "#lib/notifications/types.ts";
import type { SearchPurpose } from "#lib/people/types.ts";
import type { PolicyValues } from "#lib/policies/schema.ts";
import type {
  AttemptKind,
  AttemptState,
  BatchState,
  BlockCause,
  Channel,
  DeletionReason,
  DenialGround,
  IdentityMethod,
  Proposal,
  RecipientState,
  RequestState,
  Right,
} from "#lib/requests/types.ts";
import type { RetentionField, RetentionValues } from "#lib/retention/schema.ts";
import type { ChangeKind, TemplateChoice } from "#lib/rollout/schema.ts";
import type { Difference } from "#lib/unleash/types.ts";
import type { CHECKPOINT_CAUSES, FindingCode } from "./schema.ts";

/** Who acts: a signed-in member, or the installation itself. */
export type Actor = { id: string; role: Role } | { id: null; role: "system" };

/** What blocks a person: a request, or a rollout that was rolled back. */
export type Blocker = { requestId: string | null; rolloutId?: string };

type Entity<T extends string> = { type: T; id: string | null };

/** The person an act is about. The log names them by a reference keyed with a key that `key` unwraps, never by the CustomID. */
export type Subject = { customId: string; key: Uint8Array };

/** A person's name in the log: HMAC-SHA-256 of the CustomID under the epoch's key, in hexadecimal. */
export type SubjectRef = { ref: string; epoch: number };

/** What an entry tells of a person, where that can still be read. */
export type SealedText =
  | { state: "open"; details: Record<string, unknown> }
  | { state: "none" | "shredded" | "unreadable" };

/**
 * Every act that is audited, with the facts its entry must carry. `entity.verb`; where something changes, before and
 * after. Our own ids only: no CustomID, no address, no free text but the reason a member gives for their own change.
 * An act about a person demands them as `subject`; what it found out about them is `sealed`, and can be destroyed.
 */
export type AuditActs = {
  "member.create": { entity: Entity<"member">; details: { role: Role } };
  /** Of a member's own; the others of their sessions ended with it. */
  "member.change_password": { entity: Entity<"member">; details: { endedSessions: number } };
  "member.invite": { entity: Entity<"member">; details: { role: Role } };
  "member.invite_again": { entity: Entity<"member">; details: { role: Role } };
  "member.change_role": { entity: Entity<"member">; details: { before: Role; after: Role } };
  "member.disable": { entity: Entity<"member">; details: { role: Role } };
  "member.enable": { entity: Entity<"member">; details: { role: Role } };
  /** `replaces`: the link that opens nothing any more since this one was made. */
  "invitation.issue": {
    entity: Entity<"invitation">;
    details: { memberId: string; purpose: LinkPurpose; expiresAt: string; replaces: string | null };
  };
  "invitation.withdraw": {
    entity: Entity<"invitation">;
    details: { memberId: string; purpose: LinkPurpose };
  };
  "invitation.accept": {
    entity: Entity<"invitation">;
    details: { memberId: string; purpose: LinkPurpose };
  };
  "invitation.refuse": {
    entity: Entity<"invitation">;
    details: { memberId: string; code: LinkTrouble };
  };
  "session.open": { entity: Entity<"session">; details: { memberId: string; provedWith: Proof } };
  /** The password was right and a code was asked for: who never gives it stands here all the same. */
  "session.ask_code": { entity: Entity<"session">; details: { memberId: string } };
  "session.refuse": {
    entity: Entity<"session">;
    details: { memberId: string | null; code: SessionRefusal };
  };
  /** Somebody signed in proved anew who they are, or failed to. */
  "session.step_up": { entity: Entity<"session">; details: { provedWith: Proof } };
  "session.refuse_step_up": { entity: Entity<"session">; details: { code: StepUpRefusal } };
  /** A member is known at the single sign-on from now on: made at their first, or found by an address it calls verified. */
  "identity.link": {
    entity: Entity<"identity">;
    details: { memberId: string; by: "first_sign_on" | "verified_email" };
  };
  /** A code app is named by its member, who has one at most. */
  "code_app.set_up": { entity: Entity<"code_app">; details: Record<string, never> };
  "code_app.replace": { entity: Entity<"code_app">; details: { endedSessions: number } };
  /** By an administrator, with its recovery codes: the member sets up new ones. */
  "code_app.reset": { entity: Entity<"code_app">; details: { unusedRecoveryCodes: number } };
  "recovery_code.create": {
    entity: Entity<"recovery_code">;
    details: { memberId: string; count: number; unusedBefore: number };
  };
  "recovery_code.use": { entity: Entity<"recovery_code">; details: { memberId: string; left: number } };
  "session.end": {
    entity: Entity<"session">;
    details: { memberId: string; by: "member" | "expiry" | "administrator" };
  };
  "application.create": { entity: Entity<"application">; details: { name: string; channels: string[] } };
  "application.change": {
    entity: Entity<"application">;
    details: {
      before: { name: string; channels: string[] };
      after: { name: string; channels: string[] };
    };
  };
  "application.disable": { entity: Entity<"application">; details: { name: string; reason: DisableReason } };
  "application.enable": { entity: Entity<"application">; details: { name: string } };
  "application_key.create": {
    entity: Entity<"application_key">;
    details: { applicationId: string; ending: string };
  };
  "application_key.confirm_stored": {
    entity: Entity<"application_key">;
    details: { applicationId: string; ending: string };
  };
  /** When a replaced key is to end by itself. */
  "application_key.plan_end": {
    entity: Entity<"application_key">;
    details: {
      applicationId: string;
      ending: string;
      before: string | null;
      after: string;
      replacedBy: string;
    };
  };
  "application_key.end": {
    entity: Entity<"application_key">;
    details: { applicationId: string; ending: string };
  };
  /** `goesOn`: the key whose planned end fell with it. */
  "application_key.revoke": {
    entity: Entity<"application_key">;
    details: { applicationId: string; ending: string; reason: RevokeReason; goesOn: string | null };
  };
  "policy.change": {
    entity: Entity<"policy">;
    details: { before: PolicyValues | null; after: PolicyValues; reason: string | null };
  };
  "retention.change": {
    entity: Entity<"retention">;
    details: { before: RetentionValues; after: RetentionValues; shortened: RetentionField[] };
  };
  "history.purge": {
    entity: Entity<"history">;
    /** The rows are PostgreSQL's estimate; null where it had none. */
    details: { month: string; historyDays: number; rows: number | null };
  };
  /**
   * A file of the history. Of each at most two entries, by its id: what is wanted and why, before the first byte; then
   * what was sent, before its last, or why it never became whole.
   */
  "history.export": {
    entity: Entity<"history">;
    details:
      | {
          stage: "started";
          what: HistoryExportKind;
          filters: Record<string, unknown>;
          customIds: boolean;
          columns: number;
          linesExpected: number;
          reason: string;
        }
      | { stage: "finished"; what: HistoryExportKind; lines: number; bytes: number; sha256: string }
      | { stage: "broken"; what: HistoryExportKind; lines: number }
      | { stage: "cancelled" | "expired"; what: HistoryExportKind };
  };
  /** Of a view neither name nor values: the one is free text. */
  "view.save": { entity: Entity<"view">; details: Record<string, never> };
  "view.remove": { entity: Entity<"view">; details: Record<string, never> };
  /** Of a target neither name nor address: the one is free text, the other may be a person's mailbox. */
  "notification_target.create": {
    entity: Entity<"notification_target">;
    details: { kind: TargetKind; events: NotificationEventName[] };
  };
  "notification_target.change": {
    entity: Entity<"notification_target">;
    details: {
      before: { events: NotificationEventName[]; locale: string };
      after: { events: NotificationEventName[]; locale: string };
    };
  };
  "notification_target.pause": { entity: Entity<"notification_target">; details: Record<string, never> };
  "notification_target.resume": { entity: Entity<"notification_target">; details: Record<string, never> };
  "notification_target.remove": { entity: Entity<"notification_target">; details: { kind: TargetKind } };
  "notification_target.rotate_secret": {
    entity: Entity<"notification_target">;
    /** Until when the old secret signs too. */
    details: { previousUntil: string };
  };
  "notification_target.test": {
    entity: Entity<"notification_target">;
    details: { ok: boolean; failure: DeliveryFailure | null; status: number | null };
  };
  "rollout_intent.prepare": { entity: Entity<"rollout_intent">; details: { exposurePercent: number } };
  "rollout.create": { entity: Entity<"rollout">; details: { build: string; stages: number[] } };
  "rollout.change_plan": {
    entity: Entity<"rollout">;
    details: { version: number; before: PlanFacts; after: PlanFacts; reason: string };
  };
  /** What is asked of a rollout, in the transaction before Unleash hears of it. */
  "rollout.start": RolloutStep;
  "rollout.advance": RolloutStep;
  "rollout.hold": RolloutStep;
  "rollout.resume": RolloutStep;
  "rollout.roll_back": RolloutStep;
  "rollout.halt": RolloutStep;
  "rollout.release_halt": RolloutStep;
  "rollout.drill": RolloutStep;
  "rollout.adopt": RolloutStep;
  "rollout.revert": RolloutStep;
  "rollout.finish": RolloutStep;
  /** What came of it at Unleash. */
  "rollout.settle": {
    entity: Entity<"rollout">;
    details: {
      changeId: string;
      kind: ChangeKind;
      state: "confirmed" | "refused" | "unknown";
      trouble: string | null;
    };
  };
  "rollout.settle_templates": {
    entity: Entity<"rollout">;
    details: { choice: TemplateChoice; people: number; reason: string };
  };
  /** The circuit of the gateways held open by hand until then; `wasUntil`: of the hold it replaces. */
  "circuit.open": {
    entity: Entity<"circuit">;
    details: { until: string; wasUntil: string | null; reason: string };
  };
  "circuit.release": {
    entity: Entity<"circuit">;
    details: { wasUntil: string | null; reason: string };
  };
  /** The report for the provider was taken out. */
  "incident.download": {
    entity: Entity<"incident">;
    details: { sha256: string; bytes: number };
  };
  "legacy_probe.change": {
    entity: Entity<"legacy_probe">;
    details: { isOn: boolean; everyMinutes: number | null };
  };
  /** Of a trial that a member asked for; those of the worker stand in their own table. */
  "legacy_probe.try": {
    entity: Entity<"legacy_probe">;
    details: { trouble: TrialTrouble | null; status: number | null };
  };
  "integration_run.open": {
    entity: Entity<"integration_run">;
    details: { kind: ApiKind; checks: number; callsAtMost: number };
  };
  "integration_run.halt": { entity: Entity<"integration_run">; details: Record<string, never> };
  "integration_run.settle": {
    entity: Entity<"integration_run">;
    details: { state: RunState; verdicts: VerdictCounts; testPeopleLeft: number };
  };
  "campaign.open": {
    entity: Entity<"campaign">;
    details: { name: string; kind: ApiKind; cells: number; endsAt: string };
  };
  "campaign.close": { entity: Entity<"campaign">; details: { name: string; count: number } };
  /** Its report was taken out. */
  "campaign.download": {
    entity: Entity<"campaign">;
    details: { what: string; sha256: string; bytes: number };
  };
  /** So many links at once; `number` is the first of them. */
  "campaign_tester.issue": {
    entity: Entity<"campaign_tester">;
    details: { campaignId: string; count: number; number: number };
  };
  "campaign_tester.withdraw": {
    entity: Entity<"campaign_tester">;
    details: { campaignId: string; number: number };
  };
  /** They agreed to the text of this version, read in this language. */
  "campaign_tester.consent": {
    entity: Entity<"campaign_tester">;
    details: { campaignId: string; number: number; version: string; locale: Locale };
  };
  /** They ended it themselves. */
  "campaign_tester.end": {
    entity: Entity<"campaign_tester">;
    details: { campaignId: string; number: number };
  };
  "early_adopters.add": { entity: Entity<"early_adopters">; subject?: Subject; details: { count: number } };
  "early_adopters.remove": {
    entity: Entity<"early_adopters">;
    subject?: Subject;
    details: { count: number };
  };
  "early_adopters.import": {
    entity: Entity<"early_adopters">;
    details: {
      rows: number;
      added: number;
      known: number;
      /** Rows that name somebody whom a row before them names. */
      repeated: number;
      refused: number;
      fileSha256: string;
    };
  };
  "false_accept.report": {
    entity: Entity<"false_accept">;
    details: { loginId: string | null; reason: string };
  };
  "person.search": {
    entity: Entity<"person">;
    details: {
      kind: "exact" | "prefix" | "part" | "list";
      results: number;
      /** `rollout`: whether somebody is an early adopter, and what the rollout says to them. */
      purpose: SearchPurpose | "rollout";
    };
  };
  "person.view": { entity: Entity<"person">; subject: Subject; details: Record<string, never> };
  "person.verify": {
    entity: Entity<"person">;
    subject: Subject;
    details: Record<string, never>;
    sealed: { verificationId: string; outcome: string; reason: string };
  };
  "person.recapture": {
    entity: Entity<"person">;
    subject: Subject;
    details: { reason: RecaptureReason };
    /** The state the attempt ended in; without an attempt, the code of what refused it. */
    sealed: { enrolmentId: string | null; state: string };
  };
  /** That the keys of what the log told of a person were destroyed. */
  "person.shred": { entity: Entity<"person">; subject: Subject; details: { keys: number } };
  "audit_epoch.rotate": {
    entity: Entity<"audit_epoch">;
    details: { before: number | null; after: number };
  };
  "sample_data.create": {
    entity: Entity<"sample_data">;
    details: { seed: number; applicationIds: string[] };
  };
  /** Written before the first row goes, with what there was, and with the last, with what went. */
  "sample_data.remove": {
    entity: Entity<"sample_data">;
    details: { stage: "started" | "finished"; people: number; logins: number; verifications: number };
  };
  /** A checkpoint over everything up to now was asked for. */
  "audit.sign": { entity: Entity<"audit">; details: Record<string, never> };
  "audit.verify": { entity: Entity<"audit">; details: { treeSize: number } };
  /** Somebody opened the log, or what an entry of it tells of a person; at most once in ten minutes per member. */
  "audit.view": { entity: Entity<"audit">; details: Record<string, never> };
  /**
   * Three entries at most of one export, by its id: what is wanted, before the first byte; then what was sent, before the
   * last one, or that it broke off.
   */
  "audit.export": {
    entity: Entity<"audit">;
    details:
      | { stage: "started"; what: ExportKind; filters: LogFilters | null; columns: number | null }
      | { stage: "finished"; what: ExportKind; entries: number; bytes: number; sha256: string }
      | { stage: "broken"; what: ExportKind; entries: number };
  };
  /** Somebody asked what the log holds of a person: so many entries, counted up to a thousand. */
  "audit.search": { entity: Entity<"audit">; subject: Subject; details: { results: number } };
  "request.open": {
    entity: Entity<"request">;
    subject: Subject;
    details: {
      protocol: string;
      right: Right;
      regimes: Regime[];
      channel: Channel;
      receivedAt: string;
      applicationId: string | null;
      deletionReason: DeletionReason | null;
      batchId: string | null;
      /** The protocol of the earlier erasure that a restored database forgot, and that this one repeats. */
      restores?: string;
    };
  };
  "request.extend": {
    entity: Entity<"request">;
    subject: Subject;
    details: { before: string; after: string; reason: string };
  };
  "request.ask_identity": RequestStep;
  "request.confirm_identity": RequestStep<{ method: IdentityMethod }>;
  "request.propose": RequestStep<{
    proposal: Proposal;
    previewDigest: string;
    denialGround: DenialGround | null;
  }>;
  "request.send_back": RequestStep<{ reason: string }>;
  "request.approve": RequestStep<{
    previewDigest: string;
    executeAt: string | null;
    isSingleControl: boolean;
  }>;
  "request.deny": RequestStep<{
    previewDigest: string;
    denialGround: DenialGround | null;
    isSingleControl: boolean;
  }>;
  "request.withdraw": RequestStep<{ reason: string }>;
  "request.close": RequestStep<{ reason: "duplicate" | "not_controller" | "unverified" }>;
  /** The intent, in the transaction before the act. */
  "request.attempt": {
    entity: Entity<"request">;
    subject: Subject;
    details: { attemptId: string; number: number; kind: AttemptKind };
  };
  /** What came of it: `status` is the API's, the answer is told by its SHA-256 alone. */
  "request.settle_attempt": {
    entity: Entity<"request">;
    subject: Subject;
    details: {
      attemptId: string;
      number: number;
      kind: AttemptKind;
      state: AttemptState;
      code: string | null;
      status: number | null;
      answerSha256: string | null;
    };
  };
  "request.start": RequestStep;
  "request.note_done": RequestStep;
  "request.note_unknown": RequestStep<{ nextTryAt: string | null }>;
  "request.note_failure": RequestStep<{ code: string; nextTryAt: string | null }>;
  "request.retry": RequestStep;
  "request.complete": RequestStep<{ receiptDigest: string }>;
  "request.reopen": RequestStep<{ reason: "restored" }>;
  "request.settle_recipient": {
    entity: Entity<"request">;
    subject: Subject;
    details: { recipientId: string; state: RecipientState };
  };
  /** A receipt, a letter or the statement of what is held was taken out. */
  "request.download": {
    entity: Entity<"request">;
    details: { what: string; sha256: string; bytes: number };
  };
  "request_batch.open": {
    entity: Entity<"request_batch">;
    /**
     * Of a list that the installation made instead of a file: the version of the settings with the retention's rule, or the
     * choice after a roll back.
     */
    details: {
      name: string;
      right: Right;
      rows: number;
      fileSha256: string | null;
      retention?: number;
      settlementId?: string;
    };
  };
  "request_batch.assess": BatchStep<{ good: number; leftOut: number }>;
  /** What whoever assessed it put before the second person: so many requests, and the digest an approval is bound to. */
  "request_batch.propose": BatchStep<{ previewDigest: string; requests: number }>;
  "request_batch.approve": BatchStep<{ previewDigest: string; executeAt: string; isSingleControl: boolean }>;
  "request_batch.withdraw": BatchStep<{ reason: string }>;
  "request_batch.complete": BatchStep;
  "request_batch.pause": { entity: Entity<"request_batch">; details: Record<string, never> };
  "request_batch.resume": { entity: Entity<"request_batch">; details: Record<string, never> };
  "request_batch.pace": {
    entity: Entity<"request_batch">;
    details: { before: number | null; after: number | null };
  };
  /** The rows that were left out were taken out as a table. */
  "request_batch.download": {
    entity: Entity<"request_batch">;
    details: { rows: number; bytes: number; sha256: string };
  };
  "hold.place": { entity: Entity<"hold">; subject: Subject; details: { reason: string } };
  "hold.release": {
    entity: Entity<"hold">;
    subject: Subject;
    details: { reason: string; isSingleControl: boolean };
  };
  "person.block": {
    entity: Entity<"person">;
    subject: Subject;
    details: { cause: BlockCause } & Blocker;
  };
  "person.unblock": {
    entity: Entity<"person">;
    subject: Subject;
    details: { cause: BlockCause | null; reason: string | null } & Blocker;
  };
  "person.import": {
    entity: Entity<"person">;
    details: { rows: number; imported: number; known: number; refused: number; fileSha256: string };
  };
  "action.refuse": {
    entity: Entity<"action">;
    details: { action: string; permission: string; because: RefusalReason };
  };
};

/** Where a rollout stands. `place` counts the stages of its plan from 0; null before it has one. */
export type RolloutFacts = {
  place: number | null;
  exposurePercent: number;
  offersEarlyAdopters: boolean;
  halted: boolean;
  held: boolean;
};

type RolloutStep = {
  entity: Entity<"rollout">;
  details: {
    changeId: string;
    before: RolloutFacts;
    after: RolloutFacts;
    reason: string | null;
    /** What Unleash said otherwise, where that was adopted or reverted. */
    drift?: Difference[];
  };
};

/** A plan in the log, as far as a reader tells one from another. */
type PlanFacts = { stages: number[]; margins: (number | null)[] };

/** A request moved from one state to the next. */
type RequestStep<More extends object = object> = {
  entity: Entity<"request">;
  subject: Subject;
  details: { before: RequestState; after: RequestState } & More;
};

/** So did a list of them. */
type BatchStep<More extends object = object> = {
  entity: Entity<"request_batch">;
  details: { before: BatchState; after: BatchState } & More;
};

export type AuditAction = keyof AuditActs;

/** What an act can be about. */
export type AuditedEntity = AuditActs[AuditAction]["entity"]["type"];

export type AuditEntry<A extends AuditAction = AuditAction> = {
  [K in A]: { action: K; actor: Actor; at: Date } & AuditActs[K];
}[A];

/** An entry as the log commits to it; what it does not have is left out. */
export type LogEntry = {
  sequence: number;
  id: string;
  at: string;
  actorId?: string;
  actorRole: string;
  action: string;
  entityType: string;
  entityId?: string;
  outcome: "done" | "refused";
  details: Record<string, unknown>;
  subjectRef?: string;
  subjectEpoch?: number;
  sealedHash?: string;
};

/** One kind of thing that is wrong with the log. */
export type LogFinding = {
  code: FindingCode;
  /**
   * The first bad entry, or the first in doubt where a checkpoint is not true of the log; of other checkpoints the number
   * of entries they cover; null for an entry that has no place in the log.
   */
  sequence: number | null;
  entryId: string | null;
  count: number;
};

/** One run of verifying the log; `findings` is null until it is finished. */
export type LogVerification = {
  id: string;
  by: string | null;
  isNightly: boolean;
  startedAt: Date;
  finishedAt: Date | null;
  treeSize: number;
  checked: number;
  findings: LogFinding[] | null;
};

/** A checkpoint, and where it is kept outside the database. */
export type KeptCheckpoint = {
  treeSize: number;
  signedAt: Date;
  cause: CheckpointCause;
  note: string;
  keptInFileAt: Date | null;
  /** How many webhooks took it, as far as their deliveries are still kept. */
  webhooks: number;
  /** The most tries one of them took. */
  webhookTries: number | null;
};

/** That an entry is in the log; hashes in hexadecimal, the proof as in RFC 9162. */
export type EntryProof = {
  sequence: number;
  sealedAt: Date;
  leaf: string;
  checkpoint: { treeSize: number; note: string; proof: string[] } | null;
};

/** Why a checkpoint was signed. */
export type CheckpointCause = (typeof CHECKPOINT_CAUSES)[number];

/** Acts that change how the installation works, for those who watch it. */
export type ChangeAction = Extract<
  AuditAction,
  | "rollout_intent.prepare"
  | "policy.change"
  | "application.create"
  | "application.change"
  | "application.disable"
  | "application.enable"
  | "application_key.create"
  | "application_key.revoke"
  | "retention.change"
>;

/** One such change; `by` is null for the installation itself. */
export type Change = {
  id: string;
  at: Date;
  action: ChangeAction;
  entityId: string | null;
  by: string | null;
};

/**
 * How much of the log a reader gets: all of it; or what was done to the kinds of things they look after and what they did
 * themselves, entries that are about a person only where `people` says so.
 */
export type AuditScope =
  | { kind: "all" }
  | { kind: "own_area"; memberId: string; entities: AuditedEntity[]; people: boolean };
