import { connect, createServer, type Socket } from "node:net";

/** A stand-in for the way to PostgreSQL that can be cut, silenced and mended at any moment. */
export type DatabaseProxy = {
  /** The database's address by way of the proxy. */
  url: string;
  /** Ends every connection and refuses new ones. */
  cut(): Promise<void>;
  /** Connections stay open and new ones are accepted, but nothing passes. */
  silence(): void;
  /** Lets what is asked pass, but no answers, until it is cut or mended: a commit then happens unknown to the asker. */
  swallowAnswers(): void;
  mend(): Promise<void>;
  close(): Promise<void>;
};

type Pair = { client: Socket; server: Socket };

export async function startDatabaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl);
  const pairs = new Set<Pair>();
  let passes = { questions: true, answers: true };
  const listener = createServer((client) => {
    const server = connect(Number(target.port || 5432), target.hostname);
    const pair = { client, server };
    pairs.add(pair);
    client.on("data", (data) => passes.questions && server.write(data));
    server.on("data", (data) => passes.answers && client.write(data));
    for (const socket of [client, server]) {
      socket.on("error", () => undefined);
      socket.on("close", () => {
        pairs.delete(pair);
        client.destroy();
        server.destroy();
      });
    }
  });
  const listen = (port: number) =>
    new Promise<number>((resolve, reject) => {
      listener.once("error", reject);
      listener.listen(port, "127.0.0.1", () => {
        const address = listener.address();
        resolve(typeof address === "object" && address ? address.port : port);
      });
    });
  const port = await listen(0);
  const dropPairs = () => {
    for (const { client, server } of pairs) {
      client.destroy();
      server.destroy();
    }
  };
  const stopListening = () =>
    new Promise<void>((resolve) => {
      if (!listener.listening) return resolve();
      listener.close(() => resolve());
      dropPairs();
    });
  const url = new URL(databaseUrl);
  url.hostname = "127.0.0.1";
  url.port = String(port);
  return {
    url: url.href,
    cut: stopListening,
    silence: () => {
      passes = { questions: false, answers: false };
    },
    swallowAnswers: () => {
      passes = { questions: true, answers: false };
    },
    mend: async () => {
      const wereCut = !listener.listening;
      // What was swallowed is gone: the old connections can never make sense again.
      if (!passes.questions || !passes.answers) dropPairs();
      passes = { questions: true, answers: true };
      if (wereCut) await listen(port);
    },
    close: stopListening,
  };
}
