import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** What stands between the product and Unleash does with a call: hands it on, or fails in one way. */
export type FrontMode = "pass" | "cut" | "refuse" | "garbage";

export type UnleashFront = {
  url: string;
  set(mode: FrontMode): void;
  /** Hands calls on to another Unleash from now on: one that was started empty-handed. */
  turnTo(url: string): void;
  close(): Promise<void>;
};

/** A door before a real Unleash that can be shut, refuse every token or answer what nobody can read. */
export async function startUnleashFront(unleashUrl: string): Promise<UnleashFront> {
  let mode: FrontMode = "pass";
  let target = unleashUrl;
  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy());
  }).listen(0, "127.0.0.1");

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (mode === "cut") return void response.destroy();
    if (mode === "refuse") return void response.writeHead(401).end('{"name":"UnauthorizedError"}');
    if (mode === "garbage") return void response.writeHead(200).end("<html>Another server's page</html>");
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { host: _, connection: __, "content-length": ___, ...headers } = request.headers;
    const method = request.method ?? "GET";
    const passed = await fetch(`${target}${request.url}`, {
      method,
      headers: headers as Record<string, string>,
      ...(method === "GET" ? {} : { body: Buffer.concat(chunks) }),
    });
    const type = passed.headers.get("content-type") ?? "application/json";
    response.writeHead(passed.status, { "content-type": type }).end(Buffer.from(await passed.arrayBuffer()));
  }

  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    set: (wanted) => {
      mode = wanted;
    },
    turnTo: (url) => {
      target = url;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
