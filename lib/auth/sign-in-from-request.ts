import "server-only";
import { cookies } from "next/headers";
import { pathCookie } from "#lib/console/cookies.ts";
import { consoleMemberKey } from "#lib/console/member-key.ts";
import { consoleDatabase, consoleSettings } from "#lib/console/runtime.ts";
import { log } from "#lib/log.ts";
import { codeSubjects, failureSubjects, KNOWN_BROWSER_COOKIE, makeKnownBrowser } from "./failure-subjects.ts";
import { openSession } from "./open-session.ts";
import { openSessionWithCode } from "./open-session-with-code.ts";
import { credentialsSchema, type SignInError, typedCodeSchema } from "./schema.ts";
import { CHALLENGE_COOKIE, CHALLENGE_SECONDS } from "./sign-in-challenge.ts";

const YEAR_SECONDS = 365 * 24 * 60 * 60;

type SignedIn = { id: string; sessionId: string };

/** next-auth hands the message of an error to the sign-in page, so it is a code and nothing else. */
class SignInRefused extends Error {
  constructor(code: SignInError, waitSeconds = 0) {
    super(waitSeconds > 0 ? `${code}:${waitSeconds}` : code);
  }
}

/** The one address the console's server vouches for (`lib/console/client-address.ts`). */
function clientAddressOf(headers: Record<string, unknown>): string {
  const address = headers["x-forwarded-for"];
  return typeof address === "string" ? address : "unknown";
}

const nameOf = (cookie: string) => pathCookie(cookie, consoleSettings().isHttps);

/** What this browser keeps of signing in: sent back to nothing but the sign-in itself. */
const keptFor = (maxAge: number) => ({
  httpOnly: true,
  sameSite: "strict" as const,
  secure: consoleSettings().isHttps,
  path: "/api/auth",
  maxAge,
});

async function keepBrowser(email: string): Promise<void> {
  const jar = await cookies();
  jar.set(
    nameOf(KNOWN_BROWSER_COOKIE),
    makeKnownBrowser(consoleSettings().authSecret, email),
    keptFor(YEAR_SECONDS),
  );
}

function unavailable(err: unknown): never {
  log.error({ err }, "a sign-in could not be checked");
  throw new SignInRefused("unavailable");
}

/**
 * Opens a session for what a sign-in request carries, and remembers the browser: e-mail and password first; where the
 * member has a code app, then its code, for which a sealed challenge waits in a cookie.
 * @throws SignInRefused with a code; nothing else gets out.
 */
export function signInFromRequest(input: unknown, headers: Record<string, unknown>): Promise<SignedIn> {
  const code = typedCodeSchema.safeParse(input);
  return code.success ? signInWithCode(code.data.code) : signInWithPassword(input, headers);
}

async function signInWithPassword(input: unknown, headers: Record<string, unknown>): Promise<SignedIn> {
  const parsed = credentialsSchema.safeParse(input);
  if (!parsed.success) throw new SignInRefused("wrong_credentials");
  const { email, password } = parsed.data;
  const jar = await cookies();
  const subjects = failureSubjects(consoleSettings().authSecret, {
    email,
    clientAddress: clientAddressOf(headers),
    knownBrowserCookie: jar.get(nameOf(KNOWN_BROWSER_COOKIE))?.value,
  });
  const attempt = { email, password, subjects, memberKey: consoleMemberKey() };
  const result = await openSession(consoleDatabase(), attempt, new Date()).catch(unavailable);
  if (result.ok) {
    await keepBrowser(email);
    return { id: result.memberId, sessionId: result.sessionId };
  }
  if (result.code === "code_required")
    jar.set(nameOf(CHALLENGE_COOKIE), result.challenge, keptFor(CHALLENGE_SECONDS));
  throw new SignInRefused(result.code, "waitSeconds" in result ? result.waitSeconds : 0);
}

async function signInWithCode(typed: string): Promise<SignedIn> {
  const jar = await cookies();
  const challenge = jar.get(nameOf(CHALLENGE_COOKIE))?.value;
  if (challenge === undefined) throw new SignInRefused("challenge_expired");
  const knownBrowserCookie = jar.get(nameOf(KNOWN_BROWSER_COOKIE))?.value;
  const attempt = {
    challenge,
    typed,
    memberKey: consoleMemberKey(),
    subjectsOf: ({ memberId, email }: { memberId: string; email: string }) =>
      codeSubjects(consoleSettings().authSecret, { memberId, email, knownBrowserCookie }),
  };
  const result = await openSessionWithCode(consoleDatabase(), attempt, new Date()).catch(unavailable);
  if (!result.ok) throw new SignInRefused(result.code, "waitSeconds" in result ? result.waitSeconds : 0);
  jar.set(nameOf(CHALLENGE_COOKIE), "", keptFor(0));
  await keepBrowser(result.email);
  return { id: result.memberId, sessionId: result.sessionId };
}
