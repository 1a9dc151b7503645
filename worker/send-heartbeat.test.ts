import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createHeartbeat } from "./send-heartbeat.ts";

const asked: string[] = [];
let status = 200;
const outside = createServer((request, response) => {
  asked.push(`${request.method} ${request.url}`);
  response.writeHead(status).end("taken");
});
let url = "";
const log = { info: vi.fn(), warn: vi.fn() };

beforeEach(async () => {
  asked.length = 0;
  status = 200;
  vi.clearAllMocks();
  await new Promise<void>((resolve) => outside.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(outside.address() as AddressInfo).port}/ping/a-secret`;
});
afterEach(() => new Promise((resolve) => outside.close(resolve)));

test("a sign of life goes out at once and then not again for a while", async () => {
  const beat = createHeartbeat({ url, log });
  beat();
  beat();
  await expect.poll(() => asked).toEqual(["GET /ping/a-secret"]);
  beat();
  // What was asked after it has come: nothing of the first is still on its way.
  createHeartbeat({ url: `${url}/other`, log })();
  await expect.poll(() => asked).toEqual(["GET /ping/a-secret", "GET /ping/a-secret/other"]);
  expect(log.warn).not.toHaveBeenCalled();
});

test("an address that refuses it or is away is told once, without the address, and when it takes it again", async () => {
  const beat = createHeartbeat({ url, log, everyMs: 0 });
  status = 503;
  for (const count of [1, 2]) {
    beat();
    await expect.poll(() => asked).toHaveLength(count);
  }
  await expect.poll(() => log.warn.mock.calls.length).toBe(1);
  expect(JSON.stringify(log.warn.mock.calls)).toContain("503");
  expect(JSON.stringify(log.warn.mock.calls)).not.toContain("a-secret");
  status = 200;
  await expect
    .poll(() => {
      beat();
      return log.info.mock.calls.length;
    })
    .toBe(1);
  const away = createHeartbeat({ url: "http://127.0.0.1:1/ping/a-secret", log, everyMs: 0 });
  away();
  await expect.poll(() => log.warn.mock.calls.length).toBe(2);
  expect(JSON.stringify(log.warn.mock.calls)).not.toContain("a-secret");
});
