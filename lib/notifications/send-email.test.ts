import { createServer } from "node:net";
import { generate } from "selfsigned";
import type { SMTPServerOptions } from "smtp-server";
import { afterEach, expect, test } from "vitest";
import { composeEmail } from "./compose-email.ts";
import { sendEmail } from "./send-email.ts";
import { type Mailbox, startSmtp } from "./testing/start-smtp.ts";
import type { Message } from "./types.ts";

const open: Mailbox[] = [];
async function mailbox(...options: Parameters<typeof startSmtp>): Promise<Mailbox> {
  const started = await startSmtp(...options);
  open.push(started);
  return started;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ close }) => close()));
});

const message: Message = { type: "test", data: { target: "On call <team>" } };
const email = {
  to: "oncall@company.example",
  id: "event-1.target-1",
  ...composeEmail(message, "pt-BR", "America/Sao_Paulo"),
};
const refuse = (responseCode: number) => Object.assign(new Error("no"), { responseCode });

/** A certificate for 127.0.0.1. */
async function makeCertificate() {
  const made = await generate([{ name: "commonName", value: "localhost" }], {
    extensions: [{ name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] }],
  });
  return { key: made.private, cert: made.cert };
}

test("a letter arrives with plain text and HTML in the target's language, and a Message-ID that a repeat shares", async () => {
  const { server, letters } = await mailbox();
  expect(await sendEmail(server, email)).toMatchObject({ ok: true, status: 250 });
  await sendEmail(server, email);
  expect(letters[0]).toContain("Message-ID: <event-1.target-1@company.example>");
  expect(letters[1]).toContain("Message-ID: <event-1.target-1@company.example>");
  expect(letters[0]).toContain("text/plain");
  expect(letters[0]).toContain("text/html");
  expect(email.html).toContain("On call &lt;team&gt;");
  expect(email.subject).toBe("[Gatehouse] Um teste do Gatehouse");
});

test("a password is given over TLS, and never without it", async () => {
  const auth = { user: "gatehouse", pass: "right" };
  const onAuth: NonNullable<SMTPServerOptions["onAuth"]> = (given, _, done) =>
    given.password === "right" ? done(null, { user: "gatehouse" }) : done(new Error("wrong"));
  const pair = await makeCertificate();
  const secured = { ...pair, disabledCommands: [], authOptional: false, onAuth };
  const trusting = { auth, ca: pair.cert };
  expect(await sendEmail((await mailbox(secured, trusting)).server, email)).toMatchObject({ ok: true });
  const wrong = { ...trusting, auth: { user: "gatehouse", pass: "wrong" } };
  expect(await sendEmail((await mailbox(secured, wrong)).server, email)).toMatchObject({
    ok: false,
    failure: "smtp_auth_refused",
    status: 535,
  });
  const seen: string[] = [];
  const plain = {
    allowInsecureAuth: true,
    onAuth: ((given, session, done) => {
      seen.push(given.password ?? "");
      onAuth(given, session, done);
    }) satisfies typeof onAuth,
  };
  expect(await sendEmail((await mailbox(plain, { auth })).server, email)).toMatchObject({
    ok: false,
    failure: "smtp_no_tls",
  });
  expect(seen).toEqual([]);
});

test("a certificate nobody vouches for is refused", async () => {
  const { server } = await mailbox({ disabledCommands: [] });
  expect(await sendEmail(server, email)).toMatchObject({ ok: false, failure: "bad_certificate" });
});

test.each([
  ["a mailbox that is full", 552, "mailbox_full"],
  ["a mailbox that is full for now", 452, "mailbox_full"],
  ["a mailbox nobody has", 550, "mailbox_refused"],
])("%s is told as such", async (_, status, failure) => {
  const { server } = await mailbox({ onRcptTo: (_address, _session, done) => done(refuse(status)) });
  expect(await sendEmail(server, email)).toMatchObject({ ok: false, failure, status });
});

test("a letter the server does not want is told apart from a mailbox it does not know", async () => {
  const { server } = await mailbox({
    onData: (stream, _session, done) => {
      stream.resume();
      stream.on("end", () => done(refuse(554)));
    },
  });
  expect(await sendEmail(server, email)).toMatchObject({
    ok: false,
    failure: "message_refused",
    status: 554,
  });
});

test("a server that is not there, and one that does not speak SMTP", async () => {
  const { server, close } = await startSmtp();
  await close();
  expect(await sendEmail(server, email)).toMatchObject({ ok: false, failure: "connection_refused" });
  const other = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.end("hello, who is there?\r\n");
  });
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const address = other.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  expect(await sendEmail({ ...server, port }, email)).toMatchObject({ ok: false, failure: "garbage" });
  other.close();
});
