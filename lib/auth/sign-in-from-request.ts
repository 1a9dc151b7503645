import "server-only";
import { cookies } from "next/headers";
import { consoleDatabase, consoleSettings } from "#lib/console/runtime.ts";
import { log } from "#lib/log.ts";
import { failureSubjects, KNOWN_BROWSER_COOKIE, makeKnownBrowser } from "./failure-subjects.ts";
import { openSession } from "./open-session.ts";
import { credentialsSchema, type SignInError } from "./schema.ts";

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** next-auth hands the message of an error to the sign-in page, so it is a code and nothing else. */
class SignInRefused extends Error {
  constructor(code: SignInError, waitSeconds = 0) {
    super(waitSeconds > 0 ? `${code}:${waitSeconds}` : code);
  }
}

/**
 * The address nearest to us that a proxy vouches for. Without a proxy Next writes the socket's own, unless the caller
 * sent one: then only the account's count holds, and the client's count is no more than what the caller says.
 */
function clientAddressOf(headers: Record<string, unknown>): string {
  const forwarded = headers["x-forwarded-for"];
  return typeof forwarded === "string" ? (forwarded.split(",").at(-1)?.trim() ?? "unknown") : "unknown";
}

/**
 * Opens a session for the credentials of a sign-in request and remembers the browser.
 * @throws SignInRefused with a code; nothing else gets out.
 */
export async function signInFromRequest(input: unknown, headers: Record<string, unknown>) {
  const parsed = credentialsSchema.safeParse(input);
  if (!parsed.success) throw new SignInRefused("wrong_credentials");
  const { email, password } = parsed.data;
  const secret = consoleSettings().authSecret;
  const jar = await cookies();
  const knownBrowserCookie = jar.get(KNOWN_BROWSER_COOKIE)?.value;
  const subjects = failureSubjects(secret, {
    email,
    clientAddress: clientAddressOf(headers),
    knownBrowserCookie,
  });
  const result = await openSession(consoleDatabase(), { email, password, subjects }, new Date()).catch(
    (err) => {
      log.error({ err }, "a sign-in could not be checked");
      throw new SignInRefused("unavailable");
    },
  );
  if (!result.ok) throw new SignInRefused(result.code, "waitSeconds" in result ? result.waitSeconds : 0);
  jar.set(KNOWN_BROWSER_COOKIE, makeKnownBrowser(secret, email), {
    httpOnly: true,
    sameSite: "strict",
    secure: consoleSettings().publicUrl.startsWith("https:"),
    path: "/api/auth",
    maxAge: YEAR_SECONDS,
  });
  return { id: result.memberId, sessionId: result.sessionId };
}
