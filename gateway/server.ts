import fastifyRateLimit from "@fastify/rate-limit";
import Fastify, { type FastifyInstance } from "fastify";
import { validatorCompiler, type ZodTypeProvider } from "fastify-type-provider-zod";
import { newIdAt } from "#lib/ids.ts";
import type { GatewayParts } from "./parts/gateway-parts.ts";
import { addHeaders } from "./plugins/add-headers.ts";
import { answerBadAddress, answerProblems } from "./plugins/answer-problems.ts";
import { applicationOf, authenticate } from "./plugins/authenticate.ts";
import { authorize, demandPermissions } from "./plugins/authorize.ts";
import { documentCalls } from "./plugins/document-calls.ts";
import { logCalls } from "./plugins/log-calls.ts";
import { lookAhead } from "./plugins/look-ahead.ts";
import { replayAnswers } from "./plugins/replay-answers.ts";
import { Problem } from "./problems.ts";
import { comparisonRoutes } from "./routes/comparisons.ts";
import { enrollmentRoutes } from "./routes/enrollments.ts";
import { healthRoutes } from "./routes/health.ts";
import { loginEndingRoutes } from "./routes/login-endings.ts";
import { loginRoutes } from "./routes/logins.ts";
import { requestRoutes } from "./routes/requests.ts";

/** A face and ten fingers of 800 KiB each, as Base64, fit. */
const BODY_LIMIT_BYTES = 12 * 1024 * 1024;
/** Longest a sender may take over one request: a picture on a slow line, not a connection held for ever. */
const REQUEST_TIMEOUT_MS = 30_000;
const HEAD_TIMEOUT_MS = 10_000;
const LOOK_EVERY_MS = 5_000;

export type ServerOptions = { callsPerSecond: number };

/** Builds the HTTP server around the parts; it does not listen yet. */
export async function buildServer(parts: GatewayParts, options: ServerOptions): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: { headersTimeout: HEAD_TIMEOUT_MS, connectionsCheckingInterval: LOOK_EVERY_MS },
    // Every body is read by a strict schema, which refuses such a field as any other that nobody knows: the framework need
    // not look through the pictures for it.
    onProtoPoisoning: "ignore",
    onConstructorPoisoning: "ignore",
    routerOptions: { maxParamLength: 200 },
    genReqId: () => newIdAt(parts.clock()),
    frameworkErrors: answerBadAddress,
    // In-flight calls end in peace; new ones are refused by the closed socket, not by an answer.
    return503OnClosing: false,
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  // The types of the routes already hold the answers to the contract; a login need not be parsed again to be sent.
  app.setSerializerCompiler(() => JSON.stringify);
  demandPermissions(app);
  answerProblems(app, parts.log);
  logCalls(app, parts.log);
  app.addHook("onRequest", async (request, reply) => addHeaders(request, reply));
  await documentCalls(app);
  await app.register(healthRoutes, { parts });
  await app.register(async (v1) => {
    authenticate(v1, parts);
    authorize(v1);
    await v1.register(fastifyRateLimit, {
      max: options.callsPerSecond,
      timeWindow: 1_000,
      keyGenerator: (request) => applicationOf(request).applicationId,
      errorResponseBuilder: (_, { ttl }) => {
        return new Problem("rate_limited", { retryAfterSeconds: Math.max(1, Math.ceil(ttl / 1000)) });
      },
    });
    lookAhead(v1);
    replayAnswers(v1, { ledger: parts.ledger, digestKey: parts.keys.idempotency, clock: parts.clock });
    for (const routes of [
      enrollmentRoutes,
      loginRoutes,
      loginEndingRoutes,
      comparisonRoutes,
      requestRoutes,
    ]) {
      await v1.register(routes, { parts });
    }
  });
  return app;
}
