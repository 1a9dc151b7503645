import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { afterEach } from "vitest";
import { createMultibiometrics, type MultibiometricsOptions } from "#lib/multibiometrics/client.ts";
import type { Multibiometrics } from "#lib/multibiometrics/types.ts";

// A server of bare sockets, because the faults proved with it are those that no HTTP library would commit.
// Servers and clients made here are closed after each test.

export type Request = { head: string; body: string };
export type Reply = (socket: Socket, request: Request) => void;

const open: { servers: Server[]; sockets: Set<Socket>; clients: Multibiometrics[] } = {
  servers: [],
  sockets: new Set(),
  clients: [],
};

afterEach(async () => {
  for (const socket of open.sockets) socket.destroy();
  await Promise.all(open.clients.splice(0).map((client) => client.close()));
  await Promise.all(open.servers.splice(0).map(leavePort));
});

async function leavePort(server: Server): Promise<void> {
  if (!server.listening) return;
  server.close();
  await once(server, "close");
}

/** Answers the first request with the first reply, and so on; the last reply serves all that follow. */
export async function serve(...replies: Reply[]) {
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
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { seen, url, leave: () => leavePort(server) };
}

export const http = (status: number, body: unknown, headers: Record<string, string> = {}): Reply => {
  return (socket) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const lines = Object.entries({ "content-length": String(Buffer.byteLength(text)), ...headers });
    socket.write(`HTTP/1.1 ${status} X\r\n${lines.map(([k, v]) => `${k}: ${v}\r\n`).join("")}\r\n${text}`);
  };
};
export const silence: Reply = () => {};
export const reset: Reply = (socket) => socket.resetAndDestroy();
export const hangUp: Reply = (socket) => socket.destroy();
export const raw =
  (bytes: string): Reply =>
  (socket) =>
    socket.write(bytes);
/** One byte at a time, for ever, so that no gap between bytes is long. */
export const drip: Reply = (socket) => {
  socket.write("HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n");
  const timer = setInterval(() => socket.write(" "), 20);
  socket.on("close", () => clearInterval(timer));
};
export const headDrip: Reply = (socket) => {
  socket.write("HTTP/1.1 200 OK\r\nx-slow: ");
  const timer = setInterval(() => socket.write("a"), 20);
  socket.on("close", () => clearInterval(timer));
};

export const matched = http(200, { Person: { CustomID: "sample-1", Match: true } });
export const enrolled = http(200, { Person: { CustomID: "sample-1", BioPassID: "b-1" } });
export const deleted = http(200, { Person: { CustomID: "sample-1" } });

export function connect(url: string, options: Partial<MultibiometricsOptions> = {}) {
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

export const face = { face: "c2FtcGxl" };
