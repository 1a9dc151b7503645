import type { FastifyReply, FastifyRequest } from "fastify";

/** An answer is data for a program; opened in a browser it may do nothing and be framed nowhere. */
const DATA_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const HEADERS = {
  "content-security-policy": DATA_POLICY,
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  // Answers are about people: no proxy on the way keeps one.
  "cache-control": "no-store",
};

/**
 * Puts on an answer what keeps it from being cached, framed, sniffed or read by another site; a route may say
 * otherwise. Behind a proxy that says it was called by https, browsers are bound to it.
 */
export function addHeaders(request: FastifyRequest, reply: FastifyReply): void {
  reply.headers(HEADERS);
  if (request.headers["x-forwarded-proto"] === "https") {
    reply.header("strict-transport-security", "max-age=63072000; includeSubDomains");
  }
}
