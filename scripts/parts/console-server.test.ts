import { once } from "node:events";
import { request as httpRequest, type IncomingHttpHeaders, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { createConsoleServer } from "./console-server.ts";

const open: Server[] = [];

afterEach(() => {
  for (const server of open.splice(0)) server.close().closeAllConnections();
});

/** A console's server over a handler that tells what reached it. */
async function serve({ publicUrl = "http://127.0.0.1:3000", trustedProxies = 0 } = {}) {
  const seen: { method: string | undefined; address: unknown }[] = [];
  const told = { foreignWrites: 0 };
  const server = createConsoleServer({
    publicUrl,
    trustedProxies,
    handle: (request, response) => {
      seen.push({ method: request.method, address: request.headers["x-forwarded-for"] });
      response.end("handled");
    },
    onForeignWrite: () => {
      told.foreignWrites++;
    },
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  open.push(server);
  return { server, seen, told, port: (server.address() as AddressInfo).port };
}

type Answer = { status: number | undefined; headers: IncomingHttpHeaders };

/** Sends exactly these headers: `fetch` would add and refuse some of its own. */
function send(port: number, method: string, headers: Record<string, string>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ port, method, headers, path: "/api/preferences" }, (response) => {
      response.resume().on("end", () => resolve({ status: response.statusCode, headers: response.headers }));
    });
    request.on("error", reject).end();
  });
}

describe("a write from another site", () => {
  test.each([
    ["a page of another site", { "sec-fetch-site": "cross-site" }],
    ["a page of a neighbouring host", { "sec-fetch-site": "same-site" }],
    ["another site's page in an older browser", { origin: "https://evil.example" }],
    ["a page that hides where it stands", { origin: "null" }],
    ["another port of this machine", { origin: "http://127.0.0.1:1" }],
  ])("is refused before anything handles it: %s", async (_, headers) => {
    const { port, seen, told } = await serve();
    expect((await send(port, "POST", headers)).status).toBe(403);
    expect(seen).toEqual([]);
    expect(told.foreignWrites).toBe(1);
  });

  test.each([
    ["its own page", { "sec-fetch-site": "same-origin", origin: "null" }],
    ["the person at the browser", { "sec-fetch-site": "none" }],
    ["its own page in an older browser, by the public address", { origin: "https://gatehouse.example" }],
    ["no browser", {}],
  ])("is not what comes from %s", async (_, headers) => {
    const { port, seen } = await serve({ publicUrl: "https://gatehouse.example" });
    expect((await send(port, "POST", headers)).status).toBe(200);
    expect(seen).toHaveLength(1);
  });

  test("is not what an older browser sends from the address it opened", async () => {
    const { port } = await serve({ publicUrl: "https://gatehouse.example" });
    const host = "localhost:3000";
    expect((await send(port, "POST", { host, origin: `http://${host}` })).status).toBe(200);
  });

  test("is no read: another site may link to the console", async () => {
    const { port } = await serve();
    const crossSite = { "sec-fetch-site": "cross-site", origin: "https://evil.example" };
    for (const method of ["GET", "HEAD"]) expect((await send(port, method, crossSite)).status).toBe(200);
  });
});

test.each(["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])("nothing answers to %s", async (method) => {
  const { port, seen } = await serve();
  expect(await send(port, method, {})).toMatchObject({ status: 405, headers: { allow: "GET, HEAD, POST" } });
  expect(seen).toEqual([]);
});

describe("every answer, a refusal included,", () => {
  test.each([
    ["handled", {}],
    ["refused", { "sec-fetch-site": "cross-site" }],
  ])("carries the headers of the console: %s", async (_, sent) => {
    const { port } = await serve();
    const { headers } = await send(port, "POST", sent);
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "content-security-policy": expect.stringMatching(/^default-src 'none';.*frame-ancestors 'none'$/),
      "permissions-policy": expect.stringContaining("microphone=()"),
    });
  });

  test("binds browsers to https where the console is reached by it, and only there", async () => {
    const overHttps = await serve({ publicUrl: "https://gatehouse.example" });
    const { headers } = await send(overHttps.port, "GET", {});
    expect(headers["strict-transport-security"]).toBe("max-age=63072000; includeSubDomains");
    const plain = await serve();
    expect((await send(plain.port, "GET", {})).headers).not.toHaveProperty("strict-transport-security");
  });
});

describe("the address of a caller", () => {
  test.each([
    [0, {}, "127.0.0.1"],
    [0, { "x-forwarded-for": "198.51.100.7" }, "127.0.0.1"],
    [1, { "x-forwarded-for": "198.51.100.7" }, "198.51.100.7"],
    [1, { "x-forwarded-for": "6.6.6.6, 198.51.100.7" }, "198.51.100.7"],
    [2, { "x-forwarded-for": "6.6.6.6, 198.51.100.7, 10.0.0.1" }, "198.51.100.7"],
    [1, {}, "127.0.0.1"],
    [3, { "x-forwarded-for": "198.51.100.7" }, "198.51.100.7"],
  ])(
    "behind %i proxies is what the nearest trusted one saw: %j",
    async (trustedProxies, headers, address) => {
      const { port, seen } = await serve({ trustedProxies });
      await send(port, "GET", headers);
      expect(seen).toEqual([{ method: "GET", address }]);
    },
  );
});

test("a connection that never finishes its request is ended, so that many of them cannot hold the console", async () => {
  const { server, port, seen } = await serve();
  server.headersTimeout = 200;
  const socket = connect(port, "127.0.0.1");
  socket.write("GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ");
  const [answer] = await once(socket, "data");
  expect(String(answer)).toMatch(/^HTTP\/1\.1 408 /);
  await once(socket, "close");
  expect(seen).toEqual([]);
});
