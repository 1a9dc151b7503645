import { createServer } from "node:net";

export type PortWanted = { readonly part: string; readonly port: number; readonly variable: string };

function tryListen(port: number): Promise<{ port: number } | { code: string }> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve({ code: error.code ?? "unknown" }));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => {
      const address = server.address();
      const bound = typeof address === "object" && address ? address.port : port;
      server.close(() => resolve({ port: bound }));
    });
  });
}

function inWords({ part, port, variable }: PortWanted, code: string): string {
  const another = port + 10_000 <= 65_535 ? port + 10_000 : port - 10_000;
  const remedy = `Stop the program that uses it, or give ${part} another one: ${variable}=${another}`;
  if (code === "EADDRINUSE") return `Port ${port} for ${part} (${variable}) is in use. ${remedy}`;
  return `Port ${port} for ${part} (${variable}) cannot be opened (${code}). ${remedy}`;
}

/** What is wrong with the ports, one line each: two parts on one port, or a port that cannot be opened on loopback. */
export async function findPortProblems(wanted: readonly PortWanted[]): Promise<string[]> {
  const problems: string[] = [];
  for (const [index, want] of wanted.entries()) {
    const twin = wanted.slice(0, index).find((other) => other.port === want.port);
    if (twin) {
      problems.push(
        `Port ${want.port} is given to ${twin.part} (${twin.variable}) and to ${want.part} (${want.variable}). Change one.`,
      );
      continue;
    }
    const outcome = await tryListen(want.port);
    if ("code" in outcome) problems.push(inWords(want, outcome.code));
  }
  return problems;
}

/** A port nobody listens on at this moment. */
export async function findFreePort(): Promise<number> {
  const outcome = await tryListen(0);
  if ("code" in outcome) throw new Error(`No port can be opened on loopback (${outcome.code}).`);
  return outcome.port;
}
