import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { FailureKind } from "./rules.ts";
import type { FailureSubject } from "./throttle.ts";

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

type CodeAttempt = { memberId: string; email: string; knownBrowserCookie: string | undefined };

/**
 * Whom a wrong code is counted against once the password was right: apart from wrong passwords, and the known browser
 * alone again, so that who has the password keeps its owner out of no browser they use.
 */
export function codeSubjects(secret: string, attempt: CodeAttempt): FailureSubject[] {
  const browserId = readKnownBrowser(secret, attempt.email, attempt.knownBrowserCookie);
  if (browserId === null) return [{ kind: "code", digest: digestOf(secret, `code\n${attempt.memberId}`) }];
  const digest = digestOf(secret, `code\n${attempt.memberId}\n${browserId}`);
  return [{ kind: "known_browser", digest }];
}

/** Whom a wrong proof inside a session is counted against: the session, so that a stolen one keeps nobody else out. */
export const proofSubjects = (secret: string, sessionId: string): FailureSubject[] => [
  { kind: "code", digest: digestOf(secret, `proof\n${sessionId}`) },
];
