import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { SESSION_COOKIE } from "#lib/auth/auth-cookies.ts";
import { PATH_HEADER } from "#lib/auth/return-path.ts";
import { hostCookie } from "#lib/console/cookies.ts";
import { pagePolicy } from "#lib/console/security-headers.ts";

const SESSION_COOKIES = [false, true].map((isHttps) => hostCookie(SESSION_COOKIE, isHttps));
/** What needs no member: signing in, coming in by a link, a tester's walk, and the sample app. */
const OPEN_PAGES = /^\/(?:sign-in|invitation|campaign|sample)(?:\/|$)/;
const isDevelopment = process.env.NODE_ENV === "development";

/**
 * Gives a page the policy of what it may run, under a nonce of its own. Spares somebody who is plainly not signed in
 * the way to a page's own guard, and tells the guard which page was asked for. It grants nothing: every loader asks
 * the database.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const path = pathname + search;
  const isStranger = !SESSION_COOKIES.some((name) => request.cookies.has(name));
  if (request.method === "GET" && isStranger && !OPEN_PAGES.test(pathname)) {
    const signIn = new URL("/sign-in", request.url);
    if (path !== "/") signIn.searchParams.set("next", path);
    return NextResponse.redirect(signIn);
  }
  const policy = pagePolicy(randomBytes(16).toString("base64"), { isDevelopment });
  const headers = new Headers(request.headers);
  headers.set(PATH_HEADER, path);
  // Next reads the nonce from here and puts it on every script of the page.
  headers.set("Content-Security-Policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  return response;
}

/** Every page, present and future; apart from what is none: the APIs, pictures, model weights, built files. */
export const config = { matcher: ["/((?!api/|sample/api/|sample/faces/|models/|_next/|icon.svg).*)"] };
