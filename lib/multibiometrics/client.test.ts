import type { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import {
  connect,
  deleted,
  drip,
  enrolled,
  face,
  hangUp,
  headDrip,
  http,
  matched,
  type Reply,
  raw,
  reset,
  serve,
  silence,
} from "./testing/bare-server.ts";
import type { ApiFailureCode } from "./types.ts";

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
    const { url, leave } = await serve(silence);
    await leave();
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

it("a closed client answers, and asks nobody", async () => {
  const { url, seen } = await serve(matched);
  const client = connect(url);
  await client.close();
  const result = await client.verify("sample-1", face);
  expect(result).toMatchObject({ ok: false, code: "unreachable", outcomeUnknown: false });
  expect(seen).toHaveLength(0);
});

it("no result holds a key, an image or an unknown message", async () => {
  const { url } = await serve(http(400, "sample-1 c2FtcGxl people-key"));
  const result = await connect(url).verify("sample-1", face);
  expect(JSON.stringify(result)).not.toMatch(/sample-1|c2FtcGxl|people-key/);
});
