import "server-only";
import type { AuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { consoleDatabase, consoleSettings } from "#lib/console/runtime.ts";
import { log } from "#lib/log.ts";
import { authCookies } from "./auth-cookies.ts";
import { endSession } from "./end-session.ts";
import { readViewer } from "./read-viewer.ts";
import { safeReturnPath } from "./return-path.ts";
import { ABSOLUTE_HOURS } from "./rules.ts";
import { signInFromRequest } from "./sign-in-from-request.ts";
import { SIGN_ON_PROVIDER, signOnProvider } from "./sign-on-provider.ts";
import { signOnFromClaims } from "./sign-on-request.ts";

let options: AuthOptions | undefined;

/** How next-auth is set up here: its token carries nothing but a session id, which the database then answers for. */
export function authOptions(): AuthOptions {
  const { oidc } = consoleSettings();
  options ??= {
    secret: consoleSettings().authSecret,
    cookies: authCookies(consoleSettings().isHttps),
    session: { strategy: "jwt", maxAge: ABSOLUTE_HOURS * 60 * 60 },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    providers: [
      CredentialsProvider({
        credentials: { email: {}, password: {}, code: {} },
        authorize: (credentials, request) => signInFromRequest(credentials, request.headers ?? {}),
      }),
      ...(oidc === null ? [] : [signOnProvider(oidc)]),
    ],
    callbacks: {
      // The form has opened its session already. A sign-on at the provider opens one here, or leads to why not.
      signIn: async ({ user, account, profile }) => {
        if (account?.provider !== SIGN_ON_PROVIDER || oidc === null) return true;
        const result = await signOnFromClaims(profile, oidc).catch(signOnFailed);
        if ("redirect" in result) return result.redirect;
        user.sessionId = result.sessionId;
        return true;
      },
      jwt: ({ token, user }) => (user ? { sessionId: user.sessionId } : token),
      session: ({ session, token }) => ({
        expires: session.expires,
        ...(token.sessionId === undefined ? {} : { sessionId: token.sessionId }),
      }),
      // Back within the console and nowhere else. What was asked for comes as a path, and back from a cookie whole.
      redirect: ({ url, baseUrl }) =>
        baseUrl + safeReturnPath(url.startsWith(`${baseUrl}/`) ? url.slice(baseUrl.length) : url),
    },
    events: { signOut: ({ token }) => endSessionOf(token.sessionId) },
    logger: {
      error: (code) => log.warn({ code }, "next-auth reported an error"),
      warn: (code) => log.debug({ code }, "next-auth warned"),
      debug: () => {},
    },
  };
  return options;
}

function signOnFailed(err: unknown): { redirect: string } {
  log.error({ err }, "a single sign-on could not be checked");
  return { redirect: "/sign-in?refused=failed" };
}

async function endSessionOf(sessionId: string | undefined) {
  const now = new Date();
  const found = await readViewer(consoleDatabase(), sessionId, now);
  if (!found.ok) return;
  const { sessionId: id, memberId, role } = found.viewer;
  await endSession(
    consoleDatabase(),
    { sessionId: id, memberId, by: "member", actor: { id: memberId, role } },
    now,
  );
}
