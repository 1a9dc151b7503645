import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { readStatusPage } from "./read-status-page.ts";

async function asked(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const told = await readStatusPage(url);
  server.closeAllConnections();
  server.close();
  return { url, told };
}

test("a Statuspage is told in its own words", async () => {
  const { url, told } = await asked((request, response) =>
    response
      .writeHead(request.url === "/api/v2/status.json" ? 200 : 404, { "content-type": "application/json" })
      .end(JSON.stringify({ page: {}, status: { indicator: "minor", description: "Partially degraded" } })),
  );
  expect(told).toEqual({ kind: "told", url, indicator: "minor", said: "Partially degraded" });
});

test.each<[string, RequestListener]>([
  ["a page without it", (_, response) => response.writeHead(404).end("no")],
  ["another form", (_, response) => response.writeHead(200).end(JSON.stringify({ status: "up" }))],
  ["a page of HTML", (_, response) => response.writeHead(200).end("<html>")],
  ["no answer", () => {}],
  [
    // In pieces, so that no header says how much comes.
    "an answer without an end",
    (_, response) => {
      response.write(JSON.stringify({ status: { indicator: "none", description: "Up" } }));
      for (let piece = 0; piece < 20; piece++) response.write(" ".repeat(10_000));
      response.end();
    },
  ],
])("%s is a link", async (_, listener) => {
  const { url, told } = await asked(listener);
  expect(told).toEqual({ kind: "link", url });
});
