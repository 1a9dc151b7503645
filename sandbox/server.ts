import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { createBiometrics } from "./biometrics.ts";
import type { Endpoint, Surroundings } from "./endpoints/endpoint.ts";
import { enroll, erase, update, verify } from "./endpoints/people.ts";
import { checkIcao, faceDetect, liveness } from "./endpoints/pictures.ts";
import { extract, match } from "./endpoints/templates.ts";
import { startFaceFinder } from "./faces/face-finder.ts";
import { createFaults, drip, type Faults, faultPlan, playFault } from "./faults.ts";
import { addHeaders } from "./headers.ts";
import { checkKey } from "./keys.ts";
import { openPersonStore } from "./person-store.ts";
import { GatewayRefusal, messages, Refusal } from "./refusal.ts";
import { type SandboxSettings, sandboxSettings } from "./settings.ts";
import { type CallCounter, createCallCounter } from "./status/facts.ts";
import { addStatus } from "./status/routes.ts";

export type SandboxOptions = {
  /** 0 takes a free one. */
  port: number;
  host?: string;
  apiKey: string;
  /** Opens what `apiKey` opens: a subscription has two, so that one can be replaced while the other serves. */
  apiKeySecondary?: string;
  /** Own key of the quality package; without it `apiKey` opens everything. */
  qualityApiKey?: string;
  /** Where templates are kept. Pictures are never written. */
  dataDir: string;
  settings?: Partial<SandboxSettings>;
};

export type Sandbox = {
  url: string;
  port: number;
  modelLoadMs: number;
  /** From now on exactly these of its keys are refused, as keys are that were made anew in the portal. */
  revoke(...keys: string[]): void;
  close(): Promise<void>;
};

const endpoints: Endpoint[] = [
  enroll,
  verify,
  update,
  erase,
  extract,
  match,
  liveness,
  faceDetect,
  checkIcao,
];

