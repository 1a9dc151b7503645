import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** A way to PostgreSQL on which its notifications can be lost while everything else arrives. */
export type DeafProxy = {
  port: number;
  /** How many notifications were lost so far. */
  lost(): number;
  setDeaf(isDeaf: boolean): void;
  close(): Promise<void>;
};

/** The message by which PostgreSQL tells a session of a NOTIFY. */
const NOTIFICATION = "A".charCodeAt(0);
/** One byte that says which message it is, and four of its length, which count themselves. */
const HEAD_BYTES = 5;

/** Passes on whole messages of the server, without its notifications while it is deaf. Sessions must not be encrypted. */
export async function startDeafProxy(target: { host: string; port: number }): Promise<DeafProxy> {
  const sockets = new Set<Socket>();
  let isDeaf = false;
  let lost = 0;

  function passOn(from: Socket, to: Socket): void {
    let rest = Buffer.alloc(0);
    from.on("data", (bytes: Buffer) => {
      rest = Buffer.concat([rest, bytes]);
      const passed: Buffer[] = [];
      while (rest.length >= HEAD_BYTES) {
        const end = 1 + rest.readUInt32BE(1);
        if (rest.length < end) break;
        if (isDeaf && rest[0] === NOTIFICATION) lost += 1;
        else passed.push(rest.subarray(0, end));
        rest = rest.subarray(end);
      }
      if (passed.length > 0) to.write(Buffer.concat(passed));
    });
  }

  const server = createServer({ noDelay: true }, (inward) => {
    const outward = connect({ ...target, noDelay: true });
    passOn(outward, inward);
    inward.on("data", (bytes) => outward.write(bytes));
    for (const [own, other] of [
      [inward, outward],
      [outward, inward],
    ] as const) {
      sockets.add(own);
      own.on("error", () => undefined);
      own.on("close", () => {
        sockets.delete(own);
        other.destroy();
      });
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The proxy has no port");
  return {
    port: address.port,
    lost: () => lost,
    setDeaf: (deaf) => {
      isDeaf = deaf;
    },
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, "close");
    },
  };
}
