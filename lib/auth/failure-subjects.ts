import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { FailureSubject } from "./open-session.ts";
import type { FailureKind } from "./rules.ts";

/** Names a browser that has signed in before; it opens nothing, it only has its own count of failures. */
export const KNOWN_BROWSER_COOKIE = "gatehouse.known-browser";

const digestOf = (secret: string, text: string): string =>
  createHmac("sha256", secret).update(text).digest("base64url");

const seal = (secret: string, browserId: string, email: string) =>
  digestOf(secret, `known-browser-cookie\n${browserId}\n${email}`);

/** The cookie for a browser in which this account has just signed in. */
export function makeKnownBrowser(secret: string, email: string): string {
  const browserId = randomBytes(16).toString("base64url");
  return `${browserId}.${seal(secret, browserId, email)}`;
}

function readKnownBrowser(secret: string, email: string, cookie: string | undefined): string | null {
  const [browserId = "", mark = ""] = (cookie ?? "").split(".");
  const expected = Buffer.from(seal(secret, browserId, email));
  const given = Buffer.from(mark);
  return given.length === expected.length && timingSafeEqual(given, expected) ? browserId : null;
}

type Attempt = { email: string; clientAddress: string; knownBrowserCookie: string | undefined };

/** Whom a failed try is counted against: the known browser alone, else the account and the client it came from. */
export function failureSubjects(secret: string, attempt: Attempt): FailureSubject[] {
  const subject = (kind: FailureKind, name: string) => ({
    kind,
    digest: digestOf(secret, `${kind}\n${name}`),
  });
  const browserId = readKnownBrowser(secret, attempt.email, attempt.knownBrowserCookie);
  if (browserId !== null) return [subject("known_browser", `${browserId}\n${attempt.email}`)];
  return [subject("account", attempt.email), subject("client", attempt.clientAddress)];
}
