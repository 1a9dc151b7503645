import { createHash } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { PAGE_STYLE } from "./status/style.ts";

const styleDigest = createHash("sha256").update(PAGE_STYLE).digest("base64");

/** No script, no picture, no form and no frame: the page is read with its one sheet, and everything else is data. */
const POLICY =
  `default-src 'none'; style-src 'sha256-${styleDigest}'; ` +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Puts on every answer what keeps a browser from caching, framing or sniffing it. */
export function addHeaders(server: FastifyInstance): void {
  server.addHook("onRequest", async (_, reply) => {
    reply.headers({
      "content-security-policy": POLICY,
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "no-store",
    });
  });
}
