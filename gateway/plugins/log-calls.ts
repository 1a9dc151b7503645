import type { FastifyInstance } from "fastify";
import type { Log } from "#lib/log.ts";

/** One line per call: method, route, status, time. The route is its pattern, so that no id and no body gets in. */
export function logCalls(app: FastifyInstance, log: Pick<Log, "info">): void {
  app.addHook("onResponse", async (request, reply) => {
    const line = {
      requestId: request.id,
      method: request.method,
      route: request.routeOptions.url ?? "unknown",
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    };
    log.info(line, "call");
  });
}
