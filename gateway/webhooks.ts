import type { FastifyDynamicSwaggerOptions } from "@fastify/swagger";
import { z } from "zod";
import { REGIMES } from "#lib/deadlines/types.ts";
import { PAYLOAD_VERSION, type RequestEventName } from "#lib/notifications/schema.ts";
import type { RequestFacts } from "#lib/notifications/types.ts";
import { PROPOSALS, REQUEST_STATES, RIGHTS } from "#lib/requests/types.ts";

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

const TOLD: Record<RequestEventName, string> = {
  "request.received": "A request was opened",
  "request.needs_approval": "A decision waits for the second person",
  "request.sent_back": "It is to be assessed anew",
  "request.approved": "It was granted",
  "request.denied": "It was denied",
  "request.completed": "It was carried out and proven",
  "request.closed": "It ended without a decision",
  "request.failed": "It failed and waits for a member",
  "request.outcome_unknown": "It is not known yet whether it was carried out",
  "request.due_soon": "It is open and due soon",
  "request.overdue": "It is open and overdue",
};

const DESCRIPTION =
  "Signed by the Standard Webhooks specification and sent to the targets of Settings, Notifications that chose it: " +
  "targets are the installation's, and are told of every application's requests. It may arrive twice, under the same " +
  "`webhook-id`. Requests that came with a list tell nothing by themselves.";

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

/** The webhooks of requests as OpenAPI 3.1 describes them. */
export const requestWebhooks = (): Webhooks =>
  Object.fromEntries(
    Object.entries(TOLD).map(([type, summary]) => {
      const payload = z.strictObject({
        type: z.literal(type),
        version: z.literal(PAYLOAD_VERSION),
        timestamp: time,
        data: requestFactsSchema,
      });
      const { $schema: _, ...schema } = z.toJSONSchema(payload);
      const post = {
        tags: ["Request"],
        summary,
        description: DESCRIPTION,
        parameters: SIGNED,
        requestBody: { required: true, content: { "application/json": { schema } } },
        responses: { "2XX": { description: "Taken. Anything else, or nothing, is tried again." } },
      };
      return [type, { post }];
    }),
    // JSON Schema of 2020 is what OpenAPI 3.1 takes; the types of zod and of the plugin do not know each other.
  ) as Webhooks;
