import type { CookiesOptions } from "next-auth";
import { hostCookie } from "#lib/console/cookies.ts";

/** Keeps a member's session id, sealed. */
export const SESSION_COOKIE = "next-auth.session-token";

const FLOW_SECONDS = 15 * 60;

/**
 * The cookies of signing in: out of reach for scripts, not sent with what another site asks for, but with the way back
 * from a single sign-on provider, which `Strict` would withhold.
 */
export function authCookies(isHttps: boolean): CookiesOptions {
  const cookie = (name: string, maxAge?: number) => ({
    name: hostCookie(name, isHttps),
    options: {
      httpOnly: true,
      sameSite: "lax" as const,
      path: "/",
      secure: isHttps,
      ...(maxAge === undefined ? {} : { maxAge }),
    },
  });
  return {
    sessionToken: cookie(SESSION_COOKIE),
    callbackUrl: cookie("next-auth.callback-url"),
    csrfToken: cookie("next-auth.csrf-token"),
    pkceCodeVerifier: cookie("next-auth.pkce.code_verifier", FLOW_SECONDS),
    state: cookie("next-auth.state", FLOW_SECONDS),
    nonce: cookie("next-auth.nonce", FLOW_SECONDS),
  };
}
