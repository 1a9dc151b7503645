import type { FastifyDynamicSwaggerOptions } from "@fastify/swagger";
import { z } from "zod";
import { REGIMES } from "#lib/deadlines/types.ts";
import type { EVENT_GROUPS } from "#lib/notifications/rules.ts";
import { PAYLOAD_VERSION, type RequestEventName } from "#lib/notifications/schema.ts";
import type { NotificationData, RequestFacts, RolloutActFacts } from "#lib/notifications/types.ts";
import { PROPOSALS, REQUEST_STATES, RIGHTS } from "#lib/requests/types.ts";
import { VERDICT_REASONS } from "#lib/rollout-evidence/schema.ts";
import { DIFFERENCES } from "#lib/unleash/types.ts";

const time = z.iso.datetime();

/** What every event of a request tells of it. */
export const requestFactsSchema = z.strictObject({
  requestId: z.uuid().meta({ description: "The `id` that `POST /v1/requests` answered." }),
  protocol: z.string(),
  right: z.enum(RIGHTS),
  state: z.enum(REQUEST_STATES).meta({ description: "As it was when this happened." }),
  regimes: z.array(z.enum(REGIMES)),
  receivedAt: time,
  dueAt: time.meta({ description: "The first moment that is too late." }),
  proposal: z.enum(PROPOSALS).nullable().meta({ description: "What the second person decides, or decided." }),
  executeAt: time.nullable().meta({ description: "When an approved one is carried out." }),
  applicationId: z.uuid().nullable().meta({ description: "Which application passed it on." }),
}) satisfies z.ZodType<RequestFacts>;

const act = z.strictObject({
  rolloutId: z.uuid().nullable(),
  build: z.string().nullable(),
  fromPercent: z.int(),
  toPercent: z.int(),
  by: z.uuid().nullable().meta({ description: "The member who did it; null for the rule." }),
  because: z.enum(VERDICT_REASONS).nullable().meta({ description: "Why the rule did it." }),
}) satisfies z.ZodType<RolloutActFacts>;

const stage = z.strictObject({
  rolloutId: z.uuid(),
  build: z.string(),
  exposurePercent: z.int(),
  nextPercent: z.int().nullable().meta({ description: "Null at the last stage." }),
  reason: z.enum(VERDICT_REASONS),
}) satisfies z.ZodType<NotificationData["rollout.ready"]>;

const drift = z.strictObject({
  since: time,
  codes: z.array(z.enum(DIFFERENCES)),
  widens: z.boolean(),
}) satisfies z.ZodType<NotificationData["rollout.drift"]>;

type Described = RequestEventName | (typeof EVENT_GROUPS.rollout)[number];
const request = (summary: string) => ({
  tag: "Request",
  summary,
  data: requestFactsSchema,
  more: OF_REQUESTS,
});
const rollout = (summary: string, data: z.ZodType) => ({ tag: "Rollout", summary, data, more: "" });

const OF_REQUESTS =
  "Targets are the installation's, and are told of every application's requests. Requests that came with a list tell " +
  "nothing by themselves.";

const TOLD: Record<Described, ReturnType<typeof request> | ReturnType<typeof rollout>> = {
  "request.received": request("A request was opened"),
  "request.needs_approval": request("A decision waits for the second person"),
  "request.sent_back": request("It is to be assessed anew"),
  "request.approved": request("It was granted"),
  "request.denied": request("It was denied"),
  "request.completed": request("It was carried out and proven"),
  "request.closed": request("It ended without a decision"),
  "request.failed": request("It failed and waits for a member"),
  "request.outcome_unknown": request("It is not known yet whether it was carried out"),
  "request.due_soon": request("It is open and due soon"),
  "request.overdue": request("It is open and overdue"),
  "rollout.ready": rollout("Proven, and waiting for a person's word", stage),
  "rollout.held": rollout("It does not go on, and somebody is needed", stage.extend({ pages: z.boolean() })),
  "rollout.advanced": rollout("It went on to the next stage", act),
  "rollout.rolled_back": rollout("It was rolled back", act),
  "rollout.halted": rollout("Biometric login was halted", act),
  "rollout.released": rollout("The halt ended", act),
  "rollout.drift": rollout("The flag in Unleash is not what was asked of it", drift),
};

const DESCRIPTION =
  "Signed by the Standard Webhooks specification and sent to the targets of Settings, Notifications that chose it. It " +
  "may arrive twice, under the same `webhook-id`. ";

const header = (description: string) => ({
  required: true,
  description,
  schema: { type: "string" as const },
});
const SIGNED = [
  { in: "header" as const, name: "webhook-id", ...header("The same in every try.") },
  { in: "header" as const, name: "webhook-timestamp", ...header("Seconds; refuse old ones.") },
  { in: "header" as const, name: "webhook-signature", ...header("`v1,` and an HMAC-SHA-256, or several.") },
];

type Given = NonNullable<FastifyDynamicSwaggerOptions["openapi"]>;
type WebhooksOf<Document> = Document extends { webhooks?: infer Webhooks } ? NonNullable<Webhooks> : never;
type Webhooks = WebhooksOf<Given>;

/** The webhooks of requests and rollouts as OpenAPI 3.1 describes them. */
export const describedWebhooks = (): Webhooks =>
  Object.fromEntries(
    Object.entries(TOLD).map(([type, { tag, summary, data, more }]) => {
      const payload = z.strictObject({
        type: z.literal(type),
        version: z.literal(PAYLOAD_VERSION),
        timestamp: time,
        data,
      });
      const { $schema: _, ...schema } = z.toJSONSchema(payload);
      const post = {
        tags: [tag],
        summary,
        description: `${DESCRIPTION}${more}`.trimEnd(),
        parameters: SIGNED,
        requestBody: { required: true, content: { "application/json": { schema } } },
        responses: { "2XX": { description: "Taken. Anything else, or nothing, is tried again." } },
      };
      return [type, { post }];
    }),
    // JSON Schema of 2020 is what OpenAPI 3.1 takes; the types of zod and of the plugin do not know each other.
  ) as Webhooks;
