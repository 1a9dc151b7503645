import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { createGatehouse } from "#client/gatehouse.ts";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A client of a gateway that answers so; `keys` are the Idempotency-Keys it heard. */
async function clientOf(answers: RequestListener, timeoutMs = 10_000) {
  const keys: unknown[] = [];
  const server = createServer((request, response) => {
    keys.push(request.headers["idempotency-key"]);
    request.resume();
    answers(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { keys, gatehouse: createGatehouse({ url, key: "some-key", timeoutMs }) };
}

test.each<[string, number, string, string]>([
  ["fails", 500, '{"code":"internal"}', "gateway_trouble"],
  ["fails in front", 502, "<html>", "gateway_trouble"],
  ["does not know the key", 401, '{"code":"key_refused"}', "key_not_accepted"],
  ["answers what nobody reads", 200, "<html>", "answer_unreadable"],
  ["refuses without a reason", 400, "Bad Request", "answer_unreadable"],
])("a gateway that %s is a value that says so", async (_, status, body, reason) => {
  const { gatehouse } = await clientOf((_request, response) => response.writeHead(status).end(body));
  expect(await gatehouse.openLogin({ customId: "x" })).toEqual({ kind: "unavailable", reason, status });
});

test("a gateway that never answers, or is not there, ends within the time limit", async () => {
  const { gatehouse } = await clientOf(() => {}, 150);
  expect(await gatehouse.openLogin({ customId: "x" })).toMatchObject({ reason: "timed_out" });
  const nowhere = createGatehouse({ url: "http://127.0.0.1:9", key: "k", timeoutMs: 2_000 });
  expect(await nowhere.openLogin({ customId: "x" })).toMatchObject({ reason: "unreachable" });
});

test("every try of a call carries the same Idempotency-Key, and another call another one", async () => {
  let tries = 0;
  const { gatehouse, keys } = await clientOf((request, response) => {
    tries += 1;
    if (tries === 1) return request.socket.destroy();
    if (tries === 2) return response.writeHead(409).end('{"code":"idempotency_key_running"}');
    return response.writeHead(201).end('{"loginId":"lg_1","path":"legacy"}');
  });
  expect(await gatehouse.openLogin({ customId: "x" })).toMatchObject({
    kind: "done",
    value: { loginId: "lg_1" },
  });
  await gatehouse.openLogin({ customId: "x" });
  expect([new Set(keys.slice(0, 3)).size, new Set(keys).size]).toEqual([1, 2]);
});

test("what was wrong with a call is handed on with the gateway's own words", async () => {
  const problem = {
    code: "capture_refused",
    detail: "Show it.",
    feedback: { code: "no_face", text: "No face." },
  };
  const { gatehouse } = await clientOf((_, response) => response.writeHead(422).end(JSON.stringify(problem)));
  expect(await gatehouse.tryLogin("lg_1", { face: "AAAA" })).toEqual({ kind: "refused", problem });
});

test("the package compiles by its own settings and loads in plain Node.js", () => {
  rmSync("client/dist", { recursive: true, force: true });
  const made = spawnSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "client/tsconfig.json"]);
  expect(`${made.stdout}${made.stderr}`).toBe("");
  expect(readdirSync("client/dist")).toContain("gatehouse.d.ts");
  const script = 'import("@gatehouse/client").then((m) => console.log(typeof m.createGatehouse))';
  const said = execFileSync(process.execPath, ["-e", script], { cwd: "client", encoding: "utf8" });
  expect(said).toBe("function\n");
}, 60_000);
