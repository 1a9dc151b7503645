import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";

export type StandIn = { url: string; close(): Promise<void> };

type Answer = { status: number; body: unknown };

/**
 * An API that compares nothing and answers at once, matching four of five: what is measured here is the record, and a
 * real comparison would leave no time for load on a small machine.
 */
export const startApiStandIn = (): Promise<StandIn> =>
  listen(async (_, body) => {
    const { Person } = JSON.parse(body) as { Person: { CustomID: string } };
    await delay(Math.random() * 20);
    const isMatch = Math.random() < 0.8;
    const details = { FaceMatched: isMatch, NonMatchedFingers: [] };
    return {
      status: 200,
      body: { Person: { CustomID: Person.CustomID, Match: isMatch, MatchDetails: details } },
    };
  });

/** An Unleash that says one thing: the flag is on for everyone. */
export const startFlagsStandIn = (flag: string): Promise<StandIn> =>
  listen(async (path) => {
    if (!path.includes("/client/features")) return { status: 202, body: {} };
    const parameters = { rollout: "100", stickiness: "loginKey", groupId: flag };
    const strategies = [{ name: "flexibleRollout", parameters, constraints: [], segments: [] }];
    const feature = { name: flag, type: "release", enabled: true, stale: false, strategies, variants: [] };
    return { status: 200, body: { version: 2, features: [feature] } };
  });

async function listen(answer: (path: string, body: string) => Promise<Answer>): Promise<StandIn> {
  const server = createServer((request, response) => {
    void respond(request, response, answer).catch(() => response.destroy());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, close: () => close(server) };
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (path: string, body: string) => Promise<Answer>,
): Promise<void> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  const { status, body: said } = await answer(request.url ?? "", body);
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(said));
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
