import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createMultibiometrics, type MultibiometricsOptions } from "./client.ts";
import type { ApiFailureCode, Multibiometrics } from "./types.ts";

// A server of bare sockets, because the faults proved here are those that no HTTP library would commit.

type Request = { head: string; body: string };
type Reply = (socket: Socket, request: Request) => void;

const open: { servers: Server[]; sockets: Set<Socket>; clients: Multibiometrics[] } = {
  servers: [],
  sockets: new Set(),
  clients: [],
};

afterEach(async () => {
  for (const socket of open.sockets) socket.destroy();
  await Promise.all(open.clients.splice(0).map((client) => client.close()));
  await Promise.all(open.servers.splice(0).map((server) => server.close() && once(server, "close")));
});

/** Answers the first request with the first reply, and so on; the last reply serves all that follow. */
async function serve(...replies: Reply[]) {
  const seen: Request[] = [];
  const server = createServer((socket) => {
    open.sockets.add(socket);
    socket.on("close", () => open.sockets.delete(socket)).on("error", () => socket.destroy());
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      const end = text.indexOf("\r\n\r\n");
      if (end < 0) return;
      const head = text.slice(0, end);
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
      if (text.length < end + 4 + length) return;
      const request = { head, body: text.slice(end + 4, end + 4 + length) };
      text = text.slice(end + 4 + length);
      const reply = replies[Math.min(seen.length, replies.length - 1)];
      seen.push(request);
      reply?.(socket, request);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  open.servers.push(server);
  return { seen, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const http = (status: number, body: unknown, headers: Record<string, string> = {}): Reply => {
  return (socket) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const lines = Object.entries({ "content-length": String(Buffer.byteLength(text)), ...headers });
    socket.write(`HTTP/1.1 ${status} X\r\n${lines.map(([k, v]) => `${k}: ${v}\r\n`).join("")}\r\n${text}`);
  };
};
const silence: Reply = () => {};
const reset: Reply = (socket) => socket.resetAndDestroy();
const hangUp: Reply = (socket) => socket.destroy();
const raw =
  (bytes: string): Reply =>
  (socket) =>
    socket.write(bytes);
/** One byte at a time, for ever, so that no gap between bytes is long. */
const drip: Reply = (socket) => {
  socket.write("HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n");
  const timer = setInterval(() => socket.write(" "), 20);
  socket.on("close", () => clearInterval(timer));
};
const headDrip: Reply = (socket) => {
  socket.write("HTTP/1.1 200 OK\r\nx-slow: ");
  const timer = setInterval(() => socket.write("a"), 20);
  socket.on("close", () => clearInterval(timer));
};

const matched = http(200, { Person: { CustomID: "sample-1", Match: true } });
const enrolled = http(200, { Person: { CustomID: "sample-1", BioPassID: "b-1" } });
const deleted = http(200, { Person: { CustomID: "sample-1" } });

function connect(url: string, options: Partial<MultibiometricsOptions> = {}) {
  const client = createMultibiometrics({
    url,
    apiKey: "people-key",
    qualityApiKey: "quality-key",
    totalTimeoutMs: 600,
    ...options,
  });
  open.clients.push(client);
  return client;
}

const face = { face: "c2FtcGxl" };

describe("a call keeps its total time", () => {
  const faults: [string, Reply, ApiFailureCode][] = [
    ["a socket that stays silent", silence, "timed_out"],
    ["a body that drips", drip, "timed_out"],
    ["headers that drip", headDrip, "timed_out"],
  ];

  it.each(faults)("with %s", async (_fault, reply, code) => {
    const { url, seen } = await serve(reply);
    const result = await connect(url).verify("sample-1", face);
    expect(result).toMatchObject({ ok: false, code, outcomeUnknown: false, call: { tries: 2 } });
    expect(result.call.latencyMs).toBeGreaterThanOrEqual(590);
    expect(result.call.latencyMs).toBeLessThan(2_000);
    expect(seen).toHaveLength(2);
  });

  it("while it waits for a connection that others hold, and is then never sent", async () => {
    const { url, seen } = await serve(silence);
    const client = connect(url, { connections: 1 });
    const results = await Promise.all([1, 2, 3].map(() => client.verify("sample-1", face)));
    for (const result of results) expect(result).toMatchObject({ ok: false, code: "timed_out" });
    expect(Math.max(...results.map((result) => result.call.latencyMs))).toBeLessThan(2_000);
    expect(seen.length).toBeLessThan(results.reduce((sum, result) => sum + result.call.tries, 0));
  });

  it("and the shorter time one call is given", async () => {
    const { url } = await serve(silence);
    const result = await connect(url, { totalTimeoutMs: 9_000 }).verify("sample-1", face, {
      totalTimeoutMs: 200,
    });
    expect(result.call.latencyMs).toBeLessThan(2_000);
  });

  it("and the time of one try, which leaves time for the next", async () => {
    const { url, seen } = await serve(silence, matched);
    const result = await connect(url, { tryTimeoutMs: 150 }).verify("sample-1", face);
    expect(result).toMatchObject({ ok: true, value: { match: true }, call: { tries: 2 } });
    expect(seen).toHaveLength(2);
  });

  it("and ends when its caller leaves", async () => {
    const { url } = await serve(silence);
    const client = connect(url, { totalTimeoutMs: 9_000 });
    const result = await client.verify("sample-1", face, { signal: AbortSignal.timeout(100) });
    expect(result).toMatchObject({ ok: false, code: "timed_out", call: { tries: 1 } });
    expect(result.call.latencyMs).toBeLessThan(2_000);
  });
});

describe("a fault of the wire has its own code", () => {
  const endless = (socket: Socket) => {
    socket.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
    for (let i = 0; i < 40; i++) socket.write(`10000\r\n${"x".repeat(65_536)}\r\n`);
  };
  const faults: [string, Reply, ApiFailureCode][] = [
    ["a reset connection", reset, "unreachable"],
    ["a connection closed without an answer", hangUp, "unreachable"],
    [
      "an answer cut off in its middle",
      (s) => s.end("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"),
      "unreachable",
    ],
    ["bytes that are no HTTP", raw("\u0000\u0001garbage\r\n\r\n"), "answer_unreadable"],
    ["a body larger than allowed", endless, "answer_unreadable"],
    [
      "a compressed body nobody asked for",
      http(200, "x", { "content-encoding": "gzip" }),
      "answer_unreadable",
    ],
    ["a page of HTML", http(200, "<html></html>", { "content-type": "text/html" }), "answer_unreadable"],
    ["a redirect", http(302, "", { location: "http://127.0.0.1:1/" }), "answer_unreadable"],
  ];

  it.each(faults)("%s", async (_fault, reply, code) => {
    const { url } = await serve(reply);
    const result = await connect(url).verify("sample-1", face);
    expect(result).toMatchObject({ ok: false, code, outcomeUnknown: false });
  });

  it("nobody listening", async () => {
    const { url } = await serve(silence);
    const server = open.servers.pop();
    server?.close();
    const result = await connect(url).enroll("sample-1", face);
    expect(result).toMatchObject({
      ok: false,
      code: "unreachable",
      outcomeUnknown: false,
      call: { status: null },
    });
  });

  it("and a body of the right kind is read under the wrong name", async () => {
    const body = { Person: { Match: true } };
    const { url } = await serve(http(200, body, { "content-type": "text/plain" }));
    expect(await connect(url).verify("sample-1", face)).toMatchObject({ ok: true });
  });
});

describe("a request goes out as the contract has it", () => {
  it("a deletion carries its body, and the key travels in one header", async () => {
    const { url, seen } = await serve(deleted);
    await connect(`${url}/base/`).delete("sample-1");
    expect(seen[0]?.head).toMatch(/^DELETE \/base\/multibiometrics\/delete HTTP\/1\.1/);
    expect(seen[0]?.head.match(/people-key/g)).toHaveLength(1);
    expect(seen[0]?.head).toMatch(/\r\nOcp-Apim-Subscription-Key: people-key/i);
    expect(JSON.parse(seen[0]?.body ?? "")).toEqual({ Person: { CustomID: "sample-1" } });
  });

  it("fingers share one object, and a missing face is left out", async () => {
    const { url, seen } = await serve(enrolled);
    await connect(url).update("sample-1", { fingers: { 2: "Mg==", 10: "MTA=" } });
    expect(seen[0]?.head).toMatch(/^PUT \/multibiometrics\/update /);
    expect(JSON.parse(seen[0]?.body ?? "")).toEqual({
      Person: { CustomID: "sample-1", Fingers: [{ "Finger-2": "Mg==", "Finger-10": "MTA=" }] },
    });
  });

  it("only quality calls carry the quality key", async () => {
    const report = http(200, { ICAO: { FaceImageConformed: 0, IsAllConformed: true } });
    const { url, seen } = await serve(report, http(200, { Success: true, result: "Ok", spoof: false }));
    const client = connect(url);
    expect(await client.checkIcao("eA==")).toMatchObject({ ok: true });
    expect(await client.checkLiveness("eA==")).toMatchObject({ ok: true, value: { live: true } });
    expect(seen[0]?.head).toMatch(/quality-key/);
    expect(seen[1]?.head).toMatch(/people-key/);
  });
});

describe("a call is tried again only where that is safe", () => {
  const limited = (seconds: string) => http(429, "", { "retry-after": seconds });

  it("after a rate limit that ends within the time", async () => {
    const { url, seen } = await serve(limited("1"), matched);
    const result = await connect(url, { totalTimeoutMs: 2_500 }).verify("sample-1", face);
    expect(result).toMatchObject({ ok: true, call: { tries: 2 } });
    expect(result.call.latencyMs).toBeGreaterThanOrEqual(990);
    expect(seen).toHaveLength(2);
  });

  it("not after a rate limit that outlasts it: the answer comes at once and says how long", async () => {
    const { url, seen } = await serve(limited("30"), matched);
    const result = await connect(url, { totalTimeoutMs: 9_000 }).verify("sample-1", face);
    expect(result).toMatchObject({ ok: false, code: "rate_limited", retryAfterMs: 30_000 });
    expect(result.call.latencyMs).toBeLessThan(2_000);
    expect(seen).toHaveLength(1);
  });

  it.each([502, 503, 504])("after %i", async (status) => {
    const { url } = await serve(http(status, ""), matched);
    expect(await connect(url).verify("sample-1", face)).toMatchObject({ ok: true, call: { tries: 2 } });
  });

  it.each([
    [500, "server_error"],
    [401, "unauthorized"],
    [403, "unauthorized"],
    [400, "refused_other"],
  ])("never after %i", async (status, code) => {
    const { url, seen } = await serve(http(status, ""));
    expect(await connect(url).verify("sample-1", face)).toMatchObject({ ok: false, code, call: { status } });
    expect(seen).toHaveLength(1);
  });

  it("an update whose answer is lost is not repeated, and its outcome is unknown", async () => {
    const { url, seen } = await serve(silence);
    const result = await connect(url).update("sample-1", face);
    expect(result).toMatchObject({ ok: false, code: "timed_out", outcomeUnknown: true });
    expect(seen).toHaveLength(1);
  });

  it("an enrolment whose answer was lost and that exists already is enrolled, its BioPassID unknown", async () => {
    const { url, seen } = await serve(silence, http(400, "CustomID already exists"));
    const result = await connect(url).enroll("sample-1", face);
    expect(result).toMatchObject({
      ok: true,
      value: { customId: "sample-1", bioPassId: null },
      call: { tries: 2, message: "CustomID already exists" },
    });
    expect(seen).toHaveLength(2);
  });

  it.each([
    ["at the first try", [http(400, "CustomID already exists")]],
    ["after a rate limit", [limited("0"), http(400, "CustomID already exists")]],
    ["after a 503, which took nothing on", [http(503, ""), http(400, "CustomID already exists")]],
  ])("an enrolment that exists %s is refused", async (_when, replies) => {
    const { url } = await serve(...replies);
    const result = await connect(url).enroll("sample-1", face);
    expect(result).toMatchObject({ ok: false, code: "custom_id_exists" });
  });

  it("an enrolment is repeated once only, and then its outcome is unknown", async () => {
    const { url, seen } = await serve(reset);
    const result = await connect(url).enroll("sample-1", face);
    expect(result).toMatchObject({ ok: false, code: "unreachable", outcomeUnknown: true });
    expect(seen).toHaveLength(2);
  });

  it("an outcome stays unknown when the second try is merely refused", async () => {
    const { url } = await serve(silence, http(401, ""));
    const result = await connect(url).delete("sample-1");
    expect(result).toMatchObject({ ok: false, code: "unauthorized", outcomeUnknown: true });
  });

  it("a deletion whose answer was lost is done when the person is gone", async () => {
    const { url } = await serve(silence, http(400, "Person not found"));
    expect(await connect(url).delete("sample-1")).toMatchObject({
      ok: true,
      value: { customId: "sample-1" },
    });
  });

  it("a deletion of nobody is refused", async () => {
    const { url } = await serve(http(400, "Person not found"));
    expect(await connect(url).delete("sample-1")).toMatchObject({ ok: false, code: "person_not_found" });
  });
});

describe("the circuit", () => {
  const breaker = { minimumCalls: 3, windowCalls: 6, probeAfterMs: 200 };
  const fail = async (client: Multibiometrics, times: number) => {
    for (let i = 0; i < times; i++) await client.verify("sample-1", face);
  };

  it.each<[string, Reply]>([
    ["401", http(401, "")],
    ["403", http(403, "Out of call volume quota. Quota will be replenished in 01:00:00.")],
    ["429", http(429, "", { "retry-after": "60" })],
    ["500", http(500, "")],
    ["garbage", http(200, "garbage")],
    ["resets", reset],
    ["silence", silence],
  ])("opens on %s and then answers at once", async (_fault, reply) => {
    const { url, seen } = await serve(reply);
    const client = connect(url, { breaker: { ...breaker, probeAfterMs: 60_000 }, totalTimeoutMs: 300 });
    await fail(client, 3);
    const asked = seen.length;
    const startedMs = performance.now();
    const result = await client.verify("sample-1", face);
    expect(performance.now() - startedMs).toBeLessThan(200);
    expect(result).toMatchObject({
      ok: false,
      code: "circuit_open",
      outcomeUnknown: false,
      call: { tries: 0 },
    });
    expect(seen).toHaveLength(asked);
    expect(client.circuits()).toEqual({ people: "open", quality: "closed" });
  });

  it.each<[string, Reply]>([
    ["refused people", http(400, "Person not found")],
    ["bad captures", http(400, "Failed to extract template")],
    ["an endpoint that is not served", http(404, "Resource not found")],
  ])("stays closed on %s", async (_what, reply) => {
    const { url } = await serve(reply);
    const client = connect(url, { breaker });
    await fail(client, 10);
    expect(client.circuits().people).toBe("closed");
  });

  it("of quality opens alone", async () => {
    const { url } = await serve(http(401, ""));
    const client = connect(url, { breaker });
    for (let i = 0; i < 3; i++) await client.checkIcao("eA==");
    expect(client.circuits()).toEqual({ people: "closed", quality: "open" });
  });

  it("lets one call through as a probe, answers the others at once, and closes by itself", async () => {
    let release: () => void = () => {};
    const probe: Reply = (socket, request) => {
      release = () => matched(socket, request);
    };
    const { url, seen } = await serve(http(500, ""), http(500, ""), http(500, ""), probe, matched);
    const client = connect(url, { breaker: { ...breaker, probeAfterMs: 0 }, totalTimeoutMs: 9_000 });
    await fail(client, 3);
    const probing = client.verify("sample-1", face);
    await expect.poll(() => seen.length, { timeout: 10_000 }).toBe(4);
    expect(client.circuits().people).toBe("half_open");
    expect(await client.verify("sample-1", face)).toMatchObject({ code: "circuit_open" });
    release();
    expect(await probing).toMatchObject({ ok: true });
    expect(client.circuits().people).toBe("closed");
    expect(await client.verify("sample-1", face)).toMatchObject({ ok: true });
  });

  it("does not count the impatience of callers", async () => {
    const { url } = await serve(silence);
    const client = connect(url, { breaker });
    for (let i = 0; i < 5; i++) await client.verify("sample-1", face, { totalTimeoutMs: 20 });
    expect(client.circuits().people).toBe("closed");
  });

  it("tells the log what opened it and nothing about people", async () => {
    const lines: unknown[] = [];
    const record = (...line: unknown[]) => void lines.push(line);
    const { url } = await serve(http(500, "sample-1 c2FtcGxl people-key"));
    const client = connect(url, { breaker, log: { info: record, warn: record } });
    await fail(client, 3);
    expect(JSON.stringify(lines)).toContain('"lastFailure":"server_error"');
    expect(JSON.stringify(lines)).not.toMatch(/sample-1|c2FtcGxl|people-key/);
  });
});

it("a closed client answers, and asks nobody", async () => {
  const { url, seen } = await serve(matched);
  const client = connect(url);
  await client.close();
  const result = await client.verify("sample-1", face);
  expect(result).toMatchObject({ ok: false, code: "unreachable", outcomeUnknown: false });
  expect(seen).toHaveLength(0);
  open.clients.length = 0;
});

it("no result holds a key, an image or an unknown message", async () => {
  const { url } = await serve(http(400, "sample-1 c2FtcGxl people-key"));
  const result = await connect(url).verify("sample-1", face);
  expect(JSON.stringify(result)).not.toMatch(/sample-1|c2FtcGxl|people-key/);
});
