import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** A way to a server that can be cut: refused at once, or silent as a hung machine is. */
export type TcpProxy = {
  port: number;
  /** Every connection breaks and new ones are refused. */
  cut(): Promise<void>;
  /** Connections stay and new ones are taken, but nothing passes any more. */
  freeze(): void;
  restore(): Promise<void>;
  close(): Promise<void>;
};

export async function startTcpProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let frozen = false;
  const server = createServer((inward) => {
    const outward = connect(target);
    for (const [from, to] of [
      [inward, outward],
      [outward, inward],
    ] as const) {
      sockets.add(from);
      from.on("data", (bytes) => {
        if (!frozen) to.write(bytes);
      });
      from.on("error", () => undefined);
      from.on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  const listen = async (port: number) => {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
  };
  await listen(0);
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The proxy has no port");
  const breakAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  const stop = async () => {
    if (!server.listening) return;
    server.close();
    breakAll();
    await once(server, "close");
  };
  return {
    port: address.port,
    cut: stop,
    freeze: () => {
      frozen = true;
    },
    async restore() {
      frozen = false;
      breakAll();
      if (!server.listening) await listen(address.port);
    },
    close: stop,
  };
}
