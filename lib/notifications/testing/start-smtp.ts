import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import type { SmtpServer } from "../types.ts";

export type Mailbox = { server: SmtpServer; letters: string[]; close(): Promise<void> };

/** A real SMTP server for one test. Without a certificate of its own it presents one that has expired. */
export async function startSmtp(
  options: SMTPServerOptions = {},
  client: Partial<SmtpServer> = {},
): Promise<Mailbox> {
  const letters: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    logger: false,
    onData(stream, _session, done) {
      let text = "";
      stream.on("data", (part: Buffer) => {
        text += part;
      });
      stream.on("end", () => {
        letters.push(text);
        done();
      });
    },
    ...options,
  });
  // A client that breaks off is what some tests are about.
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  const usual = { host: "127.0.0.1", port, secure: false, auth: null, from: "gatehouse@company.example" };
  return {
    server: { ...usual, ...client },
    letters,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
