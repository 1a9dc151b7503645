import type { FastifyInstance } from "fastify";
import { grantOf, type Permission } from "#lib/auth/policy.ts";
import { Problem } from "../problems.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** What the policy must give to applications for this call. */
    permission?: Permission;
  }
}

/** Calls without a key: how this gateway does, and what it offers. */
const OPEN = /^\/(health|openapi\.(json|yaml)|docs(\/.*)?)$/;

/** From here on a route that neither is open nor names its permission keeps the server from starting. */
export function demandPermissions(app: FastifyInstance): void {
  app.addHook("onRoute", ({ method, url, config }) => {
    if (OPEN.test(url) || config?.permission !== undefined) return;
    throw new Error(
      `${method} ${url} names no permission. Give the route config: { permission: "…" } with an act of lib/auth/policy.ts that applications may do.`,
    );
  });
}

/** Lets an application do what the policy gives it; it stands behind `authenticate`, so that strangers hear of no policy. */
export function authorize(app: FastifyInstance): void {
  app.addHook("onRequest", (request, _, done) => {
    const { permission } = request.routeOptions.config;
    const may = permission !== undefined && grantOf("application", permission) !== null;
    done(may ? undefined : new Problem("not_permitted"));
  });
}
