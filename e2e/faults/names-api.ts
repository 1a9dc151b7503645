import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { apiMessages } from "#lib/multibiometrics/schema.ts";

/** Somebody who was there from the beginning, or enrolled after their erasure. */
type Enrolment = "first" | "anew";
/** One DELETE that reached the API, in the order of arrival, and whom it found. */
export type ArrivedDelete = { customId: string; at: number; found: Enrolment | null };

export type NamesApi = Awaited<ReturnType<typeof startNamesApi>>;

/** What a caller who is killed meanwhile never hears of: the act is done by then. */
const ANSWER_MS = 20;

/** An API that knows people by their names alone, and writes down every DELETE that reaches it. */
export async function startNamesApi(names: readonly string[]) {
  const people = new Map<string, Enrolment>(names.map((name) => [name, "first"]));
  const deletes: ArrivedDelete[] = [];
  const erase = (customId: string) => {
    const found = people.get(customId) ?? null;
    people.delete(customId);
    deletes.push({ customId, at: Date.now(), found });
    return found === null ? apiMessages.personNotFound : null;
  };
  const enrol = (customId: string) => {
    if (people.has(customId)) return apiMessages.customIdExists;
    people.set(customId, "anew");
    return null;
  };
  const server = createServer((request, response) => {
    void readName(request).then(async (customId) => {
      const refusal = request.method === "DELETE" ? erase(customId) : enrol(customId);
      await delay(ANSWER_MS);
      if (refusal !== null) return response.writeHead(400).end(refusal);
      response.writeHead(200, { "content-type": "application/json" });
      return response.end(JSON.stringify({ Person: { CustomID: customId } }));
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    people,
    deletes,
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readName(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  return String(JSON.parse(body).Person.CustomID);
}
