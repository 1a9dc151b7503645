import { timingSafeEqual } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { hashApplicationKey, hasKeyForm } from "#lib/applications/rules.ts";
import type { LiveKey } from "#lib/applications/types.ts";
import type { GatewayControl } from "../parts/control.ts";
import type { KeyUses } from "../parts/key-uses.ts";
import { Problem } from "../problems.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Set by `authenticate` for every call below /v1. */
    application: LiveKey | null;
  }
}

const BEARER = /^Bearer +(\S+)$/i;

type Doorkeeper = {
  control: Pick<GatewayControl, "keyOf" | "hasKeys">;
  keyUses: Pick<KeyUses, "count">;
};

/** Lets only calls with a live application key through, before their body is read, and counts them by key. */
export function authenticate(app: FastifyInstance, { control, keyUses }: Doorkeeper): void {
  app.decorateRequest("application", null);
  app.addHook("onRequest", async (request) => {
    const sent = BEARER.exec(request.headers.authorization ?? "")?.[1];
    if (sent === undefined) throw new Problem("key_missing");
    if (!control.hasKeys()) throw new Problem("keys_not_loaded");
    const live = hasKeyForm(sent) ? liveKey(control, sent) : null;
    if (live === null) throw new Problem("key_refused");
    keyUses.count(live);
    request.application = live;
  });
}

function liveKey(control: Pick<GatewayControl, "keyOf">, sent: string): LiveKey | null {
  const hash = hashApplicationKey(sent);
  const live = control.keyOf(hash);
  if (live === null) return null;
  return timingSafeEqual(Buffer.from(live.hash, "hex"), Buffer.from(hash, "hex")) ? live : null;
}

/** The application that calls. Throws when a route forgot to stand behind `authenticate`. */
export function applicationOf(request: Pick<FastifyRequest, "application">): LiveKey {
  if (request.application === null) throw new Error("This route is not behind authenticate");
  return request.application;
}
