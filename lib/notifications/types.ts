import type { FindingCode } from "#lib/audit/schema.ts";
import type { Regime } from "#lib/deadlines/types.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import type { ApiProbe, Part, TroubleCause } from "#lib/incidents/schema.ts";
import type { TrialTrouble } from "#lib/legacy-probe/schema.ts";
import type { BatchState, Proposal, RequestState, Right } from "#lib/requests/types.ts";
import type { RetentionValues } from "#lib/retention/schema.ts";
import type { VerdictReason } from "#lib/rollout-evidence/schema.ts";
import type { DifferenceCode } from "#lib/unleash/types.ts";
import type {
  ListEventName,
  NotificationEventName,
  RequestEventName,
  RolloutActEventName,
  TargetKind,
} from "./schema.ts";

/** A request as every event of it tells it: as it was at that moment. Who it is about is nowhere in it. */
export type RequestFacts = {
  requestId: string;
  protocol: string;
  right: Right;
  state: RequestState;
  regimes: Regime[];
  receivedAt: string;
  /** The first moment that is too late. */
  dueAt: string;
  /** What was put before the second person, and decided where the state says so; null before that. */
  proposal: Proposal | null;
  /** When an approved one is to be carried out; null where nothing is waited for. */
  executeAt: string | null;
  /** The application that passed it on; null where a member or the installation opened it. */
  applicationId: string | null;
};

/** A list of people who asked for the same, as every event of it tells it. Its requests tell nothing by themselves. */
export type ListFacts = {
  listId: string;
  name: string;
  right: Right;
  state: BatchState;
  regimes: Regime[];
  receivedAt: string;
  dueAt: string;
  rows: number;
  /** How many of its rows are requests by now, and of these, how many are completed and how many wait for a member. */
  requests: number;
  completed: number;
  failed: number;
};

/** An act on a rollout: of 100 logins, how many were and are to be offered biometrics. */
export type RolloutActFacts = {
  /** Both null where no rollout was open. */
  rolloutId: string | null;
  build: string | null;
  fromPercent: number;
  toPercent: number;
  /** The member who did it; null for the rule, which then says why. */
  by: string | null;
  because: VerdictReason | null;
};

/** A rollout at a stage of its plan, and what the rule says of it. */
export type RolloutStageFacts = {
  rolloutId: string;
  build: string;
  exposurePercent: number;
  /** Null at the last stage. */
  nextPercent: number | null;
  reason: VerdictReason;
};

/** A part in trouble: why, the first cause first, and of the API which calls fail. */
export type IncidentFacts = {
  incidentId: string;
  part: Part;
  causes: TroubleCause[];
  operations: ApiProbe[];
  since: string;
};

/**
 * What is told with each event, as sent to a webhook. Times are ISO 8601 in UTC. Never a CustomID, an address, a name
 * of a person or a secret: it leaves the installation.
 */
export type NotificationData = {
  "incident.opened": IncidentFacts;
  /** What it cost when it ended; logins that failed in it may still end for a while. */
  "incident.closed": IncidentFacts & { until: string; logins: number; people: number };
  /** The circuit of every gateway is held open by hand, and ends by itself then: of that nothing more is told. */
  "circuit.held": { until: string; by: string | null };
  /** Given back before its end. */
  "circuit.given_back": { by: string | null };
  "gateway.silent": { gateway: string; lastSeenAt: string };
  "gateway.back": { gateway: string; since: string };
  "policy.changed": { version: number };
  "application_key.created": { applicationId: string; application: string; ending: string };
  "application_key.ended": { applicationId: string; application: string; ending: string };
  "retention.shortened": { version: number; before: RetentionValues; after: RetentionValues; from: string };
  "sign_in.refused_repeatedly": { memberId: string; refusals: number; minutes: number };
  /** `note` is the signed checkpoint itself: whoever keeps it can later prove what the log was. */
  "audit.checkpoint_signed": { treeSize: number; note: string };
  "audit.seal_late": { waiting: number; since: string };
  "audit.sealed_again": { since: string };
  /** The log no longer begins with the entries an earlier checkpoint signed. */
  "audit.history_changed": { keptSize: number; treeSize: number };
  "audit.verification_failed": { verificationId: string; treeSize: number; codes: FindingCode[] };
  /** `by`: the member who did it; null for the installation, as at a first single sign-on. */
  "administrator.added": { memberId: string; by: string | null };
  /** So many trials of the legacy login in a row failed; why the last of them did, with the status it was answered, if any. */
  "legacy_login.failing": { failures: number; trouble: TrialTrouble; status: number | null };
  "legacy_login.works_again": { since: string };
  "rollout.ready": RolloutStageFacts;
  /** `pages`: somebody should be woken. */
  "rollout.held": RolloutStageFacts & { pages: boolean };
  /** How Unleash differs from what is asked of it; `widens`: it would offer biometrics to more people, was it obeyed. */
  "rollout.drift": { since: string; codes: DifferenceCode[]; widens: boolean };
} & Record<RequestEventName, RequestFacts> &
  Record<ListEventName, ListFacts> &
  Record<RolloutActEventName, RolloutActFacts>;

