import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { z } from "zod";
import { createUnleashAdmin } from "./admin.ts";
import { apiAddress } from "./api-address.ts";

const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  }
});

async function serve(answer: (response: ServerResponse) => void) {
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    seen.push(request);
    answer(response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  servers.push(server);
  return { seen, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const adminToken = "*:*.sample-admin-token";
const anything = z.looseObject({});

it.each([
  [400, "request_refused"],
  [401, "token_refused"],
  [403, "token_refused"],
  [404, "not_found"],
  [409, "already_exists"],
  [500, "server_failed"],
  [503, "server_failed"],
])("a %i is %s, is asked once only, and tells nothing of the token", async (status, code) => {
  const { url, seen } = await serve((response) => void response.writeHead(status).end(adminToken));
  const answer = await createUnleashAdmin({ url, adminToken }).post("/segments", { name: "sample" });
  expect(answer).toEqual({ ok: false, code, status });
  expect(seen).toHaveLength(1);
});

it("the token goes out bare, below /api/admin", async () => {
  const { url, seen } = await serve((response) => void response.end("{}"));
  expect(await createUnleashAdmin({ url: `${url}/`, adminToken }).get("/segments", anything)).toMatchObject({
    ok: true,
  });
  expect(seen[0]?.url).toBe("/api/admin/segments");
  expect(seen[0]?.headers.authorization).toBe(adminToken);
});

it.each([
  ["no JSON", "<html>"],
  ["JSON of another shape", "[]"],
])("%s is unreadable", async (_what, body) => {
  const { url } = await serve((response) => void response.end(body));
  const answer = await createUnleashAdmin({ url, adminToken }).get("/segments", anything);
  expect(answer).toMatchObject({ ok: false, code: "answer_unreadable" });
});

it.each<[string, (response: ServerResponse) => void]>([
  ["a server that stays silent", () => {}],
  ["a body that never ends", (response) => void response.write("{")],
])("%s times out", async (_what, answer) => {
  const { url } = await serve(answer);
  const result = await createUnleashAdmin({ url, adminToken, timeoutMs: 100 }).get("/segments", anything);
  expect(result).toEqual({ ok: false, code: "timed_out", status: null });
});

it("a redirect is never followed with the token", async () => {
  const target = await serve((response) => void response.end("{}"));
  const { url } = await serve((response) => void response.writeHead(302, { location: target.url }).end());
  const result = await createUnleashAdmin({ url, adminToken }).get("/segments", anything);
  expect(result).toMatchObject({ ok: false, code: "unreachable" });
  expect(target.seen).toHaveLength(0);
});

it.each([
  ["http://unleash.example", "http://unleash.example/api"],
  ["http://unleash.example/", "http://unleash.example/api"],
  ["http://unleash.example/api", "http://unleash.example/api"],
  ["http://unleash.example/flags/api/", "http://unleash.example/flags/api"],
])("%s has its API at %s", (url, address) => {
  expect(apiAddress(url)).toBe(address);
});
