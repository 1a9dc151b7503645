import { z } from "zod";

/** Everything the installation can tell today; a new event is a line here, its data in types.ts and its letter. */
export const NOTIFICATION_EVENTS = [
  "incident.opened",
  "incident.closed",
  "circuit.held",
  "circuit.given_back",
  "gateway.silent",
  "gateway.back",
  "policy.changed",
  "application_key.created",
  "application_key.ended",
  "retention.shortened",
  "sign_in.refused_repeatedly",
  "audit.checkpoint_signed",
  "audit.seal_late",
  "audit.sealed_again",
  "audit.history_changed",
  "audit.verification_failed",
  "administrator.added",
  "request.received",
  "request.needs_approval",
  "request.sent_back",
  "request.approved",
  "request.denied",
  "request.completed",
  "request.closed",
  "request.failed",
  "request.outcome_unknown",
  "request.due_soon",
  "request.overdue",
  "request_list.received",
  "request_list.needs_approval",
  "request_list.approved",
  "request_list.completed",
  "request_list.withdrawn",
  "request_list.failed",
  "request_list.due_soon",
  "request_list.overdue",
  "legacy_login.failing",
  "legacy_login.works_again",
  "rollout.ready",
  "rollout.held",
  "rollout.advanced",
  "rollout.rolled_back",
  "rollout.halted",
  "rollout.released",
  "rollout.drift",
] as const;
export type NotificationEventName = (typeof NOTIFICATION_EVENTS)[number];
export type RequestEventName = Extract<NotificationEventName, `request.${string}`>;
export type ListEventName = Extract<NotificationEventName, `request_list.${string}`>;
/** What somebody, or the rule, did to a rollout. */
export type RolloutActEventName = Extract<
  NotificationEventName,
  `rollout.${"advanced" | "rolled_back" | "halted" | "released"}`
>;

/** Told every few minutes, for a machine that keeps them: nobody wants them in a mailbox. */
export const WEBHOOK_EVENTS = ["audit.checkpoint_signed"] as const satisfies NotificationEventName[];

export const TARGET_KINDS = ["webhook", "email"] as const;
export type TargetKind = (typeof TARGET_KINDS)[number];

/** The version of what a webhook is sent; it grows when a field changes its meaning or goes. */
export const PAYLOAD_VERSION = 1;

const MOST_NAME = 60;
const MOST_ADDRESS = 500;

/** A web address to post to: http or https, without a name or password in it. */
export const webhookAddress = z
  .url({ protocol: /^https?$/ })
  .max(MOST_ADDRESS)
  // What is no address at all is refused above; this is asked all the same.
  .refine((text) => !URL.canParse(text) || new URL(text).username + new URL(text).password === "");

/** Whether a target of this kind may choose all of these events. */
export const isForKind = (kind: TargetKind, events: readonly NotificationEventName[]): boolean =>
  kind === "webhook" || WEBHOOK_EVENTS.every((event) => !events.includes(event));

const common = {
  name: z.string().trim().min(1).max(MOST_NAME),
  events: z.array(z.enum(NOTIFICATION_EVENTS)).min(1),
  locale: z.enum(["en", "pt-BR"]),
};

/** What a target is made from. */
export const targetSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("webhook"), address: webhookAddress, ...common }),
  z.object({
    kind: z.literal("email"),
    address: z.email().max(MOST_ADDRESS),
    ...common,
    events: common.events.refine((events) => isForKind("email", events)),
  }),
]);
export type TargetInput = z.infer<typeof targetSchema>;

/** What may be changed of a target. */
export const targetChangeSchema = z.object({ targetId: z.uuid(), ...common });
export type TargetChange = z.infer<typeof targetChangeSchema>;