/** An event somebody may choose, with its data. */
export type NotificationEvent = {
  [Name in NotificationEventName]: { type: Name; data: NotificationData[Name] };
}[NotificationEventName];

/** What can be delivered: an event, or a test that nobody chooses. */
export type Message = NotificationEvent | { type: "test"; data: { target: string } };

export type Letter = { subject: string; lines: string[] };

/** How figures and times are written in the reader's language and zone; `lastDay` is the one before a deadline's moment. */
export type Words = {
  number(value: number): string;
  time(iso: string): string;
  lastDay(dueAt: string): string;
};

/** A letter for every message, in one language. */
export type Composers = {
  [Type in Message["type"]]: (data: Extract<Message, { type: Type }>["data"], words: Words) => Letter;
};

/** The body a webhook is posted. */
export type Payload = { type: Message["type"]; version: number; timestamp: string; data: Message["data"] };

/** Why a try failed. The page says each in a sentence, with what to do. */
export const DELIVERY_FAILURES = [
  "timeout",
  "connection_refused",
  "connection_lost",
  "unknown_host",
  "bad_certificate",
  "garbage",
  "redirected",
  "http_status",
  "secret_unreadable",
  "smtp_not_set",
  "smtp_auth_refused",
  "smtp_no_tls",
  "mailbox_full",
  "mailbox_refused",
  "message_refused",
] as const;
export type DeliveryFailure = (typeof DELIVERY_FAILURES)[number];
/** Those of a post to a web address. */
export type PostFailure = Exclude<
  DeliveryFailure,
  `smtp_${string}` | `mailbox_${string}` | "message_refused" | "secret_unreadable"
>;

/** How one try ended; `status` is that of HTTP or SMTP, null where no answer came. */
export type TryResult<Failure extends DeliveryFailure = DeliveryFailure> =
  | { ok: true; status: number; latencyMs: number }
  | { ok: false; failure: Failure; status: number | null; latencyMs: number };

export type DeliveryState = "waiting" | "delivered" | "given_up";

/** One delivery as the page lists it. */
export type Delivery = {
  eventId: string;
  type: Message["type"];
  state: DeliveryState;
  attempts: number;
  createdAt: Date;
  nextTryAt: Date;
  lastTriedAt: Date | null;
  lastStatus: number | null;
  lastFailure: DeliveryFailure | null;
  lastLatencyMs: number | null;
};

/** A target as the page shows it: its address without what may be secret in it. */
export type Target = {
  id: string;
  kind: TargetKind;
  name: string;
  address: string;
  isEncrypted: boolean;
  events: NotificationEventName[];
  locale: Locale;
  createdAt: Date;
  pausedAt: Date | null;
  /** Until when the secret before the last rotation signs too. */
  previousSecretUntil: Date | null;
  deliveries: Delivery[];
};

export type Standing = "working" | "failing" | "paused" | "unused";

/** Where e-mail is handed in. */
export type SmtpServer = {
  host: string;
  port: number;
  /** TLS from the first byte; else STARTTLS, which is required where a password is sent. */
  secure: boolean;
  auth: { user: string; pass: string } | null;
  from: string;
  /** Certificates trusted beside the usual ones. */
  ca?: string;
};

/** What sending needs of its process. */
export type Sender = { secretKey: Uint8Array; smtp: SmtpServer | null; timeZone: string };
