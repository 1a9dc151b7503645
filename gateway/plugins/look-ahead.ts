import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Applicant, Asked } from "#lib/logins/types.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** What a call needs to know whatever becomes of its Idempotency-Key: it is asked beside the claim. Reads alone. */
    ahead?: (request: FastifyRequest) => void;
  }
  interface FastifyRequest {
    /** What the database says of the person who wants to log in, on its way. */
    applicant: Promise<Asked<Applicant | null>> | null;
  }
}

/** Starts the reads of a call, once its body is known to be good, and waits for none. It stands before `replayAnswers`. */
export function lookAhead(app: FastifyInstance): void {
  app.decorateRequest("applicant", null);
  app.addHook("preHandler", (request, _, done) => {
    request.routeOptions.config.ahead?.(request);
    done();
  });
}
