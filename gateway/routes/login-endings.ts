import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { closeLogin } from "#lib/logins/close-login.ts";
import { reportLogin } from "#lib/logins/report-login.ts";
import { legacyOutcomeBody, loginParams, problemAnswer, reportBody } from "../contract.ts";
import type { GatewayParts } from "../parts/gateway-parts.ts";
import { Problem } from "../problems.ts";
import { loginOf } from "../request-login.ts";

const nothing = z.undefined().meta({ description: "Accepted; no body." });

/** What an application tells us about a login after we answered. */
export const loginEndingRoutes: FastifyPluginAsyncZod<{ parts: GatewayParts }> = async (app, { parts }) => {
  app.post(
    "/v1/logins/:loginId/legacy-outcome",
    {
      config: { permission: "login.close" },
      schema: {
        tags: ["Login"],
        summary: "Tell how the old way ended",
        description: "The first outcome of a login holds; a later one is accepted and changes nothing.",
        params: loginParams,
        body: legacyOutcomeBody,
        response: { 204: nothing, 404: problemAnswer, 503: problemAnswer },
      },
    },
    async (request, reply) => {
      const { loginId, applicationId } = loginOf(request, parts.keys.loginId);
      const { succeeded, reason = null, lockedOut } = request.body;
      const result = await closeLogin(parts, { loginId, applicationId, succeeded, reason, lockedOut });
      if (!result.ok) throw new Problem("database_away");
      return reply.status(204).send();
    },
  );

  app.post(
    "/v1/logins/:loginId/reports",
    {
      config: { permission: "login.report" },
      schema: {
        tags: ["Login"],
        summary: "Report a false accept or something else about a login",
        params: loginParams,
        body: reportBody,
        response: { 202: nothing, 404: problemAnswer, 503: problemAnswer },
      },
    },
    async (request, reply) => {
      const { loginId, applicationId } = loginOf(request, parts.keys.loginId);
      const { kind, note = null } = request.body;
      const at = parts.clock();
      await parts.ledger.run((db) => reportLogin(db, { loginId, applicationId, kind, note }, at));
      return reply.status(202).send();
    },
  );
};
