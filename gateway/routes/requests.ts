import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { earliestDeadline } from "#lib/deadlines/rules.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { openRequest } from "#lib/requests/open-request.ts";
import { findRequest, type RequestRow } from "#lib/requests/queries.ts";
import { clockOf } from "#lib/requests/rules.ts";
import { CLOSED_STATES } from "#lib/requests/types.ts";
import { problemAnswer, requestAnswer, requestBody, requestParams } from "../contract.ts";
import type { GatewayParts } from "../parts/gateway-parts.ts";
import { applicationOf } from "../plugins/authenticate.ts";
import { Problem } from "../problems.ts";
import { localeOf } from "../request-locale.ts";
import { wordsOfState } from "../request-words.ts";

const SYSTEM = { id: null, role: "system" } as const;

/** Requests of data subjects that an application passes on, and how they go. */
export const requestRoutes: FastifyPluginAsyncZod<{ parts: GatewayParts }> = async (app, { parts }) => {
  const tags = ["Request"];

  app.post(
    "/v1/requests",
    {
      config: { permission: "request.pass_on" },
      schema: {
        tags,
        summary: "Pass on what a data subject asks",
        body: requestBody,
        response: {
          200: requestAnswer,
          201: requestAnswer,
          409: problemAnswer,
          422: problemAnswer,
          503: problemAnswer,
        },
      },
    },
    async (request, reply) => {
      const { customId, right, regimes, receivedAt } = request.body;
      const { applicationId } = applicationOf(request);
      const { auditKey, timeZone, clock } = parts;
      const now = clock();
      const input = {
        ...{ customId, right, channel: "application" as const },
        regimes: [...new Set(regimes)],
        receivedAt: receivedAt === undefined ? now : new Date(receivedAt),
      };
      const { opened, row } = await parts.ledger.run(async (db) => {
        const opener = { actor: SYSTEM, applicationId };
        const opened = await openRequest(db, input, opener, { auditKey, timeZone }, now);
        if (!opened.ok && opened.code === "received_in_future") throw new Problem("received_in_future");
        return { opened, row: await findRequest(db, opened.requestId) };
      });
      if (row === null) throw new Problem("request_not_found");
      const answer = answerOf(row, localeOf(request), parts);
      return reply.status(opened.ok ? 201 : 200).send({ ...answer, alreadyOpen: !opened.ok });
    },
  );

  app.get(
    "/v1/requests/:id",
    {
      config: { permission: "request.follow" },
      schema: {
        tags,
        summary: "See how a request goes",
        params: requestParams,
        response: { 200: requestAnswer, 404: problemAnswer, 503: problemAnswer },
      },
    },
    async (request) => {
      const { applicationId } = applicationOf(request);
      const row = await parts.ledger.run((db) => findRequest(db, request.params.id));
      // One of another application does not exist for this one.
      if (row === null || row.applicationId !== applicationId) throw new Problem("request_not_found");
      return answerOf(row, localeOf(request), parts);
    },
  );
};

function answerOf(row: RequestRow, locale: Locale, { clock, timeZone }: GatewayParts) {
  const { id, protocol, right, regimes, state } = row;
  const { article } = earliestDeadline(right, regimes, clockOf(row), { now: clock(), timeZone });
  const closed = CLOSED_STATES.find((one) => one === state);
  return {
    ...{ id, protocol, right, state },
    stateText: wordsOfState(state, locale),
    dueAt: row.dueAt.toISOString(),
    article,
    ...(closed === undefined ? {} : { closedAs: closed }),
  };
}
