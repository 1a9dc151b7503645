import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, expect, test } from "vitest";
import { openDatabase } from "#db/client.ts";
import { testDatabase } from "#db/testing/in-rolled-back-transaction.ts";
import { checkParts } from "./check-parts.ts";

const servers: ReturnType<typeof createServer>[] = [];
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const well = () =>
  serve((request, response) => response.writeHead(request.url === "/health" ? 200 : 404).end("{}"));

test("parts that answer are well, each with its time", async () => {
  const [gatewayUrl, unleash, sandboxUrl] = await Promise.all([well(), well(), well()]);
  const checks = await checkParts(testDatabase().db, {
    gatewayUrl,
    unleashUrl: `${unleash}/api`,
    sandboxUrl,
  });
  expect(checks.map(({ part, ok }) => [part, ok])).toEqual([
    ["gateway", true],
    ["api", true],
    ["database", true],
    ["unleash", true],
  ]);
  for (const { latencyMs } of checks) expect(latencyMs).toBeGreaterThan(0);
});

test("a part that fails, hangs or is not there is not well, and holds nothing up for long", async () => {
  const failing = await serve((_, response) => response.writeHead(503).end());
  const hanging = await serve(() => {});
  const away = openDatabase("postgres://nobody:x@127.0.0.1:1/none", { applicationName: "gatehouse-test" });
  const startedAt = performance.now();
  const checks = await checkParts(away.db, {
    gatewayUrl: failing,
    unleashUrl: hanging,
    sandboxUrl: "http://127.0.0.1:1",
  });
  expect(performance.now() - startedAt).toBeLessThan(4000);
  expect(checks).toEqual(
    ["gateway", "api", "database", "unleash"].map((part) => ({ part, ok: false, latencyMs: null })),
  );
  await away.close();
});

test("a real API is not called to see whether it is there", async () => {
  const unleashUrl = await well();
  const checks = await checkParts(testDatabase().db, {
    gatewayUrl: unleashUrl,
    unleashUrl,
    sandboxUrl: null,
  });
  expect(checks.map(({ part }) => part)).toEqual(["gateway", "database", "unleash"]);
});
