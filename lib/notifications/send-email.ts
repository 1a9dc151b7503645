import { createTransport } from "nodemailer";
import { TooLate, within } from "#lib/within.ts";
import { failureOfCode } from "./send-webhook.ts";
import type { DeliveryFailure, SmtpServer, TryResult } from "./types.ts";

const STEP_TIMEOUT_MS = 10_000;
/** Longest a whole hand-over may take, far below the lease of a delivery. */
const EMAIL_TIMEOUT_MS = 30_000;

export type Email = {
  to: string;
  /** The event and the target: a repeat carries the same Message-ID, by which mailboxes find doubles. */
  id: string;
  subject: string;
  text: string;
  html: string;
};

/** Hands an e-mail to the server once and says what came back; it never throws. A password is sent over TLS only. */
export async function sendEmail(server: SmtpServer, email: Email): Promise<TryResult> {
  const startedAt = performance.now();
  const latencyMs = () => Math.max(1, Math.round(performance.now() - startedAt));
  const { host, port, secure, auth } = server;
  const transport = createTransport({
    host,
    port,
    secure,
    requireTLS: !secure && auth !== null,
    ...(auth === null ? {} : { auth }),
    ...(server.ca === undefined ? {} : { tls: { ca: server.ca } }),
    connectionTimeout: STEP_TIMEOUT_MS,
    greetingTimeout: STEP_TIMEOUT_MS,
    socketTimeout: STEP_TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    const { id, ...letter } = email;
    const messageId = `<${id}@${server.from.split("@").at(-1)?.replace(">", "") ?? "gatehouse"}>`;
    const sent = transport.sendMail({ ...letter, from: server.from, messageId });
    const { response } = await within(EMAIL_TIMEOUT_MS, sent);
    return { ok: true, status: Number.parseInt(response, 10) || 250, latencyMs: latencyMs() };
  } catch (error) {
    const { failure, status } = smtpFailureOf(error);
    return { ok: false, failure, status, latencyMs: latencyMs() };
  } finally {
    transport.close();
  }
}

const MAILBOX_FULL = new Set([422, 452, 552]);

const FAILURES: Readonly<Record<string, DeliveryFailure>> = {
  EAUTH: "smtp_auth_refused",
  ETLS: "smtp_no_tls",
  EENVELOPE: "mailbox_refused",
  EMESSAGE: "message_refused",
  EPROTOCOL: "garbage",
  EDNS: "unknown_host",
};

/** What a failed hand-over means; the server's own words are not kept, they may quote the address. */
function smtpFailureOf(error: unknown): { failure: DeliveryFailure; status: number | null } {
  if (error instanceof TooLate) return { failure: "timeout", status: null };
  const { code = "", originalCode, responseCode } = error as SmtpError;
  const status = responseCode ?? null;
  if (status !== null && MAILBOX_FULL.has(status)) return { failure: "mailbox_full", status };
  // The library names the step that failed and keeps beside it what the system said.
  const failure = failureOfCode(originalCode ?? code) ?? FAILURES[code] ?? "connection_lost";
  return { failure, status };
}

type SmtpError = { code?: string; originalCode?: string; responseCode?: number };