/** Starts the local Multibiometrics API; it listens, with the face model loaded, when this resolves. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const settings = sandboxSettings.parse(options.settings ?? {});
  const people = await openPersonStore(options.dataDir);
  const startedAt = performance.now();
  const finder = await startFaceFinder();
  const modelLoadMs = Math.round(performance.now() - startedAt);
  const around = { settings, people, biometrics: createBiometrics(finder, settings) };
  const closing = new AbortController();
  const revoked = new Set<string>();
  const revoke = (...keys: string[]) => {
    revoked.clear();
    for (const key of keys) revoked.add(key);
  };
  const server = buildServer(options, around, { revoked, closing: closing.signal });
  const close = async () => {
    closing.abort();
    await server.close();
    await finder.close();
  };
  try {
    const host = options.host ?? "127.0.0.1";
    await server.listen({ port: options.port, host });
    const address = server.server.address();
    const port = typeof address === "object" && address !== null ? address.port : options.port;
    return {
      url: `http://${host.includes(":") ? `[${host}]` : host}:${port}`,
      port,
      modelLoadMs,
      revoke,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

type Switches = { revoked: ReadonlySet<string>; closing: AbortSignal };

function buildServer(options: SandboxOptions, around: Surroundings, switches: Switches): FastifyInstance {
  const { settings } = around;
  const server = Fastify({
    bodyLimit: settings.maxBodyBytes,
    // Half-open and dripping connections must not keep a closing sandbox alive.
    forceCloseConnections: true,
    routerOptions: { caseSensitive: true },
  });
  addHeaders(server);
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));
  server.setErrorHandler((error, _request, reply) => sendError(error, reply, settings));
  server.setNotFoundHandler((_request, reply) => {
    reply.code(404).send({ statusCode: 404, message: "Resource not found" });
  });
  const faults = createFaults();
  const calls = createCallCounter();
  for (const endpoint of endpoints)
    addEndpoint(server, endpoint, { options, around, faults, calls, ...switches });
  addFaultSwitches(server, options, faults);
  addStatus(server, { people: around.people, settings, faults, calls });
  return server;
}

type Wiring = {
  options: SandboxOptions;
  around: Surroundings;
  faults: Faults;
  calls: CallCounter;
} & Switches;

function addEndpoint(server: FastifyInstance, endpoint: Endpoint, wiring: Wiring): void {
  const { around, faults, calls, revoked, closing } = wiring;
  const { settings } = around;
  const keys = keysFor(endpoint, wiring.options, settings);
  const dripping = new WeakMap<FastifyRequest, number>();
  server.route({
    method: endpoint.method,
    url: endpoint.url,
    onRequest: async (request, reply) => {
      // Also what is cut off without an answer is a call.
      reply.raw.once("close", () =>
        calls.count(endpoint.name, reply.raw.headersSent ? reply.raw.statusCode : 0),
      );
      checkKey(
        request.headers,
        keys.filter((key) => !revoked.has(key)),
      );
      const fault = faults.take(endpoint.name);
      if (fault === null) return;
      if (fault.kind === "slow_drip") dripping.set(request, fault.ms);
      if (await playFault(fault, request, reply, closing)) return reply;
    },
    onSend: async (request, _reply, payload) => {
      const everyMs = dripping.get(request);
      const plain = typeof payload === "string" || Buffer.isBuffer(payload);
      return everyMs !== undefined && plain ? drip(payload, everyMs, closing) : payload;
    },
    handler: async (request, reply) => {
      try {
        checkContentType(request, settings);
        const { status, body } = await endpoint.run(readJson(request.body), around);
        return reply.code(status).send(body);
      } catch (error) {
        if (!(error instanceof Refusal) || endpoint.refused === undefined) throw error;
        const { status, body } = endpoint.refused(error, settings);
        return reply.code(status).send(body);
      }
    },
  });
}

/** Fault switches: the sandbox's own, not part of the API it stands for. */
function addFaultSwitches(server: FastifyInstance, options: SandboxOptions, faults: Faults): void {
  const url = "/__sandbox/faults";
  const onRequest = async (request: FastifyRequest) => checkKey(request.headers, [options.apiKey]);
  server.get(url, { onRequest }, async () => faults.read());
  server.put(url, { onRequest }, async (request) => {
    const plan = faultPlan.safeParse(readJson(request.body));
    if (!plan.success)
      throw new Refusal(`Not a fault plan: ${plan.error.issues[0]?.message ?? "unreadable"}`);
    faults.replace(plan.data);
    return faults.read();
  });
  server.delete(url, { onRequest }, async () => {
    faults.replace({});
    return faults.read();
  });
}

/** The quality package is a subscription of its own, so it may have a key of its own. */
function keysFor(endpoint: Endpoint, options: SandboxOptions, settings: SandboxSettings): string[] {
  const { apiKey, apiKeySecondary, qualityApiKey } = options;
  const main = apiKeySecondary === undefined ? [apiKey] : [apiKey, apiKeySecondary];
  if (qualityApiKey === undefined || !endpoint.url.startsWith("/quality/")) return main;
  return settings.qualityAcceptsMainKey ? [qualityApiKey, ...main] : [qualityApiKey];
}

function checkContentType(request: FastifyRequest, settings: SandboxSettings): void {
  const type = (request.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  const empty = request.body === undefined || request.body === "";
  const accepted = settings.acceptedContentTypes.includes(type) || /^application\/[^/]+\+json$/.test(type);
  if (!accepted && !empty) throw new GatewayRefusal(415, "Unsupported Media Type");
}

function readJson(body: unknown): unknown {
  try {
    return JSON.parse(typeof body === "string" ? body : "");
  } catch {
    throw new Refusal(messages.invalidJson);
  }
}

function sendError(error: unknown, reply: FastifyReply, settings: SandboxSettings): void {
  if (error instanceof Refusal) {
    reply.code(error.status).type(settings.errorContentType).send(error.message);
  } else if (error instanceof GatewayRefusal) {
    reply.code(error.status).send({ statusCode: error.status, message: error.message });
  } else if (error instanceof Error && "statusCode" in error && error.statusCode === 413) {
    reply.code(413).send({ statusCode: 413, message: "Request body is too large" });
  } else {
    reply.code(500).send({ statusCode: 500, message: "Internal server error" });
  }
}
