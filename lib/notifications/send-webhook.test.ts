import { createServer } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { newSecret } from "./seal-secret.ts";
import { sendWebhook } from "./send-webhook.ts";
import { type Receiver, startReceiver, verified } from "./testing/start-receiver.ts";

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.close());

const secret = newSecret();
const body = JSON.stringify({ type: "test", version: 1, timestamp: "2026-03-13T12:00:00.000Z", data: {} });
const post = (url = receiver.url, secrets = [secret]) =>
  sendWebhook({ url, secrets, id: "msg_1", body, at: new Date() }, 400);

test("a receiver can verify what it got with the library of the specification", async () => {
  expect(await post()).toMatchObject({ ok: true, status: 200, latencyMs: expect.any(Number) });
  const [got] = receiver.received;
  if (!got) throw new Error("nothing arrived");
  expect(got.headers["webhook-id"]).toBe("msg_1");
  expect(verified(secret, got)).toEqual(JSON.parse(body));
  expect(() => verified(newSecret(), got)).toThrow(/No matching signature/);
  expect(() => verified(secret, { ...got, body: got.body.replace("test", "fake") })).toThrow();
});

test("while a secret is being rotated, both the old and the new one verify", async () => {
  const renewed = newSecret();
  await post(receiver.url, [renewed, secret]);
  const [got] = receiver.received;
  if (!got) throw new Error("nothing arrived");
  expect(verified(secret, got)).toEqual(verified(renewed, got));
});

test.each([
  [204, { ok: true, status: 204 }],
  [400, { ok: false, failure: "http_status", status: 400 }],
  [500, { ok: false, failure: "http_status", status: 500 }],
])("an answer with status %i is told as it is", async (status, result) => {
  receiver.answer = (response) => response.writeHead(status).end();
  expect(await post()).toMatchObject(result);
});

test("a redirect is not followed, wherever it leads", async () => {
  const other = await startReceiver();
  receiver.answer = (response) => response.writeHead(302, { location: other.url }).end();
  expect(await post()).toMatchObject({ ok: false, failure: "redirected", status: 302 });
  expect(other.received).toHaveLength(0);
  await other.close();
});

test("a receiver that never answers costs no more than the time it is given", async () => {
  receiver.answer = () => undefined;
  const startedAt = performance.now();
  expect(await post()).toMatchObject({ ok: false, failure: "timeout", status: null });
  expect(performance.now() - startedAt).toBeLessThan(1500);
});

test("an answer whose body never ends counts by its head", async () => {
  receiver.answer = (response) => {
    response.writeHead(200);
    response.write("x");
  };
  expect(await post()).toMatchObject({ ok: true, status: 200 });
});

test("a receiver that hangs up is told from one that is not there", async () => {
  receiver.answer = (response) => response.destroy();
  expect(await post()).toMatchObject({ ok: false, failure: "connection_lost" });
  const { url } = receiver;
  await receiver.close();
  expect(await post(url)).toMatchObject({ ok: false, failure: "connection_refused" });
  receiver = await startReceiver();
});

test("an answer that is not HTTP is garbage", async () => {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", () => socket.write("hello, who is there?\r\n\r\n"));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  expect(await post(`http://127.0.0.1:${port}/`)).toMatchObject({ ok: false, failure: "garbage" });
  server.close();
});

test("a name nobody knows is told as such", async () => {
  expect(await post("http://nowhere.invalid/")).toMatchObject({ ok: false, failure: "unknown_host" });
});
