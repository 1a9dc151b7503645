import type { FastifyInstance } from "fastify";
import { endpointNames } from "../endpoints/endpoint.ts";
import type { Faults } from "../faults.ts";
import type { PersonStore } from "../person-store.ts";
import type { SandboxSettings } from "../settings.ts";
import { type CallCounter, type StatusFacts, tellSettings } from "./facts.ts";
import { writeStatusPage } from "./page.ts";
import { languageOf } from "./texts.ts";

type Told = { people: PersonStore; settings: SandboxSettings; faults: Faults; calls: CallCounter };

/** The sandbox's own state at its address: a page for people, the same counts as JSON for programs. No key is needed. */
export function addStatus(server: FastifyInstance, { people, settings, faults, calls }: Told): void {
  const startedAt = new Date();
  const read = (): StatusFacts => ({
    startedAt,
    held: people.counts(),
    calls: calls.read(),
    faults: faults.read(),
    settings: tellSettings(settings),
  });
  server.get("/health", async () => ({ status: "ok", people: people.counts().people }));
  server.get("/", async (request, reply) => {
    reply.header("vary", "Accept, Accept-Language");
    if (!(request.headers.accept ?? "").includes("text/html")) {
      const { held, calls: counts, faults: plan } = read();
      return {
        name: "Local Multibiometrics API (sandbox)",
        held,
        endpoints: endpointNames,
        calls: counts,
        faults: plan,
      };
    }
    const page = writeStatusPage(read(), languageOf(request.headers["accept-language"]));
    return reply.type("text/html; charset=utf-8").send(page);
  });
}
