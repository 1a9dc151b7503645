import fastifySwagger from "@fastify/swagger";
import fastifySwaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance } from "fastify";
import { describedWebhooks } from "../webhooks.ts";
import { describeCall, describeSchemas } from "./describe-answers.ts";

const DESCRIPTION = `Enroll people and log them in by face or fingers, with the password always as the way out.

1. \`POST /v1/logins\` opens a login and says which path it takes. Send a picture with it to do steps 1 and 2 at once.
2. \`POST /v1/logins/{loginId}/verifications\` compares a picture: approved, rejected, retry_capture or use_legacy.
3. \`POST /v1/logins/{loginId}/legacy-outcome\` tells how the old way ended, so that both ways are compared fairly.

What a user asks of their data, \`POST /v1/requests\` passes on. What became of it, \`GET /v1/requests/{id}\` says, and the
webhooks below tell by themselves to a receiver that an administrator entered under Settings, Notifications.

Show \`feedback.text\` as it stands. Whatever is away, a login is answered within the time limit; \`use_legacy\` means: ask
for the password. Send an \`Idempotency-Key\` with every POST and PUT you may have to repeat: the answer is kept 24 hours.
Errors are RFC 9457 problem details with a \`code\`; \`detail\` says what to do next.`;

/** The one sheet that Swagger UI writes into the page by itself. */
const OWN_STYLE = "'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='";
/** The page runs its own files, shows its own pictures and calls this gateway; nothing else, and in no frame. */
const PAGE_POLICY =
  `default-src 'none'; script-src 'self'; style-src 'self' ${OWN_STYLE}; img-src 'self' data:; ` +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Serves OpenAPI 3.1 at /openapi.json and /openapi.yaml and a readable page at /docs, all from this process alone. */
export async function documentCalls(app: FastifyInstance): Promise<void> {
  await app.register(fastifySwagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Gatehouse gateway", version: "1.0.0", description: DESCRIPTION },
      components: { securitySchemes: { applicationKey: { type: "http", scheme: "bearer" } } },
      webhooks: describedWebhooks(),
      tags: [
        { name: "Enrollment", description: "Who may log in by biometrics" },
        { name: "Login", description: "One attempt of a person to get in" },
        { name: "Comparison", description: "Two pictures, nobody's enrollment" },
        { name: "Request", description: "What a data subject asks for" },
        { name: "Rollout", description: "Who is offered biometrics, and why" },
        { name: "Health", description: "Whether this gateway can answer" },
      ],
    },
    transform: describeCall,
    transformObject: describeSchemas,
  });
  await app.register(fastifySwaggerUi, {
    routePrefix: "/docs",
    staticCSP: PAGE_POLICY,
    uiConfig: { docExpansion: "list", deepLinking: true, validatorUrl: null },
    theme: {
      title: "Gatehouse gateway",
      css: [{ filename: "plain.css", content: ".swagger-ui .topbar { display: none; }" }],
    },
  });
  app.get("/openapi.json", { schema: { hide: true } }, async () => app.swagger());
  app.get("/openapi.yaml", { schema: { hide: true } }, async (_, reply) => {
    return reply
      .type("application/yaml; charset=utf-8")
      .serializer(String)
      .send(app.swagger({ yaml: true }));
  });
}
